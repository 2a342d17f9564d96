"""Rows of several tables, read with one statement: each SELECT gives the same columns.

On a server each statement is a round trip; a page that asked each table by itself waited for ten. One
statement also sees one snapshot, without a transaction around it.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    cast,
    literal_column,
    null,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import TypeEngine

from umkm_records.tables.columns import JsonText, UtcDateTime


class Fact(NamedTuple):
    """One row of any table; what a kind of fact does not have is None."""

    kind: str
    name: Any
    detail: Any
    content: Any
    number: Any
    at: Any
    until: Any


_TYPES: Final[dict[str, TypeEngine[Any]]] = {
    "name": String(),
    "detail": String(),
    "content": JsonText(),
    "number": Integer(),
    "at": UtcDateTime(),
    "until": UtcDateTime(),
}


def facts(kind: str, **columns: InstrumentedAttribute[Any] | ColumnElement[Any]) -> Select[Any]:
    """Return a SELECT of one kind of fact; `columns` are named as in `Fact`."""
    given = [columns.get(name, cast(null(), type_)).label(name) for name, type_ in _TYPES.items()]
    return select(literal_column(f"'{kind}'", String).label("kind"), *given)


def read_facts(
    session: Session, statement: CompoundSelect[Any], parameters: Mapping[str, Any]
) -> Mapping[str, list[Fact]]:
    """Return the facts of a UNION ALL by kind, in no order; an empty list for a kind without any."""
    found = defaultdict[str, list[Fact]](list)
    for row in session.execute(statement, parameters):
        found[row.kind].append(Fact(*row))
    return found
