"""Tables that no code ever wrote: certificates and attendance. They come back with their features."""

import logging

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

#: Those that refer to another one before that one.
TABLES = ("certificate", "attendance", "session_day")


def upgrade() -> None:
    """Drop the tables that are empty; what somebody wrote into one by hand stays, and is named."""
    connection = op.get_bind()
    kept: list[str] = []
    for name in TABLES:
        rows = connection.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar()
        if rows or (name == "session_day" and "attendance" in kept):
            kept.append(name)
        else:
            op.drop_table(name)
    if kept:
        logging.getLogger("umkm_records").warning(
            "Tabel %s berisi data dan tidak dihapus, tetapi tidak dipakai lagi.", ", ".join(kept)
        )
