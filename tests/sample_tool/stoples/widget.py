"""The sample tool's widget."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from umkm.money import format_rupiah
from umkm_tools.base.amount_input import rupiah_in
from umkm_tools.base.form_tool import FormTool
from umkm_tools.base.scripts import script


class Stoples(FormTool):
    """Adds the money in two jars."""

    _esm = script(Path(__file__).parent)

    def calculate(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return the sum in words."""
        return {"sum": format_rupiah(_in(form, "one") + _in(form, "two"))}


def _in(form: Mapping[str, Any], field: str) -> int:
    return rupiah_in(form, field, "Stoples")
