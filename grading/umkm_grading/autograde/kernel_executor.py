"""nbgrader's own autograder, for a notebook that only a real kernel can run."""

from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.gradebook.converters import autograde
from umkm_grading.gradebook.nbgrader_config import nbgrader_config


def run_with_kernel(class_folder: ClassFolder, assignment: str, participant: str) -> str:
    """Run `nbgrader autograde` on one submission and return the executed notebook.

    Raises:
        NbgraderFailed: with nbgrader's log.
    """
    autograde(nbgrader_config(class_folder), assignment, participant)
    return (class_folder.autograded(participant, assignment) / f"{assignment}.ipynb").read_text(
        "utf-8"
    )
