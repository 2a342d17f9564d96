"""What must hold before a course meets a class."""

import pytest

from umkm_courses import CourseError, check_course, load_catalogue


def _check(shelf):
    check_course(shelf.load().courses["kas-kecil"])


def test_a_good_course_passes(shelf):
    _check(shelf)


ZOO = {
    "key no option": ("laci", '"b", near', '"c", near', "cell 'laci': .*'c'"),
    "near is right": ("laci", '{"a": (1', '{"b": (1', "cell 'laci': .*already right"),
    "near above points": ("laci", "(1,", "(3,", "cell 'laci': .*points 3"),
    "near says nothing": (
        "laci",
        '"Laci rumah bukan untuk itu."',
        '" "',
        "cell 'laci': .*misunderstanding",
    ),
    "key text for an amount": ("laba", "350_000", '"350rb"', "cell 'laba': "),
    "key nobody can type": ("laba", "350_000", "-5", "cell 'laba': "),
    "key missing": (
        "laba",
        'mark("laba", 350_000, tolerance=500)',
        "pass",
        "needs exactly one mark",
    ),
    "practice near is right": (
        "soal",
        "25_000: (0",
        "15_000: (0",
        "cell 'soal': untung: .*already right",
    ),
    "practice key no amount": ("soal", "15_000,", '"banyak",', "cell 'soal': untung: "),
    "two right answers": ("laci", '"b", near', '["a", "b"], near', "cell 'laci': .*none of the"),
    "amount true": ("laba", "350_000", "True", "cell 'laba': .*whole number of Rupiah"),
    "tolerance not whole": ("laba", "tolerance=500", "tolerance=0.5", "cell 'laba': tolerance"),
    "misunderstanding unknown": (
        "laci",
        '"Laci rumah bukan untuk itu."',
        '"laci-tertukar"',
        "cell 'laci': .*no misunderstanding is called 'laci-tertukar'",
    ),
    "generator fails for some seed": (
        "laba",
        "350_000, tolerance=500",
        '"jual - beli"',
        "cell 'laba': variant with seed .*outside 0",
    ),
    "practice generator fails for some seed": (
        "soal",
        'rupiah("Untung berapa?"), 15_000, near={25_000: (0, "Itu omzet.")}',
        'vary(rupiah("{a:rp}?"), {"a": (1_000, 9_000, 1_000)}), "a / 7000"',
        "cell 'soal': untung: variant with seed .*whole Rupiah",
    ),
    "reckoning of other numbers": ("soal", 'why="Ya."', 'why="{a}"', "cell 'soal': untung: .*vary"),
    "rubric off": ("cerita-tanya", '"Ceritakan."', '"Apa?", rubric={"Ada": 4}', "adds up to 4"),
}
VARIED = 'vary(rupiah("Jual {jual:rp}, beli {beli:rp}?"), {"jual": (1, 9, 1), "beli": (1, 9, 1)})'


@pytest.mark.parametrize(("cell", "old", "new", "told"), ZOO.values(), ids=ZOO)
def test_a_key_that_does_not_fit_is_refused(shelf, cell, old, new, told):
    if "jual" in new:
        shelf.say("laba-tanya", 'rupiah("Laba berapa?")', VARIED)
    shelf.say(cell, old, new)
    with pytest.raises(CourseError, match=told):
        _check(shelf)


def test_a_course_with_variants_and_a_table_of_misunderstandings_passes(shelf):
    shelf.say(
        "laba-tanya", 'rupiah("Laba berapa?")', VARIED.replace("})", '}, where="jual > beli")')
    )
    shelf.say("laba", "350_000, tolerance=500", '"jual - beli", near={"jual": "omzet-bukan-laba"}')
    shelf.write()
    (shelf.folder / "misunderstandings.toml").write_text('omzet-bukan-laba = "Kurangi modal."\n')
    _check(shelf)


def test_a_misunderstanding_that_no_question_names_is_told(shelf):
    shelf.write()
    (shelf.folder / "misunderstandings.toml").write_text('omzet-bukan-laba = "Kurangi modal."\n')
    with pytest.raises(CourseError, match="no question names omzet-bukan-laba"):
        _check(shelf)


@pytest.mark.parametrize("content", ['omzet = "Satu kata."', "a-b = 5", 'a-b = ""', "a-b ="])
def test_a_table_of_misunderstandings_that_is_none_is_refused(shelf, content):
    shelf.write()
    (shelf.folder / "misunderstandings.toml").write_text(content)
    with pytest.raises(CourseError, match=r"misunderstandings\.toml"):
        shelf.load()


@pytest.mark.parametrize(
    "name", ["tugas-kas.md", "tugas-kas.py", "answers.json", "lama.ipynb", "data/kunci.py"]
)
def test_a_file_that_would_leak_or_overwrite_is_refused(shelf, name):
    shelf.write()
    stray = shelf.source_path.parent / name
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("x")
    with pytest.raises(CourseError, match="move it away") as caught:
        _check(shelf)
    assert caught.value.path == stray


def test_data_beside_an_assignment_and_jupyters_own_copies_are_fine(shelf):
    shelf.write()
    (shelf.source_path.parent / "kas.csv").write_text("a,b")
    copies = shelf.source_path.parent / ".ipynb_checkpoints"
    copies.mkdir()
    (copies / "tugas-kas-checkpoint.ipynb").write_text("{}")
    _check(shelf)


def test_a_lesson_nobody_listed_is_refused(shelf):
    shelf.write()
    shelf.lesson_path.with_name("02-baru.ipynb").write_bytes(shelf.lesson_path.read_bytes())
    with pytest.raises(
        CourseError, match=r"02-baru\.ipynb: is not in course\.toml; add a \[\[lessons\]\]"
    ):
        _check(shelf)


def test_an_assignment_nobody_listed_is_refused(shelf):
    shelf.write()
    (shelf.folder / "source" / "tugas-baru").mkdir()
    with pytest.raises(
        CourseError, match=r"tugas-baru: is not in course\.toml; add an \[\[assignments\]\]"
    ):
        _check(shelf)


def test_a_notebook_changed_after_loading_is_noticed(shelf):
    course = shelf.load().courses["kas-kecil"]
    shelf.say("laba-tanya", "Laba berapa?", "Omzet berapa?")
    shelf.write()
    with pytest.raises(CourseError, match="changed since the course was loaded"):
        check_course(course)
    check_course(load_catalogue(shelf.root).courses["kas-kecil"])
