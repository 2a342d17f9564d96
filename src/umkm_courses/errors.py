"""Errors of course content."""

from pathlib import Path

from umkm.errors import UmkmError


class CourseError(UmkmError):
    """A malformed file under courses/; the text names the file, the cell and what to do."""

    def __init__(self, message: str, path: Path, cell: str | None = None) -> None:
        where = f"{path}, cell {cell!r}" if cell is not None else str(path)
        super().__init__(f"{where}: {message}")
        self.path = path
        self.cell = cell


class UnknownContent(UmkmError):
    """Nothing in the catalogue has this name."""
