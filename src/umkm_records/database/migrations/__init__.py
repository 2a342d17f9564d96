"""Migrations of the schema, run by `umkm_records.database.upgrade`; no alembic.ini is needed."""
