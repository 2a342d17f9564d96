"""Alembic's environment: runs the migrations in the caller's connection and transaction."""

from alembic import context

from umkm_records.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite alters a table by rebuilding it.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
