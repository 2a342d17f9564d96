"""What all tables have in common: the names of constraints, and what `Table.info` says of each."""

from datetime import datetime
from typing import Any, ClassVar, Literal

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from umkm_records.tables.columns import JsonText, UtcDateTime

# The newest migration. Kept here so that a kernel can tell "nothing to do" without Alembic,
# whose import alone costs more than opening the records.
HEAD = "0014"


class Base(DeclarativeBase):
    """The declarative base; names every constraint, so that later migrations can find it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime(), Any: JsonText()}


def policy(
    why: str,
    *,
    personal: bool = False,
    exported: str | None = None,
    erased: Literal["delete", "anonymise", "keep"] = "keep",
) -> dict[str, Any]:
    """Return what a table's `__table_args__` end with: what `people.privacy` does with its rows.

    The rows of a person are those with their number in `participant_id`.

    Args:
        why: The reason, in a sentence.
        personal: Whether a row is about a person.
        exported: What a person's copy of their data calls these rows; None leaves them out.
        erased: What an erasure does: delete a person's rows, overwrite the columns that say so
            with `erased_as`, or keep them.
    """
    info = {"personal": personal, "exported": exported, "erased": erased, "why": why}
    return {"info": info}


def erased_as(value: Any) -> dict[str, Any]:
    """Return the `info` of a column that an erasure overwrites with a value."""
    return {"erased_as": value}
