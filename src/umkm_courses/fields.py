"""Types of the fields that a course's TOML files have; each carries what an author is told otherwise.

`must` completes the sentence "<field> must ...". `sentence` stands by itself.
"""

from datetime import date
from typing import Annotated, Final

from msgspec import Meta, Struct

#: A field that is no number, no table and not empty.
Text = Annotated[str, Meta(pattern=r"\S", extra={"must": "be a text that is not empty"})]
Texts = Annotated[
    tuple[Text, ...],
    Meta(min_length=1, extra={"must": 'be a list of texts, like ["…", "…"]'}),
]
Day = Annotated[date, Meta(extra={"must": "be a date without quotes, like 2026-11-23"})]
OptionalDay = Annotated[
    date | None, Meta(extra={"must": "be a date without quotes, like 2026-11-23"})
]
Minutes = Annotated[int, Meta(ge=1, le=240, extra={"must": "be a whole number from 1 to 240"})]
FactValue = Annotated[
    int | float | Annotated[str, Meta(min_length=1)],
    Meta(extra={"must": "be a number or a text"}),
]
TextTable = Annotated[dict[str, Text], Meta(extra={"must": "be a table"})]
TextsTable = Annotated[dict[str, Texts], Meta(extra={"must": "be a table"})]

#: Names by which a message calls one of several tables of a kind, in this order.
LABELS: Final = ("slug", "name", "id")


class TomlTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A TOML table; a field that it does not have is refused, as most are typing errors."""
