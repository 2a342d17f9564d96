"""The schema as steps, run by `umkm_records.upgrade`; no alembic.ini is needed."""
