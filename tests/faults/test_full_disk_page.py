"""On a full disk no answer is acknowledged before it is kept; once there is room, all of them are."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.small_disk import SmallDisk, on_disk, small_disks

from umkm_apps.answers.batch import AnswerSheet, Change, keep_changes
from umkm_records import load_drafts, make_sample_class, open_records

SHEET = AnswerSheet(
    "pembukuan-dua-laci", frozenset({"rencana", "laba"}), lambda _question, _answer: True
)


def typed(answer: str, seq: int, question: str = "rencana") -> Change:
    """What a page hands in when somebody has typed."""
    return Change(question, answer, "hp", seq, datetime.now(UTC))


def page_on_a_disk_that_fills(disk: SmallDisk) -> None:
    records = open_records(disk.folder / "umkm.db")
    person = make_sample_class(records).participants[0].code
    (first,) = keep_changes(records, person, SHEET, [typed("sebelum penuh", 1)])
    assert first.status == "saved"

    disk.fill()
    for seq in range(2, 400):
        change = typed(f"{seq} " + "panjang " * 400, seq)
        outcomes = keep_changes(records, person, SHEET, [change, typed("1", seq, "laba")])
        if outcomes[0].status == "waiting":
            break
    # Not only the first: a page must never be told of an answer whose turn did not come.
    assert [outcome.status for outcome in outcomes] == ["waiting", "waiting"]
    assert all("penuh" in outcome.message for outcome in outcomes)
    assert load_drafts(records, person, SHEET.name)["rencana"] != change.answer

    disk.make_room()
    outcomes = keep_changes(records, person, SHEET, [change, typed("1", seq, "laba")])
    assert [outcome.status for outcome in outcomes] == ["saved", "saved"]
    with open_records(disk.folder / "umkm.db") as again:
        kept = load_drafts(again, person, SHEET.name)
    assert kept == {"rencana": change.answer, "laba": "1"}


@pytest.mark.parametrize("disk", small_disks())
def test_on_a_full_disk_answers_wait(disk: type[SmallDisk], tmp_path: Path) -> None:
    on_disk(disk, tmp_path, page_on_a_disk_that_fills)
