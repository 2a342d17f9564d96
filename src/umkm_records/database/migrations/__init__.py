"""The schema as steps, run by `umkm_records.database.upgrade`; no alembic.ini is needed."""
