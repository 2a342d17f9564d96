"""A small, well-formed course that each test may spoil in one place."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pytest

from umkm_courses import Catalogue, load_catalogue

COURSE_TOML = """
title = "Kas"
summary = "Belajar kas."

[[outcomes]]
id = "tulis-kas"
text = "Dapat menulis kas."
lesson = "01-kas"
digcomp = "1.3"

[[lessons]]
slug = "01-kas"
title = "Kas"
minutes = 5
summary = "Satu aturan."

[[assignments]]
name = "tugas-kas"
title = "Tugas Kas"
lesson = "01-kas"
minutes = 10

[assignments.groups]
"Memilih" = ["laci"]
"Menghitung" = ["laba", "cerita"]
"""

FACTS_TOML = """
[batas]
value = 500_000
unit = "rupiah"
valid_from = 2024-12-01
source = "Contoh"
source_date = 2026-06-08
checked_on = 2026-11-23
"""


def grading(grade_id: str, **changes: Any) -> dict[str, Any]:
    plain = {"grade_id": grade_id, "grade": False, "locked": True, "solution": False, "task": False}
    return {"nbgrader": plain | {"schema_version": 3} | changes}


def code(cell_id: str, source: str, metadata: dict[str, Any] | None = None) -> Any:
    return nbformat.v4.new_code_cell(source, id=cell_id, metadata=metadata or {})


def markdown(cell_id: str, source: str, metadata: dict[str, Any] | None = None) -> Any:
    return nbformat.v4.new_markdown_cell(source, id=cell_id, metadata=metadata or {})


LESSON = [
    markdown("judul", "# Kas"),
    code("siapkan", "from umkm_widgets import practice, rupiah"),
    code(
        "soal",
        'practice("untung", rupiah("Untung berapa?"), 15_000, '
        'near={25_000: (0, "Itu omzet.")}, why="Ya.")',
    ),
]

SOURCE = [
    markdown("judul", "# Tugas"),
    code(
        "laci-tanya",
        'ask("laci", single_choice("Laci mana?", {"a": "Rumah", "b": "Usaha"}), points=2)',
        grading("t1"),
    ),
    code(
        "laci",
        'show("laci")\n### BEGIN HIDDEN TESTS\n'
        'mark("laci", "b", near={"a": (1, "Laci rumah bukan untuk itu.")})\n### END HIDDEN TESTS',
        grading("laci", grade=True, points=2),
    ),
    code("laba-tanya", 'ask("laba", rupiah("Laba berapa?"), points=3)', grading("t2")),
    code(
        "laba",
        'show("laba")\n### BEGIN HIDDEN TESTS\n'
        'mark("laba", 350_000, tolerance=500)\n### END HIDDEN TESTS',
        grading("laba", grade=True, points=3),
    ),
    code("cerita-tanya", 'ask("cerita", long_text("Ceritakan."), points=5)', grading("t3")),
    code("cerita-lihat", 'show("cerita")', grading("t4")),
    markdown(
        "cerita",
        "Rubrik.\n=== BEGIN MARK SCHEME ===\nLima.\n=== END MARK SCHEME ===",
        grading("cerita", task=True, points=5),
    ),
]


@dataclass
class Shelf:
    """The course as it will be written; tests change its parts, then load it."""

    root: Path
    toml: str = COURSE_TOML
    facts: str = FACTS_TOML
    lesson: list[Any] = field(default_factory=lambda: deepcopy(LESSON))
    source: list[Any] = field(default_factory=lambda: deepcopy(SOURCE))
    further: dict[str, list[Any]] = field(default_factory=dict)
    slug: str = "kas-kecil"

    @property
    def folder(self) -> Path:
        return self.root / self.slug

    @property
    def lesson_path(self) -> Path:
        return self.folder / "lessons" / "01-kas.ipynb"

    @property
    def source_path(self) -> Path:
        return self.folder / "source" / "tugas-kas" / "tugas-kas.ipynb"

    def cell(self, cell_id: str) -> Any:
        return next(cell for cell in [*self.lesson[1:], *self.source] if cell.id == cell_id)

    def drop(self, cell_id: str) -> None:
        self.source = [cell for cell in self.source if cell.id != cell_id]

    def say(self, cell_id: str, old: str, new: str) -> None:
        cell = self.cell(cell_id)
        assert old in cell.source
        cell.source = cell.source.replace(old, new)

    def label(self, cell_id: str, **changes: Any) -> None:
        self.cell(cell_id).metadata.nbgrader.update(changes)

    def write(self) -> None:
        self.lesson_path.parent.mkdir(parents=True, exist_ok=True)
        self.source_path.parent.mkdir(parents=True, exist_ok=True)
        (self.folder / "course.toml").write_text(self.toml, encoding="utf-8")
        (self.folder / "facts.toml").write_text(self.facts, encoding="utf-8")
        for path, cells in ((self.lesson_path, self.lesson), (self.source_path, self.source)):
            notebook = nbformat.v4.new_notebook(cells=cells)
            notebook.nbformat_minor = 5
            path.write_text(nbformat.writes(notebook), encoding="utf-8")

        for name, cells in self.further.items():
            path = self.folder / "source" / name / f"{name}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), "utf-8")

    def load(self) -> Catalogue:
        self.write()
        return load_catalogue(self.root)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "courses")


@pytest.fixture
def new_shelf(tmp_path: Path) -> Callable[[str], Shelf]:
    """Another course beside the first."""
    return lambda slug: Shelf(tmp_path / "courses", slug=slug)
