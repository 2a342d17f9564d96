"""The database: opening and upgrading it, its errors, copying and hashing its tables."""

from umkm_records.database.failures import explain
from umkm_records.database.fingerprints import Fingerprint, copy_table, fingerprint, is_empty
from umkm_records.database.storage import Records, as_url, open_records
from umkm_records.database.upgrade import make_tables, schema_version

__all__ = [
    "Fingerprint",
    "Records",
    "as_url",
    "copy_table",
    "explain",
    "fingerprint",
    "is_empty",
    "make_tables",
    "open_records",
    "schema_version",
]
