"""Reads a TOML file of a course into typed values; an error names file, table and field.

msgspec finds what is wrong; what an author is told of it stands with each type in `fields`.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from umkm_courses.errors import CourseError
from umkm_courses.fields import LABELS

T = TypeVar("T")

#: What tomllib makes itself of what courses hold, so that a date in quotes stays a text.
_OF_TOML: Final = (date,)
_AT: Final = re.compile(r" - at `(?:key in )?\$(?P<path>.*)`$")
_STEP: Final = re.compile(r"\.(?P<field>[^.\[\]]+)|\[(?P<index>\d+|\.\.\.)\]")
_MISSING: Final = re.compile(r"Object missing required field `(?P<name>.*?)`(?: - at |$)")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(?P<name>.*?)`(?: - at |$)")


def read_toml(path: Path) -> Mapping[str, Any]:
    """Return the fields of a whole file as they are written.

    Raises:
        CourseError: there is no such file, or it is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CourseError(f"cannot be read ({error.strerror}); create it", path) from error
    except UnicodeDecodeError as error:
        raise CourseError("is not UTF-8 text; save it as UTF-8", path) from error
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"is not valid TOML: {error}", path) from error


def convert(written: object, kind: type[T], path: Path, place: str = "", field: str = "") -> T:
    """Return what is written as a value of a type.

    Args:
        written: what tomllib made of it.
        kind: a struct, or one of the types in `fields`.
        path: the file, for the error.
        place: the table it stands in; "" for the whole file.
        field: its name there; "" where it is the table itself.

    Raises:
        CourseError: the first thing that does not fit, in a sentence for authors.
    """
    try:
        return msgspec.convert(written, kind, builtin_types=_OF_TOML)
    except msgspec.ValidationError as error:
        where = _Place(place, field, kind, written)
        raise table_error(*where.explain(str(error)), path) from error


def table_error(place: str, message: str, path: Path) -> CourseError:
    """Return an error about a table, to be raised; "" is the whole file."""
    return CourseError(f"[{place}] {message}" if place else message, path)


class _Place:
    """Follows msgspec's path to what is wrong, from table to field."""

    def __init__(self, place: str, field: str, kind: object, written: Any) -> None:
        self.place, self.field, self.written = place, field, written
        self.kind, self.rule = _bare(kind)

    def explain(self, message: str) -> tuple[str, str]:
        """Return the table and the sentence for what msgspec says."""
        if at := _AT.search(message):
            for step in _STEP.finditer(at["path"]):
                self._follow(step["field"], step["index"])
        if missing := _MISSING.match(message):
            name = missing["name"]
            self._follow(name, None)
            return self.place, f"{name} is missing; add it: {self._sentence(message)}"
        if unknown := _UNKNOWN.match(message):
            self._enter()
            known = ", ".join(sorted(_fields(self.kind)))
            return self.place, f"unknown field {unknown['name']!r}; known are {known}"
        return self.place, self._sentence(message)

    def _sentence(self, message: str) -> str:
        if "sentence" in self.rule:
            return self.rule["sentence"]
        return f"{self.field} must {self.rule['must']}" if "must" in self.rule else message

    def _follow(self, name: str | None, index: str | None) -> None:
        if name is not None:
            self._enter()
            self.field, inner = name, _fields(self.kind)[name]
            self.written = self.written.get(name) if isinstance(self.written, dict) else None
            self.kind, self.rule = _bare(inner)
        elif get_origin(self.kind) is dict:
            # msgspec does not tell which key it is: the first whose value does not fit.
            self._enter()
            inner = get_args(self.kind)[1]
            self.field = next(key for key, value in self.written.items() if not _fits(value, inner))
            self.written = self.written[self.field]
            self.kind, self.rule = _bare(inner)
        elif index is not None and get_origin(self.kind) is tuple:
            inner = get_args(self.kind)[0]
            self.written = self.written[int(index)]
            if _fields(inner) and isinstance(self.written, dict):
                label = next((self.written[key] for key in LABELS if key in self.written), "?")
                self.field, self.kind = f"{self.field} {label}", inner

    def _enter(self) -> None:
        """Set the field that the path has come to as the table of what follows."""
        self.place = ".".join(part for part in (self.place, self.field) if part)
        self.field = ""


def _bare(kind: object) -> tuple[object, Mapping[str, str]]:
    """Return a type by itself, and what it carries for authors; of a struct or None the struct."""
    rule: dict[str, str] = {}
    if get_origin(kind) is Annotated:
        kind, *carried = get_args(kind)
        for one in carried:
            rule |= one.extra or {}
    if get_origin(kind) is UnionType or get_origin(kind) is Union:
        kind = next((one for one in get_args(kind) if _fields(one)), kind)
    return kind, rule


def _fields(kind: object) -> Mapping[str, object]:
    """Return the fields of a struct with their types; none of another type."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return get_type_hints(kind, include_extras=True)
    return {}


def _fits(written: object, kind: Any) -> bool:
    try:
        msgspec.convert(written, kind, builtin_types=_OF_TOML)
    except msgspec.ValidationError:
        return False
    return True
