"""`umkm class open-test` and `umkm class close-test`."""

from __future__ import annotations

from rich.console import Console

from umkm_apps.trainer.test_control import TITLES, close_sitting, open_sitting, standings
from umkm_courses import Course, load_catalogue
from umkm_records import Records, class_progress, find_cohort, open_records
from umkm_records.classes import CourseTest

from .errors import CliError
from .places import find_places

#: Who the audit names.
ACTOR = "terminal"
#: What people type for the test before and after a course.
WHICH: dict[str, CourseTest] = {"awal": "before", "akhir": "after"}


def open_test(class_id: str, course: str, which: str, console: Console) -> None:
    """Open a test for a class and print how it stands.

    Raises:
        CliError: no such class, or it is not taught such a course with a test, or no such test.
    """
    with open_records(find_places().database) as records:
        taught, sitting = _find(records, class_id, course, which)
        open_sitting(records, taught, class_id, sitting, by=ACTOR)
        _tell(records, taught, class_id, sitting, console)


def close_test(class_id: str, course: str, which: str, console: Console) -> None:
    """Close a test for a class, send what was answered, and print how it stands.

    Raises:
        CliError: as for `open_test`.
    """
    with open_records(find_places().database) as records:
        taught, sitting = _find(records, class_id, course, which)
        count = close_sitting(records, taught, class_id, sitting, by=ACTOR)
        _tell(records, taught, class_id, sitting, console)
    if count:
        console.print(f"Jawaban {count} orang yang belum mengirim ikut dikirim.")


def _find(records: Records, class_id: str, course: str, which: str) -> tuple[Course, CourseTest]:
    cohort = find_cohort(records, class_id)
    if cohort is None:
        raise CliError(f"Kelas {class_id} tidak ada. Lihat: umkm class list")
    if which not in WHICH:
        raise CliError("Tulis awal (tes awal) atau akhir (tes akhir).")
    offered = load_catalogue(find_places().courses).of(cohort.courses).courses
    with_tests = {slug: one for slug, one in offered.items() if one.test is not None}
    if course not in with_tests:
        known = ", ".join(with_tests) or "tidak ada"
        raise CliError(f"Kelas {class_id} tidak punya tes {course}. Yang ada: {known}.")
    return with_tests[course], WHICH[which]


def _tell(
    records: Records, course: Course, class_id: str, sitting: CourseTest, console: Console
) -> None:
    forms = [form.name for form in course.test.forms] if course.test else []
    progress = class_progress(records, class_id, forms)
    standing = standings(records, [course], class_id, progress)[course.slug, sitting]
    console.print(f"{TITLES[sitting]} {course.title}: {standing.said}")
