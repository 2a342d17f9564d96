"""Two graders of one submission: nbgrader alone loses its answers and gives a silent 0."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.grading.classes import TASK

from umkm_grading import grade

RIGHT = {"seragam-sekolah": "pindah-catat", "laba-bengkel": "350000"}

GRADE = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from umkm_grading import ClassFolder, grade
sys.stdin.readline()
outcomes = grade(ClassFolder(Path(sys.argv[1]), sys.argv[2]), sys.argv[3])
print(json.dumps([asdict(one) for one in outcomes]))
"""


def start(one_class):
    class_folder = one_class.class_folder
    return subprocess.Popen(
        [sys.executable, "-c", GRADE, str(class_folder.data_dir), class_folder.cohort_id, TASK],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_grade_the_same_submissions(one_class):
    for code in one_class.codes[:3]:
        one_class.put(code, RIGHT)
    graders = [start(one_class), start(one_class)]
    for grader in graders:  # both have imported nbgrader before either begins
        grader.stdin.write("\n")
        grader.stdin.flush()
    for grader in graders:
        output, _ = grader.communicate(timeout=120)
        outcomes = json.loads(output)
        assert [(one["ok"], one["points"]) for one in outcomes] == [(True, 5)] * len(outcomes)
    for code in one_class.codes[:3]:
        assert sum(score.points for score in one_class.scores(code).values()) == 5
        assert (one_class.class_folder.autograded(code, TASK) / "answers.json").exists()
    assert grade(one_class.class_folder, TASK) == []


def test_two_threads_grade_side_by_side(one_class):
    for code in one_class.codes[:2]:
        one_class.put(code, RIGHT)
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: grade(one_class.class_folder, TASK), range(2)))
    assert {(one.ok, one.points) for run in runs for one in run} == {(True, 5)}


def test_a_grader_killed_half_way_leaves_work_that_can_be_done_again(one_class):
    codes = one_class.codes
    for code in codes:
        one_class.put(code, RIGHT)
    grader = start(one_class)
    grader.stdin.write("\n")
    grader.stdin.flush()
    while not one_class.class_folder.autograded(codes[0], TASK).exists():
        assert grader.poll() is None, "it was too quick to be killed"
    grader.kill()
    grader.wait()
    rest = grade(one_class.class_folder, TASK)
    assert [(one.ok, one.points) for one in rest] == [(True, 5)] * len(rest)
    for code in codes:
        assert sum(score.points for score in one_class.scores(code).values()) == 5
    assert grade(one_class.class_folder, TASK) == []
