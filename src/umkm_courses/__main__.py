"""`python -m umkm_courses [FOLDER]`: is every course fit to be taught? Part of `make check`."""

import sys
from pathlib import Path

from umkm_courses import CourseError, check_course, load_catalogue


def main(root: Path) -> int:
    """Check every course below a folder; gives 1 and names file and cell where one is not fit."""
    try:
        courses = load_catalogue(root).courses.values()
        for course in courses:
            check_course(course)
    except CourseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(*sys.argv[1:2] or ["courses"])))
