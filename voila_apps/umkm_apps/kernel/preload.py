"""Imported by the kernel template: first uses that each page would otherwise pay for itself.

Tables of the language and of notebooks are made on first use, and the browser's half of a question is
read then. Each page would do so for itself, at many megabytes and some
hundred milliseconds.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import nbformat

from umkm.exercise import KINDS, make, vary
from umkm.exercise.kinds.amounts import RupiahAmount
from umkm.money import rupiah_in_words
from umkm.recall import Checked, pick
from umkm_apps.runtime.bundle import slim_manifest
from umkm_courses.lessons import read_exercises
from umkm_widgets.front import address_or_text, module_of, style_of

for kind in KINDS:
    address_or_text(module_of(kind)), address_or_text(style_of(kind))
slim_manifest()
rupiah_in_words(1_250_000)
make(vary(RupiahAmount("{a:rp}, {a}"), {"a": (1_000, 9_000, 500)}), 1)
pick([Checked("soal", right=True, at=datetime(2026, 11, 2, tzinfo=UTC))], ["soal"])
with tempfile.TemporaryDirectory() as folder:
    lesson = Path(folder) / "pelajaran.ipynb"
    cell = nbformat.v4.new_code_cell('practice("laba", rupiah("Laba?"), 5_000)')
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), lesson)
    read_exercises(lesson)
del kind, folder, lesson, cell
