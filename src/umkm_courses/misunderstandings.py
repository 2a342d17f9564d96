"""Reads misunderstandings.toml: misconceptions by name, each with a sentence of help."""

from pathlib import Path

from umkm.errors import QuestionError
from umkm.exercise import Misunderstandings
from umkm_courses.errors import CourseError
from umkm_courses.fields import TextTable
from umkm_courses.toml_files import convert, read_toml

#: Beside course.toml; a lesson and an assignment find it there, and a release takes it along.
FILE_NAME = "misunderstandings.toml"


def load_misunderstandings(folder: Path) -> Misunderstandings:
    """Return the table of a course: name = "one sentence of help"; an absent file is an empty table.

    Raises:
        CourseError: it is no TOML, or a name or sentence that is none.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return Misunderstandings()
    table: dict[str, str] = convert(read_toml(path), TextTable, path)
    try:
        return Misunderstandings(table)
    except QuestionError as error:
        raise CourseError(error.message, path) from error
