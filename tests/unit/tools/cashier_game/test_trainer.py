"""The trainer's side of the cashier game: counts for the room, and a question before old ones go."""

import pytest

from umkm.qris.till import Decision, Kind, Role, by_computer, decide
from umkm_records import (
    join_till_game,
    make_sample_class,
    open_records,
    open_till,
    play_at_till,
    till_board,
)
from umkm_tools.cashier_game.trainer import CashierPanel, board_html


@pytest.fixture
def panel(tmp_path):
    with open_records(tmp_path / "umkm.db") as records:
        sample = make_sample_class(records)
        made = CashierPanel(records, sample.cohort.id)
        made.refresh()
        yield made


def test_rounds_are_begun_counted_and_closed(panel):
    assert "Belum dimulai" in panel.board.value
    assert panel.mixed.disabled
    panel.begin.click()
    assert "Ronde 1: semua pembeli jujur" in panel.board.value
    join_till_game(panel.records, "srg-siti1")
    open_till(panel.records, "srg-siti1")
    panel.refresh()
    assert "1 orang ikut · 1 kasir menunggu pembeli" in panel.board.value
    play_at_till(
        panel.records, "srg-siti1", Role.MERCHANT,
        lambda sale: decide(by_computer(sale), Decision.REFUSE),
    )  # fmt: skip
    panel.mixed.click()
    assert till_board(panel.records, panel.cohort_id).game.kind is Kind.MIXED
    row = "<tr><th scope='row'>Pembeli jujur tersinggung</th><td>0</td><td>1</td></tr>"
    assert row in panel.board.value
    assert "Siti" not in panel.board.value
    panel.end.click()
    assert "Simulasi selesai" in panel.board.value
    assert panel.honest.disabled


def test_an_old_result_goes_only_after_a_yes(panel):
    test_rounds_are_begun_counted_and_closed(panel)
    panel.begin.click()
    assert "akan hilang" in panel.notice.value
    panel.begin.click()  # twice in a hurry
    assert till_board(panel.records, panel.cohort_id).whole.offended == 1
    panel.sure.click()
    assert till_board(panel.records, panel.cohort_id).whole.decided == 0


def test_a_round_that_is_being_played_goes_only_after_a_yes(panel):
    panel.begin.click()
    join_till_game(panel.records, "srg-siti1")
    open_till(panel.records, "srg-siti1")
    panel.mixed.click()
    panel.begin.click()
    assert "Ronde 2 masih berjalan: 1 orang ikut" in panel.notice.value
    board = till_board(panel.records, panel.cohort_id)
    assert (board.game.number, board.players) == (2, 1)
    panel.sure.click()
    board = till_board(panel.records, panel.cohort_id)
    assert (board.game.number, board.players) == (1, 0)


def test_open_tills_of_a_round_that_was_closed_go_only_after_a_yes(panel):
    panel.begin.click()
    join_till_game(panel.records, "srg-siti1")
    open_till(panel.records, "srg-siti1")
    panel.end.click()
    panel.begin.click()
    assert "akan hilang" in panel.notice.value
    assert "masih berjalan" not in panel.notice.value
    assert till_board(panel.records, panel.cohort_id).waiting == 1


def test_who_does_something_else_has_said_no(panel):
    test_rounds_are_begun_counted_and_closed(panel)
    panel.begin.click()
    assert panel.sure.layout.display != "none"
    panel.end.click()
    assert (panel.sure.layout.display, panel.notice.value) == ("none", "")


def test_an_old_board_says_so_while_the_records_cannot_be_read(panel, tmp_path):
    panel.begin.click()
    shown = panel.board.value
    panel.records.close()  # all its connections: the next one reads the file anew
    file = tmp_path / "umkm.db"
    whole = file.read_bytes()
    file.write_bytes(b"bukan basis data" * 256)
    panel.refresh()
    assert "Papan ini keadaan pukul" in panel.old.value
    assert panel.board.value == shown
    panel.records.close()
    file.write_bytes(whole)
    panel.refresh()
    assert (panel.old.value, panel.board.value) == ("", shown)


def test_what_goes_wrong_is_told(panel):
    panel._next(Kind.MIXED)
    assert "tidak sedang dibuka" in panel.notice.value
    assert "Belum dimulai" in board_html(None)
