"""Every text that tells staff how results reach trainees names the page that has the button."""

import inspect
import re

from umkm_grading.review import grades_page
from umkm_grading.review import page as review_page

PART = "Perlihatkan hasil ke peserta"


def test_the_button_is_on_the_page_that_reads_texts():
    assert f'"{PART}"' in inspect.getsource(review_page)
    assert PART not in inspect.getsource(grades_page)


def test_formgrader_sends_staff_to_that_page(pytestconfig):
    folder = pytestconfig.rootpath / "grading" / "umkm_grading" / "templates" / "umkm-formgrader"
    page = (folder / "manage_assignments.tpl").read_text(encoding="utf-8")
    (line,) = [line for line in page.splitlines() if "Membagikan hasil" in line]
    assert re.findall("<b>(.*?)</b>", line) == ["Periksa uraian", PART]


def test_the_readme_publishes_a_class_at_once_or_by_the_button(pytestconfig):
    text = (pytestconfig.rootpath / "README.id.md").read_text(encoding="utf-8")
    steps = text.split("## Menilai")[1].split("##")[0]
    assert re.findall(r"umkm feedback ([^`]*)`", steps) == ["contoh-serang"]
    assert PART in steps
