"""The advertising game between page, records and trainer: what a phone gets, and the panel."""

import pytest

from umkm.errors import UmkmError
from umkm.marketing.campaign import STOP, Decision
from umkm_apps.page_sessions.in_process.reader import Reader
from umkm_records import make_sample_class, open_records, reset_pin
from umkm_records.tools import ad_board
from umkm_tools.ad_game.page import RecordsAdTable
from umkm_tools.ad_game.trainer import AdPanel, board_html
from umkm_tools.ad_game.widget import AdGame

NEAR = Decision(200_000, "sekitar", "jelas")


@pytest.fixture
def desk(sample_database):
    with open_records(sample_database) as records:
        sample = make_sample_class(records)
        made = AdPanel(records, sample.cohort.id)
        made.refresh()
        yield made


@pytest.fixture
def table(desk):
    return lambda code: RecordsAdTable(desk.records, Reader(code, 1))


def test_a_round_from_desk_to_phone_and_back(desk, table):
    other = make_sample_class(desk.records).participants[1].code
    siti, budi = table("srg-siti1"), table(other)
    assert siti.seat() is None
    assert "Belum dimulai" in desk.board.value
    assert desk.go.disabled
    desk.begin.click()
    assert "Putaran 1 dari 4: silakan memilih" in desk.board.value
    place = siti.join()
    budi.join()
    siti.choose(place.key, NEAR)
    desk.refresh()
    assert "1 dari 2 orang sudah memilih" in desk.board.value
    assert desk.go.description == "Tutup putaran 1 dan tampilkan hasilnya"
    desk.go.click()
    shown = siti.seat()
    assert shown.game.outcomes == ad_board(desk.records, desk.cohort_id).games[shown.name].outcomes
    assert shown.name in desk.board.value
    assert "Siti" not in desk.board.value
    assert 'role="img"' in desk.board.value
    assert "0 putaran (1 orang) Rp1.000.000; 1 putaran (1 orang)" in desk.board.value
    with pytest.raises(UmkmError, match="sudah ditutup"):
        budi.choose(place.key, NEAR)
    assert desk.go.description == "Buka putaran 2"
    for _ in range(6):
        desk.go.click()
    assert "Hasil akhir" in desk.board.value
    assert desk.go.disabled
    assert budi.seat().is_open is False


def test_a_phone_draws_what_the_server_says(desk, table):
    desk.begin.click()
    game = AdGame(table("srg-siti1"))
    game.on_message({"type": "begin", "mode": "kelas", "id": "1"})
    assert game.view["page"] == "putusan"
    game.on_message({"type": "choose", "key": game.view["key"], "budget": 7, "id": "2"})
    assert game.outcome["field"] == "budget"
    game.on_message({"type": "choose", "key": game.view["key"], "budget": 0, "id": "3"})
    assert game.view["chosen"]["budget"] == 0
    seed = ad_board(desk.records, desk.cohort_id).step.seed
    assert seed not in str(game.view)


def test_what_a_forged_choice_gets(desk, table):
    desk.begin.click()
    siti = table("srg-siti1")
    place = siti.join()
    with pytest.raises(UmkmError, match="Pilih biaya"):
        siti.choose(place.key, Decision(10**12, "kota", "jelas"))
    with pytest.raises(UmkmError, match="sudah ditutup"):
        siti.choose("lain-1", STOP)


def test_a_page_never_learns_the_seed(desk, table):
    desk.begin.click()
    siti = table("srg-siti1")
    place = siti.join()
    desk.go.click()
    seed = ad_board(desk.records, desk.cohort_id).step.seed
    for seen in (place, siti.seat()):
        assert seen.game.seed == ""
        assert seed not in repr(seen)


def test_a_new_pin_ends_open_pages_and_nobody_plays_faster_than_a_person(desk, table):
    desk.begin.click()
    siti = table("srg-siti1")
    place = siti.join()

    def choose_on_and_on():
        for _ in range(1_000):
            siti.choose(place.key, NEAR)

    with pytest.raises(UmkmError, match="Terlalu cepat"):
        choose_on_and_on()
    assert siti.seat().choice == NEAR
    reset_pin(desk.records, "srg-siti1", by="pelatih")
    fresh = RecordsAdTable(desk.records, Reader("srg-siti1", 1))
    for act in (siti.seat, fresh.join, lambda: fresh.choose(place.key, STOP)):
        with pytest.raises(UmkmError, match="masuk lagi"):
            act()


def test_two_trainers_press_at_once(desk):
    other = AdPanel(desk.records, desk.cohort_id)
    other.refresh()
    desk.begin.click()
    other.begin.click()
    assert "layar pelatih lain" in other.notice.value
    desk.refresh()
    other.refresh()
    desk.go.click()
    other.go.click()
    assert "layar pelatih lain" in other.notice.value
    step = ad_board(desk.records, desk.cohort_id).step
    assert (step.number, step.is_shown) == (1, True)


def test_an_old_result_goes_only_after_a_yes(desk, table):
    desk.begin.click()
    table("srg-siti1").join()
    desk.begin.click()
    assert "akan hilang" in desk.notice.value
    assert len(ad_board(desk.records, desk.cohort_id).games) == 1
    desk.sure.click()
    assert ad_board(desk.records, desk.cohort_id).games == {}


def test_a_desk_that_was_opened_anew_goes_on(desk, table):
    desk.begin.click()
    table("srg-siti1").join()
    again = AdPanel(desk.records, desk.cohort_id)
    again.refresh()
    again.go.click()
    assert "Hasil putaran 1 dari 4" in again.board.value


def test_a_long_class_is_cut_and_an_empty_one_said(desk, table):
    desk.begin.click()
    desk.go.click()
    assert "Belum ada yang ikut" in desk.board.value
    for person in make_sample_class(desk.records).participants:
        table(person.code).join()
    desk.refresh()
    assert "dan 2 orang lain" in desk.board.value
    assert "Belum dimulai" in board_html(None)
    desk.end.click()
    assert "Hasil akhir" in desk.board.value
