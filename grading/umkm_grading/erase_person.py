"""Erase a person from a class folder, after the records have erased them."""

import shutil

from nbgrader.api import MissingEntry

from umkm.identity import check_identifier
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import list_released
from umkm_grading.gradebook.gradebook import gradebook_exists, open_gradebook


def erase_from_class(class_folder: ClassFolder, participant: str) -> None:
    """Erase a person's submissions, marks, feedback and name from this class.

    Raises:
        InputError: the code is no identifier.
        Busy: a submission of theirs is being graded right now.
    """
    check_identifier(participant, "participant")
    if not gradebook_exists(class_folder):
        return
    for released in list_released(class_folder):
        with class_folder.working_on(participant, released.name):
            for folder in (class_folder.submitted, class_folder.autograded, class_folder.feedback):
                shutil.rmtree(folder(participant, released.name), ignore_errors=True)
            for file in (
                class_folder.history_file,
                class_folder.failure_file,
                class_folder.failure_log,
            ):
                file(participant, released.name).unlink(missing_ok=True)
    with open_gradebook(class_folder) as gradebook:
        try:
            gradebook.remove_student(participant)
        except MissingEntry:
            return
