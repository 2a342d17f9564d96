"""The URL of a gradebook on a PostgreSQL server: one schema a class. Pure.

nbgrader wants a database for each course. With a schema, its connections see no other class, and
all of a programme is one database: one dump, one snapshot, one transaction.
"""

from umkm.identity import check_identifier

#: As long as a writer waits for another on SQLite.
_WAIT_SECONDS = 30


def schema_of(cohort_id: str) -> str:
    """Return the schema of a class's gradebook; no two classes share one, since ids hold no `_`."""
    return "nilai_" + check_identifier(cohort_id, "cohort").replace("-", "_")


def url_of_schema(database: str, schema: str) -> str:
    """Return a database URL that sees one schema only, with a lock timeout.

    Written by hand: nbgrader's own tools fail on the `%` that quoting would put there.
    """
    scheme, _, rest = database.partition("://")
    options = f"-csearch_path={schema}+-clock_timeout={_WAIT_SECONDS}s"
    known = "postgresql+psycopg" if scheme in {"postgresql", "postgres"} else scheme
    return f"{known}://{rest}{'&' if '?' in database else '?'}options={options}"
