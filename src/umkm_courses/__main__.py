"""`python -m umkm_courses [FOLDER]`: is every course fit to be taught? Part of `make check`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from umkm.wib import day_in_wib
from umkm_courses import CourseError, check_course, facts_due, load_catalogue


def main(root: Path) -> int:
    """Check every course below a folder; gives 1 and names file and cell where one is not fit.

    A source that has grown old is a warning: days pass for people who changed nothing.
    """
    try:
        courses = load_catalogue(root).courses.values()
        for course in courses:
            check_course(course)
    except CourseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if due := facts_due(courses, day_in_wib(datetime.now(UTC))):
        sys.stderr.write(
            f"warning: {len(due)} regulations and fees have a newest source of over six months ago;"
            f" the oldest: {due[0].course.slug} {due[0].name}; `umkm facts due` says where to look\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(*sys.argv[1:2] or ["courses"])))
