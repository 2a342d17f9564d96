"""Whatever one submission holds is that submission's trouble; the others are graded all the same."""

import copy
import json
import random
from io import StringIO

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from tests.grading.classes import COHORT, TASK, open_class

from umkm_cli.grading import GradeOptions, run_grade
from umkm_cli.terminal import PlainConsole
from umkm_grading import assignments_of, collect, grade_all, publish_feedback
from umkm_grading.autograde.run_job import show_both
from umkm_grading.sandbox.bubblewrap import SandboxResult, sandbox_trouble
from umkm_grading.sandbox.merge import merge, put_outputs, sources, with_executed
from umkm_records import Registration, class_roster, register

needs_sandbox = pytest.mark.skipif(bool(sandbox_trouble()), reason=sandbox_trouble())
HALF_EMOJI = chr(0xD83D)
NAME = "[/b] Ana [link=http://evil.example]klik[/link]"


def released(one_class):
    path = one_class.class_folder.release(TASK) / f"{TASK}.ipynb"
    return json.loads(path.read_text("utf-8"))


#: What a notebook of one's own adds, and what staff are told of it.
ODD = {
    "prints half an emoji": ({"cell_type": "code", "source": "print(chr(0xd83d))"}, None),
    "raises half an emoji": ({"cell_type": "code", "source": "raise ValueError('\\ud83d')"}, None),
    "half an emoji in a source": ({"cell_type": "code", "source": f"x = '{HALF_EMOJI}'"}, None),
    "half an emoji in Markdown": ({"cell_type": "markdown", "source": HALF_EMOJI + " ya"}, None),
    "a name with half an emoji": ({"cell_type": HALF_EMOJI, "source": "ya"}, None),
    "no source": ({"cell_type": "code"}, "Sel yang rusak"),
    "a number for a source": ({"cell_type": "code", "source": 7}, "Sel yang rusak"),
    "no cell at all": (None, "Sel yang rusak"),
    "lists everywhere": ({"cell_type": [], "source": ["a", 1], "metadata": []}, "Sel yang rusak"),
    "an error that cannot be told": (
        {
            "cell_type": "code",
            "source": "class E(Exception):\n  def __str__(self): raise self\nraise E()",
        },
        None,
    ),
}


@needs_sandbox
def test_each_odd_notebook_is_graded_and_stops_nobody(one_class, tmp_path):
    people = [*one_class.codes]
    honest, *others = people
    one_class.put(honest, {"seragam-sekolah": "bayar-langsung"})
    handed_in = dict(zip(others, ODD.items(), strict=False))
    assert len(handed_in) == len(ODD)
    for code, (_, (cell, _)) in handed_in.items():
        notebook = released(one_class)
        notebook["cells"].append(cell)
        place = tmp_path / "terkumpul" / code
        place.mkdir(parents=True)
        (place / f"{TASK}.ipynb").write_text(json.dumps(notebook))
        answers = {"version": 1, "answers": {"seragam-sekolah": "bayar-langsung"}}
        (place / "answers.json").write_text(json.dumps(answers))
    taken = collect(one_class.class_folder, TASK, tmp_path / "terkumpul", set(people))
    assert [one.reason for one in taken] == [""] * len(ODD)

    outcomes = {
        one.participant: one for one in grade_all(assignments_of(one_class.class_folder)).outcomes
    }
    assert {one.ok for one in outcomes.values()} == {True}
    assert len(outcomes) == 1 + len(ODD)
    for code, (what, (_, told)) in handed_in.items():
        notes = " ".join(outcomes[code].notes)
        assert outcomes[code].points == outcomes[honest].points > 0, what
        assert (told or "") in notes, what
        shown = one_class.class_folder.autograded(code, TASK) / f"{TASK}.ipynb"
        assert shown.read_bytes().decode("utf-8"), what
    # And a run after it has nothing left to do.
    assert grade_all(assignments_of(one_class.class_folder)).outcomes == ()
    text = next(q.id for q in one_class.assignment.questions if q.id == "rencana-dua-laci")
    for code in outcomes:
        one_class.staff_gives(code, text, 1)
    assert publish_feedback(one_class.class_folder, one_class.records, TASK).held == {}


def test_what_nobody_foresaw_is_the_failure_of_one_submission(one_class, monkeypatch):
    """An odd manifest, an executed notebook that cannot be written, rows that none takes."""
    from umkm_grading.autograde import runner

    bad, good, also_good = one_class.codes[:3]
    for code in (bad, good, also_good):
        one_class.put(code, {"seragam-sekolah": "bayar-langsung"})
    for step in ("write_notebook", "read_executed", "write_results"):
        real = getattr(runner, step)

        def fails_for_one(*arguments, real=real):
            if bad in repr(arguments):
                raise UnicodeEncodeError("utf-8", HALF_EMOJI, 0, 1, "surrogates not allowed")
            return real(*arguments)

        with monkeypatch.context() as patch:
            patch.setattr(runner, step, fails_for_one)
            tasks = assignments_of(one_class.class_folder)
            outcomes = grade_all(tasks, run_all()).outcomes
        told = {one.participant: one for one in outcomes}
        assert told[good].ok, step
        assert told[also_good].ok, step
        assert not told[bad].ok, step
        assert "UnicodeEncodeError" in told[bad].message, step
        assert "Kiriman lain tetap dinilai" in told[bad].message, step
    # What failed is taken up again, and now goes well.
    (again,) = grade_all(assignments_of(one_class.class_folder)).outcomes
    assert (again.participant, again.ok) == (bad, True)


