"""Calculate fees and payouts of QRIS sales from a form."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from umkm.calendar import long_day
from umkm.errors import InputError
from umkm.money import format_rupiah
from umkm.qris import Fee, FeeGroup
from umkm.qris.month import MonthOfSales, Sales, month_of_sales
from umkm.qris.settlement import Provider, payout_time
from umkm.wib import WIB
from umkm_tools.base.amount_input import count_in, rupiah_in
from umkm_tools.qris_fees.rates import CLASSES, Rates, cited, history, note_key, percent_text

_DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_LARGEST: Final = 10**12


def calculate(form: Mapping[str, Any], rates: Rates, today: date) -> dict[str, Any]:
    """Return one payment, its payout and a month of them, as words and numbers to show.

    Raises:
        InputError: a field cannot be read or makes no sense; `field` says which.
    """
    _, group = CLASSES.get(str(form.get("class")), CLASSES["UMI"])
    provider = Provider(
        "",
        days=int(form["days_to"]) if form.get("days_to") in {"0", "1", "2"} else 1,
        working_days=form.get("working") != "tidak",
        payout_fee=_amount(form, "payout_fee", "Biaya tiap cair"),
    )
    result: dict[str, Any] = {"history": history(rates, group, today), "payout": "", "month": None}
    amount = _amount(form, "amount", "Jumlah bayar")
    if amount:
        result["one"] = _one(rates.tariff.fee(amount, group, today), rates)
        result["payout"] = _payout(provider, today)
    if str(form.get("a_day", "")).strip():
        result["month"] = _month(form, rates, group, provider, today)
    return result


def _amount(form: Mapping[str, Any], field: str, label: str) -> int:
    amount = rupiah_in(form, field, label)
    if not 0 <= amount <= _LARGEST:
        raise InputError(f"{label}: periksa lagi banyaknya nol.", field)
    return amount


def _one(fee: Fee, rates: Rates) -> dict[str, Any]:
    return {
        "paid": format_rupiah(fee.amount),
        "fee": format_rupiah(fee.fee),
        "net": format_rupiah(fee.net),
        "rate": percent_text(fee.percent),
        **cited(fee.rule),
        "note": rates.notes.get(note_key(fee.rule), ""),
    }


def _payout(provider: Provider, today: date) -> str:
    paid = payout_time(datetime.combine(today, time(12), WIB), provider)
    return f"{_DAYS[paid.on.weekday()]}, {long_day(paid.on)}"


def _month(
    form: Mapping[str, Any], rates: Rates, group: FeeGroup, provider: Provider, today: date
) -> dict[str, Any]:
    sales = Sales(
        today,
        count_in(form, "a_day", "Pembeli QRIS sehari", 2000),
        _amount(form, "basket", "Belanja rata-rata"),
        count_in(form, "days", "Hari jualan sebulan", 31),
        count_in(form, "would_leave", "Pembeli yang batal", 10),
    )
    if not sales.amount:
        raise InputError("Belanja rata-rata: tulis dulu, misalnya 25rb.", "basket")
    month = month_of_sales(sales, rates.tariff, group, provider)
    return {
        "payments": str(month.payments),
        "with": [
            ["Penjualan", format_rupiah(month.gross)],
            ["Biaya MDR", format_rupiah(month.mdr)],
            ["Biaya cair", format_rupiah(month.payout_fees)],
            ["Diterima", format_rupiah(month.net)],
        ],
        "without": [
            ["Penjualan", format_rupiah(month.without)],
            ["Biaya MDR", "Rp0"],
            ["Biaya cair", "Rp0"],
            ["Diterima", format_rupiah(month.without)],
        ],
        "rate": percent_text(month.each.percent),
        **cited(month.each.rule),
        "said": _summary(month, sales),
    }


def _summary(month: MonthOfSales, sales: Sales) -> str:
    if not month.cost and not sales.would_leave:
        return "QRIS tidak memotong apa pun dari penjualan ini."
    if not sales.would_leave:
        return (
            f"QRIS memotong {format_rupiah(month.cost)} sebulan. Isi juga berapa pembeli yang batal "
            "bila tidak ada QRIS, supaya terlihat apa yang Anda dapat."
        )
    kept = month.gross - month.without
    if month.gained >= 0:
        return (
            f"QRIS memotong {format_rupiah(month.cost)}, tetapi menjaga penjualan "
            f"{format_rupiah(kept)}. Ingat: penjualan belum laba, modal barangnya belum dikurangi."
        )
    return (
        f"QRIS memotong {format_rupiah(month.cost)}, lebih besar dari penjualan yang dijaganya "
        f"({format_rupiah(kept)}). Periksa biaya cair, atau cairkan lebih jarang."
    )
