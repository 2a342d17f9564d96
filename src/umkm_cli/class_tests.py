"""`umkm class open-test` and `umkm class close-test`."""

from __future__ import annotations

from rich.console import Console

from umkm_apps.trainer.test_control import TITLES, close_sitting, open_sitting, standings
from umkm_courses import Course, load_catalogue
from umkm_records import Records, class_progress, find_cohort, open_records
from umkm_records.classes import CourseTest

from .errors import CliError
from .paths import find_paths

#: The actor that the audit names.
ACTOR = "terminal"
#: What is typed for the pre-test and the post-test of a course.
WHICH: dict[str, CourseTest] = {"awal": "before", "akhir": "after"}


def open_test(class_id: str, course: str, which: str, console: Console) -> None:
    """Open a test for a class and print its state.

    Raises:
        CliError: no such class, none of its courses with a test has this name, or no such test.
    """
    with open_records(find_paths().database) as records:
        taught, sitting = _find(records, class_id, course, which)
        open_sitting(records, taught, class_id, sitting, by=ACTOR)
        _print_state(records, taught, class_id, sitting, console)


def close_test(class_id: str, course: str, which: str, console: Console) -> None:
    """Close a test for a class, submit what was answered, and print its state.

    Raises:
        CliError: as for `open_test`.
    """
    with open_records(find_paths().database) as records:
        taught, sitting = _find(records, class_id, course, which)
        count = close_sitting(records, taught, class_id, sitting, by=ACTOR)
        _print_state(records, taught, class_id, sitting, console)
    if count:
        console.print(f"Jawaban {count} orang yang belum mengirim ikut dikirim.")


def _find(records: Records, class_id: str, course: str, which: str) -> tuple[Course, CourseTest]:
    cohort = find_cohort(records, class_id)
    if cohort is None:
        raise CliError(f"Kelas {class_id} tidak ada. Lihat: umkm class list")
    if which not in WHICH:
        raise CliError("Tulis awal (tes awal) atau akhir (tes akhir).")
    offered = load_catalogue(find_paths().courses).of(cohort.courses).courses
    with_tests = {slug: one for slug, one in offered.items() if one.test is not None}
    if course not in with_tests:
        known = ", ".join(with_tests) or "tidak ada"
        raise CliError(f"Kelas {class_id} tidak punya tes {course}. Yang ada: {known}.")
    return with_tests[course], WHICH[which]


def _print_state(
    records: Records, course: Course, class_id: str, sitting: CourseTest, console: Console
) -> None:
    forms = [form.name for form in course.test.forms] if course.test else []
    progress = class_progress(records, class_id, forms)
    standing = standings(records, [course], class_id, progress)[course.slug, sitting]
    console.print(f"{TITLES[sitting]} {course.title}: {standing.said}")
