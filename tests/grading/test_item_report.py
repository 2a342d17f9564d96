"""Figures of a class's questions, from what lies in its gradebook."""

import pytest
from tests.grading.classes import TASK

from umkm_grading import GradingError, grade, make_item_report

TEXT = "rencana-dua-laci"


def test_the_figures_of_a_small_class(one_class):
    first, second, third, waiting = one_class.codes[:4]
    one_class.put(first, {"seragam-sekolah": "pindah-catat", "laba-bengkel": "350000"})
    one_class.put(second, {"seragam-sekolah": "bayar-langsung", "laba-bengkel": "250000"})
    one_class.put(third, {"seragam-sekolah": "biaya-usaha", "laba-bengkel": "1"})
    one_class.put(waiting, {"seragam-sekolah": "ambil-dulu", TEXT: "Dua kaleng."})
    grade(one_class.class_folder, TASK)
    report = make_item_report(one_class.class_folder, TASK)
    by_name = {item.question: item for item in report.analysis.items}
    assert report.analysis.people == 3  # who waits for staff is not counted
    assert by_name["seragam-sekolah"].difficulty == pytest.approx((2 + 1 + 0) / 3 / 2)
    assert by_name["laba-bengkel"].difficulty == pytest.approx((3 + 1 + 0) / 3 / 3)
    assert by_name[TEXT].difficulty == 0
    assert report.unchosen == {"seragam-sekolah": ("ambil-dulu",)}
    assert report.analysis.indicative


def test_with_nobody_graded_it_says_what_to_do(one_class):
    with pytest.raises(GradingError, match="Nilai dulu"):
        make_item_report(one_class.class_folder, TASK)
