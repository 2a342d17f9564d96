"""Removes a person from a class's grading, after the records have erased them."""

import shutil

from nbgrader.api import MissingEntry

from umkm.identity import check_identifier
from umkm_grading.class_folder.class_folder import ClassRoom
from umkm_grading.class_folder.released_assignment import list_papers
from umkm_grading.gradebook.gradebook import gradebook_exists, open_gradebook


def forget(room: ClassRoom, participant: str) -> None:
    """Remove a person's submissions, marks, feedback and name from this class.

    Raises:
        InputError: the code is no identifier.
        Busy: a submission of theirs is being graded right now.
    """
    check_identifier(participant, "participant")
    if not gradebook_exists(room):
        return
    for paper in list_papers(room):
        with room.working_on(participant, paper.name):
            for folder in (room.submitted, room.autograded, room.feedback):
                shutil.rmtree(folder(participant, paper.name), ignore_errors=True)
            for file in (room.ledger_file, room.failure_file, room.failure_log):
                file(participant, paper.name).unlink(missing_ok=True)
    with open_gradebook(room) as gradebook:
        try:
            gradebook.remove_student(participant)
        except MissingEntry:
            return
