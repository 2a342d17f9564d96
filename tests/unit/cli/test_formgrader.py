"""`umkm formgrader` and the rights to a class's folder."""

import os

import pytest

from umkm_cli.errors import CliError
from umkm_cli.formgrader import Pages, check_rights
from umkm_grading import ClassFolder

NOBODY = 65534


@pytest.fixture
def class_folder(tmp_path):
    class_folder = ClassFolder(tmp_path, "kasemen-2026")
    class_folder.own_dir.mkdir(parents=True)
    class_folder.gradebook_file.touch()
    return class_folder


def refused_to_somebody_else(class_folder):
    """Ask as a user who owns nothing: in a child, since nobody can become root again."""
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setuid(NOBODY)
        try:
            check_rights(class_folder)
        except CliError as error:
            os._exit(0 if "minta pengelola" in str(error) else 1)
        os._exit(2)
    return os.waitpid(child, 0)[1] == 0


def test_who_owns_the_class_may_grade_it(class_folder):
    check_rights(class_folder)


def test_a_class_that_was_never_opened_is_no_question_of_rights(tmp_path):
    check_rights(ClassFolder(tmp_path, "baru-2026"))


def test_a_class_of_somebody_else_is_refused_with_whom_to_ask(class_folder):
    class_folder.gradebook_file.chmod(0o400)
    class_folder.own_dir.chmod(0o500)
    try:
        assert refused_to_somebody_else(class_folder)
    finally:
        class_folder.own_dir.chmod(0o700)


def test_addresses_lead_through_the_login_which_alone_sets_a_cookie():
    pages = Pages("http://127.0.0.1:9/", "a/b")
    assert pages.formgrader == "http://127.0.0.1:9/login?next=%2Fformgrader%2F&token=a%2Fb"
    assert "next=%2Flab%2Ftree%2FPeriksa%2520uraian.ipynb" in pages.queue
