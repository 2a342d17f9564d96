"""docs/reference/qris.md lists the rules as they are."""

import re

from umkm.qris.findings import RULES, Level

WORDS = {Level.WARNING: "warns", Level.REFUSAL: "refuses"}


def test_every_rule_is_listed_with_its_clause_and_weight(request):
    page = request.config.rootpath / "docs" / "reference" / "qris.md"
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (.+) \| (warns|refuses) \| (warns|refuses) \|$",
        page.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert rows == [
        (name, rule.clause or "of the object, if any", WORDS[rule.strict], WORDS[rule.lenient])
        for name, rule in RULES.items()
    ]
