"""JSON schemas of a course's TOML files: editors complete fields by them and mark what is wrong.

`python -m umkm_courses.json_schemas docs/reference` writes them; `.taplo.toml` names them to editors.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from umkm_courses.calls import QUESTION_ID
from umkm_courses.course_file import CourseFile
from umkm_courses.facts import Fact
from umkm_courses.fields import Text

_FactId = Annotated[str, Meta(pattern=f"^{QUESTION_ID.pattern}$")]
_TYPES: Final[Mapping[str, Any]] = {
    "course": CourseFile,
    "facts": dict[_FactId, Fact],
    "misunderstandings": dict[str, Text],
}


def json_schemas() -> dict[str, str]:
    """Return the schemas as JSON text, by the name of their file."""
    return {
        f"{name}.schema.json": json.dumps(
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "title": f"{name}.toml",
                **msgspec.json.schema(kind),
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
        for name, kind in _TYPES.items()
    }


def main(folder: Path) -> None:
    """Write the schemas into a folder."""
    for name, text in json_schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(*sys.argv[1:2] or ["docs/reference"]))
