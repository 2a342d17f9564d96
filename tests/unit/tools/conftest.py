"""The same page and the same shell as for questions."""

from tests.unit.widgets.conftest import open_page, shell  # noqa: F401
