"""Five kinds of trainees in the tasks whose numbers vary, graded by real nbgrader.

Each persona has a code of its own and with it its numbers; every answer was reckoned on paper.
"""

import json
from pathlib import Path

import pytest
from tests.grading.classes import open_class

from umkm_grading import grade

FOLDERS = sorted(path for path in Path(__file__).with_name("personas").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_personas_of_a_task_get_the_points_stated(tmp_path, catalogue, folder):
    personas = {
        file.stem: json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.json")
    }
    assert set(personas) == {"benar", "kosong", "nakal", "salah", "sebagian"}
    one_class = open_class(tmp_path, catalogue, folder.name)
    for persona in personas.values():
        one_class.put(persona["code"], persona["answers"])
    outcomes = {one.participant: one for one in grade(one_class.class_folder, one_class.assignment)}
    for name, persona in personas.items():
        outcome, scores = outcomes[persona["code"]], one_class.scores(persona["code"])
        assert outcome.ok, (name, outcome.message)
        assert {q: scores[q].points for q in persona["automatic"]} == persona["automatic"], name
        assert outcome.points == sum(persona["automatic"].values())
        assert outcome.of == one_class.assignment.points == 20
        assert outcome.waiting_for_human is persona["waiting"], name
