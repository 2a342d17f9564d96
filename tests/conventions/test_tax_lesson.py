"""The lesson on tax gives the tax of a month as it was worked out by hand, month after month."""

import pytest

from umkm.exercise import Variant, template_of
from umkm_courses import load_catalogue
from umkm_courses.lessons import read_exercises


@pytest.fixture(scope="module")
def lesson(request):
    course = load_catalogue(request.config.rootpath / "courses").courses["pembukuan"]
    (path,) = [one.path for one in course.lessons if one.slug == "08-pajak-dan-pinjaman"]
    return read_exercises(path)


def _key(lesson, name, **numbers):
    exercise = lesson[name]
    return Variant(template_of(exercise.question), numbers).key(exercise.key)


# Worked out by hand, exempt Rp500 million, 0,5 % (PP 55/2022 as PP 20/2026 changed it):
# 480 + 40 = 520 million, 20 over, 0,5 % = 100.000; then all 40 million of the month, 200.000.
# 55 million a month: October 50 of 55 (550 - 500), 250.000; November 55, 275.000.
@pytest.mark.parametrize(
    ("before", "month", "crossing", "after"),
    [(480_000_000, 40_000_000, 100_000, 200_000), (495_000_000, 55_000_000, 250_000, 275_000)],
)
def test_a_month_is_taxed_once(lesson, before, month, crossing, after):
    first = _key(lesson, "pajak-november", lalu=before, bulan=month, pinjam=15_000_000)
    assert first.right == crossing
    second = _key(lesson, "pajak-desember", lalu=before + month, bulan=month)
    assert second.right == after


def test_who_taxes_the_first_month_again_is_told_so(lesson):
    # What the lesson taught until 29 November 2026: 60 million over since January, 300.000.
    key = _key(lesson, "pajak-desember", lalu=520_000_000, bulan=40_000_000)
    _, told = key.foresee(300_000)
    assert told == "bulan-lama-sudah-dipajaki"


def test_the_procedure_takes_the_month_and_not_the_year(lesson):
    steps = lesson["urutan-pajak"].question.items
    assert steps["lewat"] == "Ambil bagian omzet bulan itu yang di atas Rp500 juta."
    assert list(lesson["urutan-pajak"].key.right) == ["jumlah", "tambah", "lewat", "kali", "setor"]
