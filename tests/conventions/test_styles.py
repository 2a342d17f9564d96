"""Style sheets of question fields are one sheet on a page: none may change what another one draws."""

import re
from collections import defaultdict
from pathlib import Path

WIDGETS = Path(__file__).parents[2] / "widgets" / "umkm_widgets"


def selectors(sheet):
    """Return the selectors of a sheet, those within @media apart: such a rule adds to its own field."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"@(?:media|supports)[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", text)
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", text)
    return {each.strip() for rule in rules for each in rule.split(",")}


def test_no_two_fields_style_the_same_elements():
    sheets = [path for path in (WIDGETS / "fields").glob("*.css") if ".min." not in path.name]
    assert len(sheets) >= 9
    by = defaultdict(set)
    for sheet in [*sheets, WIDGETS / "question.css", WIDGETS / "rubric.css"]:
        for selector in selectors(sheet):
            by[selector].add(sheet.name)
    assert {selector: names for selector, names in by.items() if len(names) > 1} == {}
