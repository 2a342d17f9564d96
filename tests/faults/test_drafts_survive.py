"""An answer that was said to be saved is there: after a kill, on a full disk, in a crowd."""

import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from tests.support.parallel import kill_while_running, run_in_parallel
from tests.support.small_disk import SmallDisk, on_disk, small_disks

from umkm_records import (
    ChangeId,
    DraftKey,
    Records,
    latest_submission,
    load_drafts,
    make_sample_class,
    open_records,
    save_draft,
    submit,
)
from umkm_records.errors import StorageFull

SHEET = "pembukuan-dua-laci"
WRITERS = 5


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Records with the sample class in it, closed."""
    path = tmp_path / "umkm.db"
    people_of(path)
    return path


def people_of(path: Path) -> list[str]:
    with open_records(path) as records:
        return [person.code for person in make_sample_class(records).participants]


def keep(records: Records, person: str, question: str, answer: object, stamp: ChangeId) -> None:
    save_draft(records, DraftKey(person, SHEET, question), answer, stamp)


def is_whole(database: Path) -> bool:
    with sqlite3.connect(database) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_every_acknowledged_answer_is_there_after_sigkill(database: Path) -> None:
    """Five processes save without pause, each for its own person; all are killed after fifty."""
    people = people_of(database)[:WRITERS]

    def write(number: int, promise: Callable[[str], None]) -> None:
        records = open_records(database)
        for seq in count(1):
            # Some questions are answered again and again, some once.
            question = f"soal-{seq}" if seq % 2 else "soal-bersama"
            keep(records, people[number], question, f"jawaban {seq}", ChangeId(f"hp-{number}", seq))
            promise(f"{number} {seq}")

    promised = [tuple(map(int, line.split())) for line in kill_while_running(write, WRITERS, 50)]

    assert len(promised) >= 50
    assert is_whole(database)
    with open_records(database) as records:
        kept = [load_drafts(records, person, SHEET) for person in people]
        for number, seq in promised:
            if seq % 2:
                assert kept[number][f"soal-{seq}"] == f"jawaban {seq}"
            else:
                # A newer one may have been kept before its promise could be given.
                assert int(kept[number]["soal-bersama"].removeprefix("jawaban ")) >= seq
        keep(records, people[0], "sesudahnya", "tetap bisa", ChangeId("hp-baru", 1))
        assert load_drafts(records, people[0], SHEET)["sesudahnya"] == "tetap bisa"


def test_a_receipt_that_was_given_is_there_after_sigkill(database: Path) -> None:
    people = people_of(database)[:WRITERS]

    def send(number: int, promise: Callable[[str], None]) -> None:
        records = open_records(database)
        for seq in count(1):
            keep(records, people[number], "pilihan", f"jawaban {seq}", ChangeId("hp", seq))
            receipt = submit(records, people[number], SHEET, ["pilihan"])
            assert receipt.attempt == seq
            promise(f"{receipt.code} {number} {seq}")

    promised = [line.split() for line in kill_while_running(send, WRITERS, 20)]

    with sqlite3.connect(database) as connection:
        kept = dict(connection.execute("SELECT receipt, answers FROM submission").fetchall())
    for code, _, seq in promised:
        assert kept[code] == f'{{"pilihan":"jawaban {seq}"}}'


def fill_up_and_go_on(disk: SmallDisk) -> None:
    database = disk.folder / "umkm.db"
    person = people_of(database)[0]
    kept: dict[str, object] = {}

    def save_more(records: Records, times: int) -> None:
        for _ in range(times):
            number = len(kept) + 1
            answer = f"{number} " + "panjang " * 400
            keep(records, person, f"soal-{number}", answer, ChangeId("hp", number))
            kept[f"soal-{number}"] = answer

    with open_records(database) as records:
        save_more(records, 5)
        disk.fill()
        # What room the files already hold may still take a few.
        with pytest.raises(StorageFull, match="belum tersimpan"):
            save_more(records, 200)
        acknowledged = dict(kept)
        with pytest.raises(StorageFull):
            submit(records, person, SHEET, list(kept))
        assert load_drafts(records, person, SHEET) == acknowledged
        assert latest_submission(records, person, SHEET) is None

        disk.make_room()
        save_more(records, 5)
        assert len(kept) == len(acknowledged) + 5
        assert submit(records, person, SHEET, list(kept)).answers == kept

    with open_records(database) as again:
        assert load_drafts(again, person, SHEET) == kept
    assert is_whole(database)


def open_without_room(disk: SmallDisk) -> None:
    database = disk.folder / "umkm.db"
    person = people_of(database)[0]
    with open_records(database) as records:
        keep(records, person, "pilihan", "usaha", ChangeId("hp", 1))
        disk.fill()
        with open_records(database) as second:
            assert load_drafts(second, person, SHEET) == {"pilihan": "usaha"}
        with pytest.raises(StorageFull):
            open_records(disk.folder / "baru.db")
        disk.make_room()
        open_records(disk.folder / "baru.db").close()


@pytest.mark.parametrize("disk", small_disks())
def test_a_full_disk_is_told_and_nothing_acknowledged_is_lost(
    disk: type[SmallDisk], tmp_path: Path
) -> None:
    on_disk(disk, tmp_path, fill_up_and_go_on)


@pytest.mark.parametrize("disk", small_disks())
def test_without_room_kept_answers_can_be_read(disk: type[SmallDisk], tmp_path: Path) -> None:
    on_disk(disk, tmp_path, open_without_room)


def test_a_crowd_of_writers_is_never_turned_away(database: Path) -> None:
    """Eight processes, one file: nobody sees "database is locked", nothing goes missing."""
    people = people_of(database)[:4]

    def write(number: int) -> int:
        # Two phones for each person, answering the same questions.
        with open_records(database) as records:
            for seq in range(1, 26):
                answer = f"hp {number}, isian {seq}"
                stamp = ChangeId(f"hp-{number}", seq)
                keep(records, people[number % 4], f"soal-{seq}", answer, stamp)
        return seq

    assert run_in_parallel(write, 8) == [25] * 8

    with open_records(database) as records:
        for index, person in enumerate(people):
            kept = load_drafts(records, person, SHEET)
            assert len(kept) == 25
            for seq in range(1, 26):
                phones = (index, index + 4)
                assert kept[f"soal-{seq}"] in {f"hp {phone}, isian {seq}" for phone in phones}


def test_a_page_whose_changes_arrive_in_disorder_keeps_its_newest(database: Path) -> None:
    """One page's changes reach the records through two processes, the newest of each first."""
    person = people_of(database)[0]

    def write(number: int) -> int:
        with open_records(database) as records:
            saved = [
                save_draft(records, DraftKey(person, SHEET, "pilihan"), seq, ChangeId("hp", seq))
                for seq in range(59 - number, 0, -2)
            ]
        return sum(each.applied for each in saved)

    applied = run_in_parallel(write, 2)
    with open_records(database) as records:
        assert load_drafts(records, person, SHEET) == {"pilihan": 59}
    # 59 always applies; 58 only where it came first.
    assert sum(applied) in (1, 2)
