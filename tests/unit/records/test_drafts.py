"""Drafts: what was written last stands, whatever arrives late, twice or broken."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.unit.records.conftest import MONDAY

from umkm_records import (
    ChangeId,
    DraftKey,
    Participant,
    Records,
    Result,
    SheetClosed,
    UnknownParticipant,
    load_drafts,
    publish,
    save_draft,
)
from umkm_records.answers import stored_answers, withdraw
from umkm_records.answers.drafts import MOST_WRITERS, is_answered
from umkm_records.errors import AnswerTooLarge, DraftRefused
from umkm_records.tables import DraftWriterRow

pytestmark = pytest.mark.slow

SHEET = "pembukuan-dua-laci"
Write = Callable[[str, int, object], bool]


@pytest.fixture
def write(records: Records, siti: Participant) -> Write:
    """Save an answer to one question as change `seq` of page `writer`; tells whether it applied."""

    def write(writer: str, seq: int, answer: object) -> bool:
        key = DraftKey(siti.code, SHEET, "pilihan")
        return save_draft(records, key, answer, ChangeId(writer, seq)).applied

    return write


@pytest.fixture
def answer(records: Records, siti: Participant) -> Callable[[], Any]:
    return lambda: load_drafts(records, siti.code, SHEET)["pilihan"]


def test_nothing_written_yet(records: Records, siti: Participant) -> None:
    assert load_drafts(records, siti.code, SHEET) == {}
    assert load_drafts(records, "srg-zzzzz", SHEET) == {}


def test_a_change_is_kept_and_replaced(write: Write, answer: Callable[[], Any]) -> None:
    assert write("hp-a", 1, "usaha")
    assert write("hp-a", 2, "rumah")
    assert answer() == "rumah"


def test_a_late_change_does_not_undo_a_newer_one(write: Write, answer: Callable[[], Any]) -> None:
    write("hp-a", 3, "baru")
    assert not write("hp-a", 2, "lama")
    assert answer() == "baru"


def test_a_change_sent_twice_is_applied_once(write: Write, answer: Callable[[], Any]) -> None:
    assert write("hp-a", 1, "usaha")
    assert not write("hp-a", 1, "usaha")
    assert answer() == "usaha"


def test_between_two_phones_the_later_arrival_stands(
    write: Write, answer: Callable[[], Any]
) -> None:
    write("hp-a", 9, "dari hp a")
    assert write("hp-b", 1, "dari hp b")
    assert answer() == "dari hp b"


def test_between_two_phones_the_newer_deed_stands_whichever_arrives_first(
    records: Records, siti: Participant, answer: Callable[[], Any]
) -> None:
    key = DraftKey(siti.code, SHEET, "pilihan")
    nine, noon = MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=4)
    newer = save_draft(records, key, "siang", ChangeId("hp-b", 1, noon), now=noon)
    assert newer.applied
    # A phone that was without signal since nine.
    older = save_draft(
        records, key, "pagi", ChangeId("hp-a", 1, nine), now=noon + timedelta(hours=1)
    )
    assert (older.applied, older.conflict, older.answer) == (False, True, "siang")
    assert answer() == "siang"
    # Sent again, because nobody answered: the same is told.
    again = save_draft(
        records, key, "pagi", ChangeId("hp-a", 1, nine), now=noon + timedelta(hours=2)
    )
    assert (again.applied, again.conflict, again.answer) == (False, True, "siang")
    # The person insists.
    after = save_draft(
        records, key, "pagi", ChangeId("hp-a", 2, noon + timedelta(hours=3)),
        now=noon + timedelta(hours=3),
    )  # fmt: skip
    assert after.applied
    assert answer() == "pagi"


def test_the_same_answer_of_another_phone_is_no_loss(records: Records, siti: Participant) -> None:
    key = DraftKey(siti.code, SHEET, "pilihan")
    save_draft(records, key, "usaha", ChangeId("hp-b", 1, MONDAY), now=MONDAY)
    early = MONDAY - timedelta(minutes=5)
    assert not save_draft(records, key, "usaha", ChangeId("hp-a", 1, early), now=MONDAY).conflict


def test_a_phone_whose_clock_runs_ahead_gains_nothing(
    records: Records, siti: Participant, answer: Callable[[], Any]
) -> None:
    key = DraftKey(siti.code, SHEET, "pilihan")
    years_ahead = MONDAY + timedelta(days=1000)
    save_draft(records, key, "dari masa depan", ChangeId("hp-a", 1, years_ahead), now=MONDAY)
    save_draft(records, key, "sesudahnya", ChangeId("hp-b", 1), now=MONDAY + timedelta(seconds=1))
    assert answer() == "sesudahnya"


def test_a_laptop_whose_clock_was_set_back_goes_on_keeping(
    records: Records, siti: Participant, answer: Callable[[], Any]
) -> None:
    key = DraftKey(siti.code, SHEET, "pilihan")
    save_draft(records, key, "lama", ChangeId("hp-a", 1), now=MONDAY + timedelta(hours=8))
    save_draft(records, key, "baru", ChangeId("hp-b", 1), now=MONDAY)
    assert answer() == "baru"


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_in_whatever_order_changes_arrive_the_newest_deed_stands(
    records: Records, siti: Participant, data: st.DataObject
) -> None:
    """Three pages act at moments of their own; deliveries are shuffled and some are doubled."""
    deeds = data.draw(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=8))
    seen: dict[str, int] = {}
    sent = []
    for minute, writer in enumerate(deeds):
        seen[writer] = seen.get(writer, 0) + 1
        sent.append((minute, writer, seen[writer]))
    arrivals = data.draw(st.permutations(sent + data.draw(st.lists(st.sampled_from(sent)))))
    run = getattr(records, "_test_run", 0) + 1
    records._test_run = run  # type: ignore[attr-defined]
    key = DraftKey(siti.code, SHEET, f"soal-{run}")
    evening = MONDAY + timedelta(hours=12)
    for minute, writer, seq in arrivals:
        stamp = ChangeId(writer, seq, MONDAY + timedelta(minutes=minute))
        save_draft(records, key, minute, stamp, now=evening)
    assert load_drafts(records, siti.code, SHEET)[f"soal-{run}"] == len(deeds) - 1
    standing = stored_answers(records, siti.code, SHEET)[f"soal-{run}"]
    assert (standing.writer, standing.acted_at) == (
        deeds[-1],
        MONDAY + timedelta(minutes=len(deeds) - 1),
    )


def test_a_late_change_is_late_also_after_another_phone_wrote(
    write: Write, answer: Callable[[], Any]
) -> None:
    write("hp-a", 5, "a lima")
    write("hp-b", 1, "b satu")
    assert not write("hp-a", 4, "a empat, terlambat")
    assert not write("hp-a", 5, "a lima, dikirim lagi")
    assert answer() == "b satu"
    assert write("hp-a", 6, "a enam")
    assert answer() == "a enam"


def test_an_answer_can_be_taken_back(write: Write, answer: Callable[[], Any]) -> None:
    write("hp-a", 1, "usaha")
    assert write("hp-a", 2, None)
    assert answer() is None


def test_people_sheets_and_questions_are_apart(
    records: Records, siti: Participant, budi: Participant
) -> None:
    stamp = ChangeId("hp", 1)
    save_draft(records, DraftKey(siti.code, SHEET, "pilihan"), "siti", stamp)
    save_draft(records, DraftKey(budi.code, SHEET, "pilihan"), "budi", stamp)
    save_draft(records, DraftKey(siti.code, "pembukuan/01-dua-laci", "pilihan"), "latihan", stamp)
    save_draft(records, DraftKey(siti.code, SHEET, "rencana"), "lain", stamp)
    assert load_drafts(records, siti.code, SHEET) == {"pilihan": "siti", "rencana": "lain"}
    assert load_drafts(records, budi.code, SHEET) == {"pilihan": "budi"}
    assert load_drafts(records, siti.code, "pembukuan/01-dua-laci") == {"pilihan": "latihan"}


def test_it_tells_when_the_standing_answer_was_saved(records: Records, siti: Participant) -> None:
    key = DraftKey(siti.code, SHEET, "pilihan")
    first = save_draft(records, key, "usaha", ChangeId("hp", 2), now=MONDAY)
    late = save_draft(records, key, "lama", ChangeId("hp", 1), now=MONDAY + timedelta(minutes=1))
    assert (first.applied, first.at) == (True, MONDAY)
    assert (late.applied, late.at) == (False, MONDAY)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=50),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=9), inner, max_size=4)
    ),
    max_leaves=10,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(value=json_values)
def test_any_json_comes_back_as_it_was(records: Records, siti: Participant, value: object) -> None:
    key = DraftKey(siti.code, SHEET, "apa-saja")
    seq = getattr(records, "_test_seq", 0) + 1
    records._test_seq = seq  # type: ignore[attr-defined]
    save_draft(records, key, value, ChangeId("hp", seq))
    assert load_drafts(records, siti.code, SHEET)["apa-saja"] == value


def nested(depth: int) -> object:
    value: object = "isi"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), {1, 2}, object(), b"bytes", "\ud83d", nested(100_000)],
    ids=["nan", "inf", "set", "object", "bytes", "half-emoji", "deep"],
)
def test_what_is_no_json_is_refused(
    records: Records, siti: Participant, write: Write, answer: Callable[[], Any], value: object
) -> None:
    write("hp-a", 1, "usaha")
    with pytest.raises(DraftRefused):
        write("hp-a", 2, value)
    assert answer() == "usaha"


def test_twenty_kilobytes_is_the_end(write: Write, answer: Callable[[], Any]) -> None:
    # Two quotes belong to the JSON text; an "é" is two bytes in UTF-8.
    assert write("hp-a", 1, "a" * 19_998)
    assert write("hp-a", 2, "é" * 9_999)
    for value in ("a" * 19_999, "é" * 10_000):
        with pytest.raises(AnswerTooLarge, match="terlalu panjang"):
            write("hp-a", 3, value)
    assert answer() == "é" * 9_999


@pytest.mark.parametrize(
    ("writer", "seq"),
    [("", 1), ("w" * 65, 1), ("a\nb", 1), ("hp", -1), ("hp", 2**53), ("hp", True), ("hp", 1.5)],
)
def test_a_stamp_no_page_of_ours_makes_is_refused(write: Write, writer: str, seq: int) -> None:
    with pytest.raises(DraftRefused):
        write(writer, seq, "usaha")


@pytest.mark.parametrize(
    ("sheet", "question"), [("", "a"), ("s" * 101, "a"), ("s", ""), ("s", "\0")]
)
def test_a_key_no_page_of_ours_makes_is_refused(
    records: Records, siti: Participant, sheet: str, question: str
) -> None:
    with pytest.raises(DraftRefused):
        save_draft(records, DraftKey(siti.code, sheet, question), "x", ChangeId("hp", 1))


def test_nobody_writes_for_a_stranger(records: Records) -> None:
    with pytest.raises(UnknownParticipant):
        save_draft(records, DraftKey("srg-zzzzz", SHEET, "a"), "x", ChangeId("hp", 1))


def test_a_graded_sheet_is_closed_until_the_result_is_withdrawn(
    records: Records, siti: Participant, write: Write, answer: Callable[[], Any]
) -> None:
    write("hp-a", 1, "usaha")
    publish(records, Result(siti.code, SHEET, 1, 2, 10))
    with pytest.raises(SheetClosed, match="sudah dinilai"):
        write("hp-a", 2, "rumah")
    assert answer() == "usaha"
    assert withdraw(records, siti.code, SHEET)
    assert write("hp-a", 2, "rumah")


@pytest.mark.parametrize("value", [None, "", "  \n", [], {}])
def test_says_nothing(value: object) -> None:
    assert not is_answered(value)


@pytest.mark.parametrize("value", [0, False, "0", " a ", [None], {"a": None}])
def test_says_something(value: object) -> None:
    assert is_answered(value)


def test_a_question_remembers_its_last_writers_and_no_late_change_undoes_anything(
    records: Records, siti: Participant
) -> None:
    key = DraftKey(siti.code, SHEET, "pilihan")

    def write(writer: str, seq: int, minute: int) -> bool:
        at = MONDAY + timedelta(minutes=minute)
        now = MONDAY + timedelta(hours=9)
        return save_draft(records, key, f"{writer} {seq}", ChangeId(writer, seq, at), now).applied

    assert write("tetap", 5, 400)
    # Sixty pages that did something earlier, and a person's newest answer stands.
    for number in range(60):
        assert not write(f"hp-{number}", 2, number)
    with records.read_session() as session:
        kept = set(session.scalars(select(DraftWriterRow.writer)))
    assert len(kept) == MOST_WRITERS
    assert "tetap" in kept
    assert f"hp-{59}" in kept
    # What the first of them sends late, twice or anew is older than what stands, as before.
    assert not write("hp-0", 1, 0)
    assert not write("hp-0", 2, 0)
    assert not write("tetap", 4, 400)
    assert not write("tetap", 5, 400)
    assert write("tetap", 6, 400)
    assert load_drafts(records, siti.code, SHEET) == {"pilihan": "tetap 6"}
