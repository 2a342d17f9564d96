"""The page for authors of questions: every example is valid, and every kind has one."""

import re

import pytest

from umkm.exercise import check_asking, template_of
from umkm.exercise.questions import KINDS
from umkm_courses.calls import find_calls
from umkm_courses.notebooks import Cell


@pytest.fixture(scope="module")
def calls(request):
    path = request.config.rootpath / "docs" / "menulis-soal.md"
    blocks = re.findall(r"^```python\n(.*?)^```", path.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    cells = [Cell(path, f"contoh-{n}", "code", one, (), None, None) for n, one in enumerate(blocks)]
    return [call for cell in cells for call in find_calls(cell)]


def test_every_example_can_be_marked(calls):
    for call in calls:
        by_staff = template_of(call.question).by_staff
        points = call.points if call.name == "ask" else 1
        why = call.why if call.name == "practice" else ()
        check_asking(call.question, None if by_staff else call.key, points, why)


def test_every_kind_has_an_example(calls):
    assert {template_of(call.question).kind for call in calls} == set(KINDS)
