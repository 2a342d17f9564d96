"""The trainer's real JupyterLab with the configuration we write: grading, escaping, mends."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime

import pytest
from tests.grading.classes import TASK, open_class
from tests.support.patience import PATIENCE

from umkm_grading import deliver, grade, publish_feedback, write_jupyter_config
from umkm_grading.gradebook.gradebook import open_gradebook
from umkm_records import result_of

TEXT, CHOICE = "rencana-dua-laci", "seragam-sekolah"
NAUGHTY = "<script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE = "raise SystemExit('a configuration of somebody else was read')\n"
#: What a browser fetches by itself; a link somebody may click is not.
LOADED = re.compile(
    r"""<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=["']?((?:https?:)?//[^"'\s>]+)"""
)


class Lab:
    """A running JupyterLab, asked over HTTP as its pages do."""

    def __init__(self, process, port):
        self.process = process
        self._root = f"http://127.0.0.1:{port}"
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(self, path, method="GET", body=None):
        """(status, text) of one request."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._root + path, data, method=method)
        request.add_header("Authorization", "token rahasia")
        try:
            with self._opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")

    def json(self, path, method="GET", body=None):
        status, text = self.ask(path, method, body)
        assert status == 200, text
        return json.loads(text)

    def wait(self):
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "JupyterLab ended"
            try:
                return self.ask("/api")
            except OSError:
                time.sleep(0.2)
        raise AssertionError("JupyterLab did not answer")


@pytest.fixture(scope="module")
def one_class(tmp_path_factory, catalogue):
    one_class = open_class(tmp_path_factory.mktemp("lab"), catalogue)
    for code in one_class.codes[:3]:
        one_class.send(code, {TEXT: f"{NAUGHTY} {code}", CHOICE: "bayar-langsung"})
    deliver(one_class.class_folder, one_class.records)
    grade(one_class.class_folder, one_class.assignment)
    return one_class


@pytest.fixture(scope="module")
def lab(one_class, tmp_path_factory):
    home = tmp_path_factory.mktemp("rumah")
    cwd = tmp_path_factory.mktemp("cwd")
    (home / ".jupyter").mkdir()
    for folder in (home / ".jupyter", cwd):
        (folder / "nbgrader_config.py").write_text(HOSTILE)
    (home / ".jupyter" / "jupyter_server_config.py").write_text(HOSTILE)
    config_dir = tmp_path_factory.mktemp("konfigurasi")
    write_jupyter_config(one_class.class_folder, config_dir)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(config_dir),
        "JUPYTER_TOKEN": "rahasia",
        "JUPYTERLAB_SETTINGS_DIR": str(config_dir / "lab" / "user-settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(config_dir / "lab" / "workspaces"),
    }
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}",
        "--ServerApp.port_retries=0", f"--ServerApp.root_dir={one_class.class_folder.data_dir}",
        "--allow-root",
    ]  # fmt: skip
    with (config_dir / "lab.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=cwd, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    lab = Lab(process, port)
    try:
        lab.wait()
        yield lab
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
    assert "Traceback" not in (config_dir / "lab.log").read_text()


def submitted(lab):
    listed = lab.json(f"/formgrader/api/submitted_notebooks/{TASK}/{TASK}")
    return {one["student"]: one for one in listed}


def test_formgrader_lists_this_class_by_name(one_class, lab):
    listed = submitted(lab)
    assert set(listed) == set(one_class.codes[:3])
    first = one_class.sample.participants[0]
    assert listed[first.code]["last_name"] == first.name
    assert listed[first.code]["first_name"] == first.business_name
    assert all(one["needs_manual_grade"] for one in listed.values())


def test_the_text_stands_escaped_above_its_score_box_with_the_mark_scheme(one_class, lab):
    code = one_class.codes[0]
    status, page = lab.ask(f"/formgrader/submissions/{submitted(lab)[code]['id']}/")
    assert status == 200
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    text = page.index("&lt;script&gt;alert(1)&lt;/script&gt;")
    box = page.index(f'id="{TEXT}"')
    assert text < box
    assert "Beri 1 untuk tiap hal" in page  # staff see how to mark
    assert f'id="{CHOICE}"' in page  # an automatic mark can be corrected
    assert "mark(" not in page.replace(".mark(", "")  # our code is not what they came for


def test_no_page_loads_anything_from_another_host(one_class, lab):
    submission = submitted(lab)[one_class.codes[0]]["id"]
    pages = [
        "/lab", "/formgrader/manage_assignments", "/formgrader/gradebook",
        f"/formgrader/gradebook/{TASK}", f"/formgrader/gradebook/{TASK}/{TASK}",
        "/formgrader/manage_students", f"/formgrader/manage_students/{one_class.codes[0]}",
        f"/formgrader/manage_submissions/{TASK}", f"/formgrader/submissions/{submission}/",
    ]  # fmt: skip
    for path in pages:
        status, page = lab.ask(path)
        assert status == 200, path
        assert LOADED.findall(page) == [], path
        assert "cdnjs" not in page, path


def test_a_mark_and_a_comment_given_in_formgrader_reach_the_trainee(one_class, lab):
    code = one_class.codes[0]
    submission = submitted(lab)[code]["id"]
    grades = lab.json(f"/formgrader/api/grades?submission_id={submission}")
    (grade_id,) = [one["id"] for one in grades if one["name"] == TEXT]
    comments = lab.json(f"/formgrader/api/comments?submission_id={submission}")
    (comment_id,) = [one["id"] for one in comments if one["name"] == TEXT]
    lab.json(f"/formgrader/api/grade/{grade_id}", "PUT", {"manual_score": 4, "extra_credit": 0})
    words = {"manual_comment": "Wadahnya jelas. Tulis juga jatahnya."}
    lab.json(f"/formgrader/api/comment/{comment_id}", "PUT", words)

    publication = publish_feedback(one_class.class_folder, one_class.records, one_class.assignment)
    assert publication.published == (code,)
    result = result_of(one_class.records, code, TASK)
    assert (result.points, result.out_of) == (5, 10)  # 1 for the choice, 4 for the text
    assert list(result.comments) == [
        {"question": TEXT, "text": "Wadahnya jelas. Tulis juga jatahnya."}
    ]


def test_formgrader_shows_what_another_process_wrote(one_class, lab):
    code = one_class.codes[1]
    assert submitted(lab)[code]["needs_manual_grade"]
    one_class.staff_gives(code, TEXT, 3)
    assert not submitted(lab)[code]["needs_manual_grade"]
    assert submitted(lab)[code]["score"] == 4


def test_the_autograde_button_grades_through_our_lock(one_class, lab):
    code = one_class.codes[2]
    path = f"/formgrader/api/submission/{TASK}/{code}/autograde"
    with one_class.class_folder.working_on(code, TASK):
        refused = lab.json(path, "POST")
    assert refused["success"] is False
    assert "proses lain" in refused["error"]
    assert lab.json(path, "POST") == {"success": True}
    assert one_class.scores(code)[CHOICE].points == 1
    assert one_class.scores(code)[TEXT].waiting


def test_grading_again_by_the_button_keeps_the_mark_of_an_unchanged_text(one_class, lab):
    code = one_class.codes[1]
    one_class.staff_gives(code, TEXT, 3)
    lab.json(f"/formgrader/api/submission/{TASK}/{code}/autograde", "POST")
    score = one_class.scores(code)[TEXT]
    assert (score.points, score.waiting) == (3, False)


@pytest.mark.parametrize(
    "path",
    [
        f"assignment/{TASK}/assign",
        f"assignment/{TASK}/release",
        f"assignment/{TASK}/collect",
        f"assignment/{TASK}/generate_feedback",
        f"assignment/{TASK}/srg-siti1/release_feedback",
    ],
)
def test_buttons_that_would_bypass_us_name_the_command_instead(lab, path):
    answer = lab.json(f"/formgrader/api/{path}", "POST")
    assert answer["success"] is False
    assert "di terminal: umkm " in answer["error"]


def test_a_due_date_in_wib_is_stored_in_utc(one_class, lab):
    body = {"duedate_notimezone": "2026-12-01T17:00:00", "duedate_timezone": "+0700"}
    shown = lab.json(f"/formgrader/api/assignment/{TASK}", "PUT", body)
    assert shown["display_duedate"] == "2026-12-01 17:00:00 WIB"
    with open_gradebook(one_class.class_folder) as gradebook:
        assert gradebook.find_assignment(TASK).duedate == datetime(2026, 12, 1, 10, 0)  # noqa: DTZ001
    lab.json(f"/formgrader/api/assignment/{TASK}", "PUT", {})  # and taken back


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/formgrader/api/student/..%2F..%2Fetc"),
        ("PUT", "/formgrader/api/assignment/..%2Fluar"),
        ("POST", "/formgrader/api/submission/*/*/autograde"),
        ("GET", "/formgrader/manage_submissions/%3Cscript%3Ealert(1)%3C%2Fscript%3E"),
    ],
)
def test_names_that_are_no_identifiers_are_not_found(one_class, lab, method, path):
    assert lab.ask(path, method, {} if method == "PUT" else None)[0] == 404
    assert not (one_class.class_folder.root / "luar").exists()
