"""The trainer's side of the cashier game: counts for the room, and a question before old ones go."""

import pytest

from umkm.qris.cashier_game import Decision, Kind, Role, by_computer, decide
from umkm_records import make_sample_class, open_records
from umkm_records.tools import join_till_game, open_till, play_at_till, till_board
from umkm_tools.cashier_game.trainer import CashierPanel, board_html


@pytest.fixture
def desk(sample_database):
    with open_records(sample_database) as records:
        sample = make_sample_class(records)
        made = CashierPanel(records, sample.cohort.id)
        made.refresh()
        yield made


def test_rounds_are_begun_counted_and_closed(desk):
    assert "Belum dimulai" in desk.board.value
    assert desk.mixed.disabled
    desk.begin.click()
    assert "Ronde 1: semua pembeli jujur" in desk.board.value
    join_till_game(desk.records, "srg-siti1")
    open_till(desk.records, "srg-siti1")
    desk.refresh()
    assert "1 orang ikut · 1 kasir menunggu pembeli" in desk.board.value
    play_at_till(
        desk.records, "srg-siti1", Role.MERCHANT,
        lambda sale: decide(by_computer(sale), Decision.REFUSE),
    )  # fmt: skip
    desk.mixed.click()
    assert till_board(desk.records, desk.cohort_id).game.kind is Kind.MIXED
    row = "<tr><th scope='row'>Pembeli jujur tersinggung</th><td>0</td><td>1</td></tr>"
    assert row in desk.board.value
    assert "Siti" not in desk.board.value
    desk.end.click()
    assert "Simulasi selesai" in desk.board.value
    assert desk.honest.disabled


def test_an_old_result_goes_only_after_a_yes(desk):
    test_rounds_are_begun_counted_and_closed(desk)
    desk.begin.click()
    assert "akan hilang" in desk.notice.value
    desk.begin.click()  # twice in a hurry
    assert till_board(desk.records, desk.cohort_id).whole.offended == 1
    desk.sure.click()
    assert till_board(desk.records, desk.cohort_id).whole.decided == 0


def test_a_round_that_is_being_played_goes_only_after_a_yes(desk):
    desk.begin.click()
    join_till_game(desk.records, "srg-siti1")
    open_till(desk.records, "srg-siti1")
    desk.mixed.click()
    desk.begin.click()
    assert "Ronde 2 masih berjalan: 1 orang ikut" in desk.notice.value
    board = till_board(desk.records, desk.cohort_id)
    assert (board.game.number, board.players) == (2, 1)
    desk.sure.click()
    board = till_board(desk.records, desk.cohort_id)
    assert (board.game.number, board.players) == (1, 0)


def test_open_tills_of_a_round_that_was_closed_go_only_after_a_yes(desk):
    desk.begin.click()
    join_till_game(desk.records, "srg-siti1")
    open_till(desk.records, "srg-siti1")
    desk.end.click()
    desk.begin.click()
    assert "akan hilang" in desk.notice.value
    assert "masih berjalan" not in desk.notice.value
    assert till_board(desk.records, desk.cohort_id).waiting == 1


def test_who_does_something_else_has_said_no(desk):
    test_rounds_are_begun_counted_and_closed(desk)
    desk.begin.click()
    assert desk.sure.layout.display != "none"
    desk.end.click()
    assert (desk.sure.layout.display, desk.notice.value) == ("none", "")


def test_an_old_board_says_so_while_the_records_cannot_be_read(desk, tmp_path):
    desk.begin.click()
    shown = desk.board.value
    desk.records.close()  # all its connections: the next one reads the file anew
    file = tmp_path / "umkm.db"
    whole = file.read_bytes()
    file.write_bytes(b"bukan basis data" * 256)
    desk.refresh()
    assert "Papan ini keadaan pukul" in desk.old.value
    assert desk.board.value == shown
    desk.records.close()
    file.write_bytes(whole)
    desk.refresh()
    assert (desk.old.value, desk.board.value) == ("", shown)


def test_what_goes_wrong_is_told(desk):
    desk._next(Kind.MIXED)
    assert "tidak sedang dibuka" in desk.notice.value
    assert "Belum dimulai" in board_html(None)
