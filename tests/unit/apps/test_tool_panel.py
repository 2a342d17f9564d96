"""A trainer's notebook shows the panel of a tool, under the former names too."""

from pathlib import Path

import nbformat
import pytest
from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.trainer import tool_panel
from umkm_records import make_sample_class, open_records
from umkm_tools.ad_game.trainer import AdPanel
from umkm_tools.cashier_game.trainer import CashierPanel

NOTEBOOKS = Path(__file__).parents[3] / "voila_apps" / "trainer"
AD, TILL = (
    next(cell.source for cell in nbformat.read(NOTEBOOKS / name, 4).cells)
    for name in ("simulasi-iklan.ipynb", "simulasi-kasir.ipynb")
)
#: What the notebooks of former versions said; a trainer may have kept a changed copy.
FORMER_AD = "from umkm_apps.ad_board import show_ad_board\n\nshow_ad_board()"
FORMER_TILL = "from umkm_apps.till_board import show_till_board\n\nshow_till_board()"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "kind"),
    [(AD, AdPanel), (TILL, CashierPanel), (FORMER_AD, AdPanel), (FORMER_TILL, CashierPanel)],
)
def test_a_cell_shows_its_panel(source, kind, tmp_path, monkeypatch):
    address = f"sqlite:///{tmp_path / 'umkm.db'}"
    with open_records(address, upgrade=True) as records:
        sample = make_sample_class(records)
    monkeypatch.setenv("UMKM_DATABASE", address)
    monkeypatch.setenv("UMKM_CLASS", sample.cohort.id)
    made, shown = [], []
    monkeypatch.setattr(kind, "refresh", lambda self: made.append(self))  # noqa: PLW0108 - a method
    monkeypatch.setattr(tool_panel, "display", shown.append)

    async def run():
        exec(source, {})
        tool_panel._stop_last()

    run_by_itself(run())
    (panel,) = made
    assert shown == [panel.view]
    panel.records.close()
