"""Classes to grade: real nbgrader, real records, the real assignment."""

import pytest
from tests.grading.classes import copy_class, open_class

from umkm_courses import load_catalogue
from umkm_grading import deliver, grade, publish_feedback

RIGHT = {"seragam-sekolah": "pindah-catat", "laba-bengkel": "350000"}


@pytest.fixture(scope="session")
def catalogue(pytestconfig):
    return load_catalogue(pytestconfig.rootpath / "courses")


@pytest.fixture
def one_class(tmp_path, catalogue):
    """A class of one's own, in which nobody has sent anything."""
    return open_class(tmp_path, catalogue)


@pytest.fixture(scope="session")
def lived_once(tmp_path_factory, catalogue):
    """Four people are graded, one of them sees the result, one has sent and waits."""
    one = open_class(tmp_path_factory.mktemp("sekali") / "data", catalogue)
    for code in one.codes[:4]:
        one.send(code, RIGHT)
    deliver(one.class_folder, one.records)
    grade(one.class_folder, one.assignment)
    publish_feedback(one.class_folder, one.records, one.assignment)
    one.send(one.codes[4], RIGHT)
    return one


@pytest.fixture
def lived(tmp_path, lived_once):
    return copy_class(lived_once, tmp_path / "data")
