"""Grade one submission in a process of its own: run by formgrader's *autograde* button.

nbgrader changes the working directory of its process, and would block every other page of the
trainer's JupyterLab for seconds.
"""

import json
import sys
from pathlib import Path

from umkm import UmkmError
from umkm_grading.autograde.grade import failed_outcome, grade_one
from umkm_grading.autograde.outcomes import GradeOutcome
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import read_released


def regrade(class_folder: ClassFolder, assignment: str, participant: str) -> GradeOutcome:
    """Grade one submission anew; refused at once when somebody is grading it already."""
    try:
        released = read_released(class_folder, assignment)
        return grade_one(class_folder, released, participant, wait_seconds=0)
    except UmkmError as error:
        return failed_outcome(participant, 0, error.message)


def main() -> None:
    """Print what came out as JSON: `python -m umkm_grading.autograde.regrade_process DATA COHORT TASK PERSON`."""
    data_dir, cohort, assignment, participant = sys.argv[1:]
    outcome = regrade(ClassFolder(Path(data_dir), cohort), assignment, participant)
    print(json.dumps({"ok": outcome.ok, "reason": outcome.message}))


if __name__ == "__main__":
    main()
