"""What a class's template imports is what its pages import."""

import re
from pathlib import Path

import nbformat

from umkm_cli.warm_kernels import PRELOAD

PAGES = Path(__file__).parents[3] / "voila_apps" / "pages"


def test_whatever_a_page_begins_with_is_there_before_anybody_opens_it():
    cells = [cell.source for page in PAGES.glob("*.ipynb") for cell in nbformat.read(page, 4).cells]
    wanted = set(re.findall(r"^from (umkm_apps\S+) import", "\n".join(cells), re.MULTILINE))
    assert len(wanted) >= 3
    assert wanted <= set(PRELOAD)
