"""Classes to grade: real nbgrader, real records, the real assignment."""

import pytest
from tests.grading.classes import open_class

from umkm_courses import load_catalogue


@pytest.fixture(scope="session")
def catalogue(pytestconfig):
    return load_catalogue(pytestconfig.rootpath / "courses")


@pytest.fixture
def one_class(tmp_path, catalogue):
    """A class of one's own, in which nobody has sent anything."""
    return open_class(tmp_path, catalogue)