def run_all():
    from umkm_grading import Scope

    return Scope.ALL


def test_a_name_with_markup_stops_no_command_and_is_shown_as_it_is(
    tmp_path, catalogue, monkeypatch
):
    one_class = open_class(tmp_path, catalogue)
    form = Registration(
        join_code="SERANG-1", name=NAME, business_name="[red]Warung", business_kind="warung",
        kelurahan="36.73.02.1001", phone="0812 0000 0099", consent_version="1", consent_given=True,
        pin="839201",
    )  # fmt: skip
    code = register(one_class.records, form).code
    assert NAME in {one.name for one in class_roster(one_class.records, COHORT)}
    one_class.put(code, {"seragam-sekolah": "bayar-langsung"})
    monkeypatch.setenv("UMKM_DATA", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PATH", "")
    screen = StringIO()
    console = PlainConsole(file=screen, width=200, force_terminal=True)
    assert run_grade(GradeOptions((COHORT, TASK), workers=1), console)
    assert NAME in screen.getvalue()
    assert "\x1b]8" not in screen.getvalue()


CASES = 3000
#: One in so many is also written and read back: validating takes most of the time.
WRITTEN = 30
SEED = 13


def small_notebook():
    """Return a released notebook of four cells, two of them graded."""

    def graded(name):
        grading = {"grade_id": name, "grade": True, "locked": True, "points": 1}
        return new_code_cell(f"ask('{name}')", id=name, metadata={"nbgrader": grading})

    cells = [new_markdown_cell("# Soal", id="judul"), graded("satu"), graded("dua")]
    return new_notebook(cells=[*cells, new_code_cell("1 + 1", id="akhir")])


def odd_value(chance):
    return chance.choice([
        None, True, -1, 10**400, 1e999, "", "x", HALF_EMOJI, "\u202e\x00\x1b[2J", [], {}, [None],
        {"a": []}, ["print(1)\n", 2], "```\n<script>", "satu", "x = " + "(" * 300, "\\ud83d" * 30,
        {"nbgrader": {"grade_id": "satu"}}, {"nbgrader": {"grade_id": []}}, [[[[[]]]]],
    ])  # fmt: skip


def places(value):
    """Return every (holder, key) in a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        yield value, key
        if isinstance(inner, dict | list):
            yield from places(inner)


def mutated(value, chance):
    value = copy.deepcopy(value)
    for _ in range(chance.randint(1, 4)):
        holder, key = chance.choice([*places(value)])
        match chance.randrange(3):
            case 0 if isinstance(holder, list):
                holder.insert(key, copy.deepcopy(holder[key]))
            case 1:
                del holder[key]
            case _:
                holder[key] = odd_value(chance)
        if not value:
            break
    return value


def test_no_small_notebook_and_no_word_of_the_sandbox_gets_out_as_an_exception():
    base = nbformat.writes(small_notebook())
    own = json.loads(base)
    own["cells"] += [
        {"cell_type": "code", "id": "a", "metadata": {}, "source": "satu = 1", "outputs": []},
        {"cell_type": "markdown", "id": "b", "metadata": {}, "source": ["Catatan\n", "saya"]},
    ]
    done = {
        "outputs": [
            {"output_type": "stream", "name": "stdout", "text": "ya"},
            {"output_type": "error", "ename": "E", "evalue": "e", "traceback": ["a", "b"]},
            {"output_type": "execute_result", "data": {"text/plain": "1", "image/png": "AA=="}},
        ],
        "late": False,
    }
    parsed = nbformat.reads(base, as_version=4)
    for case in range(CASES):
        chance = random.Random(f"{SEED}-{case}")

        def run(cells, chance=chance):
            # As `sandbox` reads it: a list of objects whose outputs are a list.
            told = [mutated(done, chance) for _ in cells]
            read = [one for one in told if isinstance(one, dict)]
            return SandboxResult(
                tuple(one for one in read if isinstance(one.get("outputs"), list)), ""
            )

        theirs = json.dumps(mutated(own, chance))
        try:
            cells = look_at(parsed, theirs, run)
            if case % WRITTEN == 0:
                shown, _ = show_both(base, base, theirs, run)
                notebook = nbformat.reads(shown.encode().decode(), as_version=4)
                nbformat.validate(notebook)
                cells = notebook.cells[1:]
        except Exception as error:
            error.add_note(f"case {case}: {theirs[:2000]}")
            raise
        # The released cells are all there, in their order, whatever came with them.
        ours = [cell.id for cell in cells if not cell.id.startswith("peserta-")]
        assert ours == ["judul", "satu", "dua", "akhir"], case


def look_at(base, theirs, run):
    """Merge a notebook as the grader does, without the slow writing of it."""
    merged = merge(base, json.loads(theirs))
    put_outputs(merged, run(sources(merged)).cells)
    cells = with_executed(merged, base)
    json.dumps([cells, merged.notes], ensure_ascii=False).encode("utf-8")
    return cells
