"""Reads TOML files field by field, with an error that names the field."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from umkm_courses.errors import CourseError


@dataclass(frozen=True)
class Table:
    """One TOML table; `place` names it in error messages ("" for the whole file)."""

    path: Path
    place: str
    fields: Mapping[str, object]

    def fail(self, message: str) -> CourseError:
        """An error about this table, to be raised."""
        return CourseError(f"[{self.place}] {message}" if self.place else message, self.path)

    def only(self, known: Iterable[str], ignored: Iterable[str] = ()) -> None:
        """Refuse fields nobody reads, most of which are typing errors, but for the `ignored`."""
        known, ignored = sorted(known), set(ignored)
        for name in self.fields:
            if name not in known and name not in ignored:
                raise self.fail(f"unknown field {name!r}; known are {', '.join(known)}")

    def text(self, name: str, default: str | None = None) -> str:
        """A text that is not empty, or the default where the field is absent."""
        if default is not None and name not in self.fields:
            return default
        value = self._needed(name)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(f"{name} must be a text that is not empty")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of at least one text."""
        value = self._needed(name)
        if (
            not isinstance(value, list)
            or not value
            or not all(isinstance(item, str) and item.strip() for item in value)
        ):
            raise self.fail(f'{name} must be a list of texts, like ["…", "…"]')
        return tuple(value)

    def whole(self, name: str, at_least: int, at_most: int) -> int:
        """A whole number within bounds."""
        value = self._needed(name)
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or not at_least <= value <= at_most
        ):
            raise self.fail(f"{name} must be a whole number from {at_least} to {at_most}")
        return value

    def day(self, name: str) -> date:
        """A date written as 2026-11-23, without quotes or time."""
        value = self._needed(name)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fail(f"{name} must be a date without quotes, like 2026-11-23")
        return value

    def table(self, name: str) -> "Table":
        """A table inside this one."""
        value = self._needed(name)
        if not isinstance(value, dict):
            raise self.fail(f"{name} must be a table")
        return Table(self.path, f"{self.place}.{name}" if self.place else name, value)

    def tables(self, name: str, label: str) -> tuple["Table", ...]:
        """The tables written as [[name]], if any; errors call each by its field `label`."""
        value = self.fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fail(f"write {name} as [[{name}]] tables")
        return tuple(Table(self.path, f"{name} {item.get(label, '?')}", item) for item in value)

    def _needed(self, name: str) -> object:
        if name not in self.fields:
            raise self.fail(f"{name} is missing; add it")
        return self.fields[name]


def read_toml(path: Path) -> Table:
    """The whole file as a table.

    Raises:
        CourseError: there is no such file, or it is no TOML.
    """
    try:
        return Table(path, "", tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CourseError(f"cannot be read ({error.strerror}); create it", path) from error
    except UnicodeDecodeError as error:
        raise CourseError("is not UTF-8 text; save it as UTF-8", path) from error
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"is not valid TOML: {error}", path) from error
