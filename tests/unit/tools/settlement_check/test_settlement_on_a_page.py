"""Cocokkan on a page: what a person chooses outlives answers that arrive meanwhile."""

import pytest
from playwright.sync_api import expect

from umkm_tools.settlement_check.widget import SettlementCheck

pytestmark = pytest.mark.browser

LIST = b"kapan;berapa;kode\n02/11/2026 08.00;15.000,00;X1\n02/11/2026 09.00;22.000,00;X2\n"


def test_columns_chosen_stay_when_an_answer_arrives_late(open_page):
    page = open_page()
    widget = SettlementCheck()
    desk = page.show_tool(widget)
    widget.on_message({"type": "file", "side": "provider"}, [LIST])
    on = desk.get_by_label("Tanggal bayar")
    page.until(lambda: on.count() == 1)
    on.select_option("0")
    widget.outcome = {"id": "terlambat", "ok": True}  # it travels after the list that it is about
    page.pass_time(100)
    assert on.input_value() == "0"
    desk.get_by_label("Jumlah yang dibayar pembeli").select_option("1")
    desk.get_by_role("button", name="Pakai kolom ini").click()
    page.until(lambda: desk.get_by_text("2 baris terbaca.").count() == 1)
    expect(desk.get_by_role("button", name="Ubah kolom")).to_be_visible()
