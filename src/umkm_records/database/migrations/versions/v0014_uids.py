"""A UUID for each row that two laptops may make on their own, beside its key."""

import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from umkm_records.tables.uids import RANDOM_BITS, make_uid

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

#: The tables, their keys, and when a row was made.
TABLES = {
    "audit": (("id",), "at"),
    "book_entry": (("id",), "written_at"),
    "consent": (("id",), "given_at"),
    "draft": (("participant_id", "cohort_id", "sheet", "question"), "acted_at"),
    "enrolment": (("participant_id", "cohort_id"), "enrolled_at"),
    "event": (("id",), "at"),
    "former_enrolment": (("participant_id", "cohort_id"), "enrolled_at"),
    "marking": (("id",), "marked_at"),
    "participant": (("id",), "joined_at"),
    "photo": (("participant_id", "name"), "kept_at"),
    "storefront": (("participant_id",), "opened_at"),
    "submission": (("id",), "submitted_at"),
}
#: Rows at a time.
_PART = 1000


def upgrade() -> None:
    """Add the column, fill it from when each row was made and by chance, and let it be unique."""
    for name, (keys, made_at) in TABLES.items():
        with op.batch_alter_table(name) as batch:
            batch.add_column(sa.Column("uid", sa.Uuid))
        _fill(name, keys, made_at)
        with op.batch_alter_table(name) as batch:
            batch.alter_column("uid", existing_type=sa.Uuid(), nullable=False)
            batch.create_unique_constraint(f"uq_{name}_uid", ["uid"])


def _fill(name: str, keys: tuple[str, ...], made_at: str) -> None:
    connection = op.get_bind()
    moment = sa.column(made_at, sa.DateTime(timezone=True))
    table = sa.table(name, *(sa.column(key) for key in keys), moment, sa.column("uid", sa.Uuid))
    rows = connection.execute(sa.select(*(table.c[key] for key in keys), moment)).all()
    fill = (
        sa.update(table)
        .where(*(table.c[key] == sa.bindparam(f"the_{key}") for key in keys))
        .values(uid=sa.bindparam("new_uid"))
    )
    for start in range(0, len(rows), _PART):
        part = [
            {f"the_{key}": value for key, value in zip(keys, row, strict=False)}
            | {"new_uid": make_uid(_unix_ms(row[-1]), secrets.randbits(RANDOM_BITS))}
            for row in rows[start : start + _PART]
        ]
        connection.execute(fill, part)


def _unix_ms(moment: datetime) -> int:
    # SQLite keeps no zone: ours are UTC.
    known = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return max(0, int(known.timestamp() * 1000))
