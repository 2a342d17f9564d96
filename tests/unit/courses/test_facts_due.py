"""Rules and prices whose newest source is old are listed, those in force alone."""

from datetime import date

import pytest

from umkm_courses import facts_due
from umkm_courses.__main__ import main

TODAY = date(2026, 12, 1)
FACT = """
[{name}]
value = 1
unit = "persen"
valid_from = {valid}
source = "{source}"
source_date = {sourced}
checked_on = 2026-11-30
kind = "{kind}"
"""


def write(name, sourced, valid="2020-01-01", kind="regulation", source="Contoh"):
    return FACT.format(name=name, sourced=sourced, valid=valid, kind=kind, source=source)


def named(shelf, *facts, today=TODAY):
    shelf.facts = "".join(facts)
    return [due.name for due in facts_due(shelf.load().courses.values(), today)]


def test_the_oldest_source_comes_first(shelf):
    # 183 days before 1 December 2026 is 1 June 2026.
    assert named(
        shelf,
        write("batas", "2026-05-31"),
        write("tarif", "2025-01-01"),
        write("biaya", "2026-04-01", kind="fee"),
        write("baru", "2026-06-01"),
    ) == ["tarif", "biaya", "batas"]


def test_what_a_later_fact_has_replaced_need_not_be_looked_up(shelf):
    series = (
        write("mdr-mikro-2021-06", "2021-06-01", "2021-06-01"),
        write("mdr-mikro-2021-06-bebas", "2021-06-01", "2021-06-01"),
        write("mdr-mikro-2024-12", "2025-01-01", "2024-12-01"),
    )
    assert named(shelf, *series) == ["mdr-mikro-2021-06-bebas", "mdr-mikro-2024-12"]
    # Until the later one holds, it is the earlier one that is taught.
    assert named(shelf, *series, today=date(2024, 11, 30)) == [
        "mdr-mikro-2021-06",
        "mdr-mikro-2021-06-bebas",
    ]


def test_a_finding_that_is_no_rule_is_not_listed(shelf):
    text = write("survei", "2010-01-01").replace('kind = "regulation"\n', "")
    assert named(shelf, text) == []


def test_addresses_to_look_at_are_read_from_the_source(shelf):
    source = "Detik (finance.detik.com/moneter/d-4669758); https://peraturan.go.id/x; PP 20/2026."
    shelf.facts = write("batas", "2020-01-01", source=source)
    (due,) = facts_due(shelf.load().courses.values(), TODAY)
    assert due.addresses == ["finance.detik.com/moneter/d-4669758", "https://peraturan.go.id/x"]


@pytest.mark.parametrize(("sourced", "warned"), [("2020-01-01", True), ("2099-01-01", False)])
def test_make_check_warns_and_passes(shelf, capsys, sourced, warned):
    shelf.facts = write("batas", sourced).replace("2026-11-30", "2099-01-01")
    shelf.load()
    assert main(shelf.root) == 0
    assert ("kas-kecil batas" in capsys.readouterr().err) is warned
