"""The JSON schemas for editors are what the reader of courses accepts."""

import json
import tomllib

import pytest
from jsonschema import Draft202012Validator
from tests.unit.courses.conftest import COURSE_TOML, FACTS_TOML

from umkm_courses.json_schemas import json_schemas

NAMES = ("course", "facts", "misunderstandings")


@pytest.fixture(scope="module")
def schemas(request):
    folder = request.config.rootpath / "docs" / "reference"
    return {name: (folder / f"{name}.schema.json").read_text(encoding="utf-8") for name in NAMES}


def complaints(schema, toml):
    """Return what an editor marks; it sees a date as the text that is written."""
    written = json.loads(json.dumps(tomllib.loads(toml), default=lambda day: day.isoformat()))
    return [one.message for one in Draft202012Validator(json.loads(schema)).iter_errors(written)]


def test_the_schemas_are_current(schemas):
    # `make schemas` writes them anew.
    assert {f"{name}.schema.json": text for name, text in schemas.items()} == json_schemas()


@pytest.mark.parametrize("name", NAMES)
def test_editors_mark_nothing_in_our_courses(schemas, name, request):
    Draft202012Validator.check_schema(json.loads(schemas[name]))
    files = list(request.config.rootpath.glob(f"courses/*/{name}.toml"))
    assert len(files) == 3
    for file in files:
        assert complaints(schemas[name], file.read_text(encoding="utf-8")) == [], file


@pytest.mark.parametrize(
    ("name", "toml", "old", "new"),
    [
        ("course", COURSE_TOML, 'title = "Kas"\n', ""),
        ("course", COURSE_TOML, 'title = "Kas"', 'title = " "'),
        ("course", COURSE_TOML, "minutes = 5", "minutes = 241"),
        ("course", COURSE_TOML, "minutes = 5", "minute = 5"),
        ("course", COURSE_TOML, "[[lessons]]", "[lessons]"),
        ("course", COURSE_TOML, '["laci"]', "[3]"),
        ("facts", FACTS_TOML, "checked_on = 2026-11-23", ""),
        ("facts", FACTS_TOML, "value =", 'kind = "rule"\nvalue ='),
        ("facts", FACTS_TOML, "[batas]", '["Batas Baru"]'),
        ("misunderstandings", 'omzet = "Itu omzet."', '"Itu omzet."', "3"),
    ],
)
def test_editors_mark_what_is_refused(schemas, name, toml, old, new):
    assert complaints(schemas[name], toml) == []
    assert old in toml
    assert complaints(schemas[name], toml.replace(old, new, 1))


def test_editors_find_the_schemas(request):
    root = request.config.rootpath
    rules = tomllib.loads((root / ".taplo.toml").read_text(encoding="utf-8"))["rule"]
    assert [rule["include"] for rule in rules] == [[f"courses/*/{name}.toml"] for name in NAMES]
    assert all((root / rule["schema"]["path"]).exists() for rule in rules)
