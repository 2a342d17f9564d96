"""Marketplace fees as a widget: prices by dated examples of fees, or by the person's own."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from umkm.calendar import long_day
from umkm.errors import InputError
from umkm.marketing.marketplace import FeeModel, Part, Sale, price_to_keep, sale_at
from umkm.money import format_rupiah
from umkm.quantities import Quantity, format_quantity, parse_number
from umkm_tools.base.amount_input import count_in, rupiah_in
from umkm_tools.base.form_tool import FormTool
from umkm_tools.base.scripts import script

_STEP: Final = 100
_DIRECT: Final = FeeModel("Toko atau WhatsApp sendiri", "", (), date.min, "", date.min)


class MarketplaceFees(FormTool):
    """Compares marketplaces.

    Args:
        models: fees as a course's `facts.toml` states them; none asks for the person's own.
    """

    _esm = script(Path(__file__).parent)

    def __init__(self, models: Sequence[FeeModel] = ()) -> None:
        super().__init__({"known": bool(models)})
        self._models = models

    def calculate(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return each place's price that keeps the target, and what the present price leaves there."""
        cost = rupiah_in(form, "cost", "Modal") + rupiah_in(form, "packaging", "Kemasan")
        profit = rupiah_in(form, "profit", "Untung")
        if not cost or not profit:
            return {"places": None}
        items = count_in(form, "items", "Barang dalam satu pesanan", 100) or 1
        price = rupiah_in(form, "price", "Harga sekarang")
        # The person's own figures first: ours are examples, and fees change several times a year.
        places = [_DIRECT, *_own(form), *self._models]
        return {
            "heading": f"Supaya untung {format_rupiah(profit)} tiap barang",
            "places": [_place(model, cost, profit, items, price) for model in places],
        }


def models_from(text: str) -> list[FeeModel]:
    """Return the fee models in the rates of a page (`umkm_tools.base.rates`)."""
    result = json.loads(text) if text else []
    return [
        FeeModel(
            one["platform"],
            one["goods"],
            tuple(
                Part(part["name"], Fraction(part["percent"]), part["most"], part["fixed"])
                for part in one["parts"]
            ),
            date.fromisoformat(one["valid_from"]),
            one["source"],
            date.fromisoformat(one["source_date"]),
        )
        for one in result
    ]


def _own(form: Mapping[str, Any]) -> list[FeeModel]:
    percent = _percent(form)
    fixed = rupiah_in(form, "fixed", "Biaya tiap pesanan")
    if not percent and not fixed:
        return []
    parts = (
        Part(f"Potongan {format_quantity(percent, '%')}", percent),
        Part("Biaya pesanan", fixed=fixed),
    )
    return [FeeModel("Tarif saya", "", parts, date.min, "", date.min)]


def _percent(form: Mapping[str, Any]) -> Fraction:
    typed = form.get("percent", "")
    if not isinstance(typed, str) or not typed.strip():
        return Fraction(0)
    match parse_number(typed, "%"):
        case Quantity(value) if 0 <= value < 90:
            return value
        case _:
            raise InputError("Tulis persen dari 0 sampai 90, misalnya 8,5.", "percent")


def _place(model: FeeModel, cost: int, profit: int, items: int, price: int) -> dict[str, Any]:
    keeps = price_to_keep(profit, cost, model, items, _STEP)
    result: dict[str, Any] = {
        "name": " · ".join(filter(None, (model.platform, model.goods))),
        "price": format_rupiah(keeps.price),
        "received": format_rupiah(keeps.received),
        "lines": _lines(keeps),
    }
    if model.source:
        result["sources"] = [
            {
                "since": long_day(model.valid_from),
                "source": model.source,
                "dated": long_day(model.source_date),
            }
        ]
    if price:
        now = sale_at(price, cost, model, items=items)
        left = "untung" if now.profit >= 0 else "rugi"
        result["own"] = (
            f"Dengan harga sekarang {format_rupiah(price)}: {left} {format_rupiah(abs(now.profit))}."
        )
        result["loss"] = now.profit < 0
    return result


def _lines(sale: Sale) -> list[list[str]]:
    taken = [[line.name, f"-{format_rupiah(line.amount)}"] for line in sale.fees if line.amount]
    return [
        ["Harga", format_rupiah(sale.price)],
        *taken,
        ["Modal dan kemasan", f"-{format_rupiah(sale.cost)}"],
        ["Untung", format_rupiah(sale.profit)],
    ]
