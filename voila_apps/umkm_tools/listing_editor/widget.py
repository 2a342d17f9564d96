"""The listing editor as a widget: a title, a description and advice for a product."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from umkm.marketing.listing import Limits, Listing, check_listing, count_characters
from umkm_tools.base.clock import today_in_serang
from umkm_tools.base.form_tool import FormTool
from umkm_tools.base.scripts import script

# Titles: everpro.id (Tokopedia), paxel.co; 255 for Shopee is common knowledge, checked nowhere.
PLATFORMS: Final = (
    Limits("WhatsApp atau media sosial", max_title=150),
    Limits("Tokopedia", min_title=40, source="everpro.id"),
    Limits("Shopee", min_title=20),
    Limits("PaxelMarket", max_title=80, source="paxel.co"),
)


class ListingEditor(FormTool):
    """Builds and checks a listing."""

    _esm = script(Path(__file__).parent)

    def __init__(self, today: Callable[[], date] = today_in_serang) -> None:
        super().__init__(
            {"platforms": [[limits.platform, limits.platform] for limits in PLATFORMS]}
        )
        self._today = today

    def calculate(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return the title, the description (the person's own where they wrote one) and advice."""
        if not _text(form, "what"):
            return {"title": ""}
        limits = next(
            (one for one in PLATFORMS if one.platform == form.get("platform")), PLATFORMS[0]
        )
        title = _text(form, "title") or _title(form)
        description = _long(form, "description") or _description(form)
        listing = Listing(
            title,
            description,
            _text(form, "price"),
            food=form.get("food") != "tidak",
            p_irt=_text(form, "p_irt"),
        )
        found = check_listing(listing, limits, self._today().year)
        return {
            "title": title,
            "description": description,
            "title_count": f"{count_characters(title)} huruf, paling banyak {limits.max_title}",
            "description_count": f"{count_characters(description)} huruf",
            "advice": [{"weight": one.weight.value, "message": one.message} for one in found],
        }


def _title(form: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (_text(form, part) for part in ("what", "brand", "size"))))


def _description(form: Mapping[str, Any]) -> str:
    lines = (
        ("", _title(form)),
        ("Bahan: ", _text(form, "made_of")),
        ("Isi atau ukuran: ", _text(form, "size")),
        ("", _text(form, "keeps")),
        ("Diproduksi oleh: ", _text(form, "maker")),
        ("P-IRT: ", _text(form, "p_irt")),
        ("Harga: ", _text(form, "price")),
        ("Cara pesan: ", _text(form, "order")),
    )
    return "\n".join(f"{label}{text}" for label, text in lines if text)


def _text(form: Mapping[str, Any], field: str) -> str:
    return " ".join(_long(form, field).split())


def _long(form: Mapping[str, Any], field: str) -> str:
    typed = form.get(field, "")
    return typed.strip()[:5000] if isinstance(typed, str) else ""
