"""On a full disk a page says so: never Tersimpan before it is true."""

from pathlib import Path

import pytest
from tests.faults.small_disk import SmallDisk, on_disk, small_disks

from umkm.exercise import long_text
from umkm_apps.kernel.recording import Reader, RecordsKeeper
from umkm_records import load_drafts, make_sample_class, open_records
from umkm_widgets import QuestionWidget

SHEET = "pembukuan-dua-laci"


def typed(widget: QuestionWidget, answer: str, seq: int) -> None:
    """What the browser sends when somebody has typed."""
    message = {"type": "change", "answer": answer, "writer": "hp", "seq": seq}
    widget._handle_custom_msg(message, [])


def stored(database: Path) -> object:
    return load_drafts(open_records(database), "srg-siti1", SHEET).get("rencana")


def page_on_a_disk_that_fills(disk: SmallDisk) -> None:
    database = disk.folder / "umkm.db"
    records = open_records(database)
    make_sample_class(records)
    keeper = RecordsKeeper(records, Reader("srg-siti1", 1), SHEET)
    widget = QuestionWidget("rencana", long_text("Tulis rencana."), keeper=keeper)
    typed(widget, "sebelum penuh", 1)
    assert (widget.save_state, widget.saved_seq) == ("saved", 1)

    disk.fill()
    failed_at = None
    for seq in range(2, 400):
        text = f"{seq} " + "panjang " * 400
        typed(widget, text, seq)
        if widget.save_state == "saved":
            continue
        failed_at = seq
        break
    assert failed_at is not None
    assert widget.save_state == "failed"
    assert widget.saved_seq < failed_at
    assert "penuh" in widget.save_message
    # The text stays on the page, and what was acknowledged stays on the disk.
    assert widget.answer.startswith(f"{failed_at} ")

    disk.make_room()
    widget._handle_custom_msg(
        {"type": "save_again", "answer": widget.answer, "writer": "hp", "seq": failed_at}, []
    )
    assert (widget.save_state, widget.saved_seq) == ("saved", failed_at)
    assert str(stored(database)).startswith(f"{failed_at} ")


@pytest.mark.parametrize("disk", small_disks())
def test_a_page_on_a_full_disk_says_belum_tersimpan(disk: type[SmallDisk], tmp_path: Path) -> None:
    on_disk(disk, tmp_path, page_on_a_disk_that_fills)
