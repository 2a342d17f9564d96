"""A submission that could not be graded: message for staff, log, and what the next run reads."""

import traceback
from contextlib import suppress

from sqlalchemy.exc import DBAPIError

from umkm import UmkmError
from umkm_grading.autograde.history import write_failure
from umkm_grading.autograde.locked_submission import ClassAssignment
from umkm_grading.autograde.outcomes import GradeOutcome
from umkm_grading.autograde.plan import PlannedGrading
from umkm_grading.class_folder.atomic_files import write_file
from umkm_grading.errors import Busy, GradebookTrouble, NbgraderFailed, StorageTrouble


def failed(assignment: ClassAssignment, planned: PlannedGrading, error: Exception) -> GradeOutcome:
    """Write a failure for the next run, and return it as an outcome."""
    known = _explain(error)
    class_folder, person = assignment.class_folder, planned.participant
    log = ""
    with suppress(OSError):
        if isinstance(known, NbgraderFailed) and known.log:
            path = class_folder.failure_log(person, assignment.name)
            write_file(path, known.log.encode("utf-8", "replace"))
            log = str(path)
        if not isinstance(known, Busy):
            write_failure(class_folder, person, assignment.name, known.message)
    return GradeOutcome(
        participant=person,
        ok=False,
        points=0,
        of=assignment.released.points,
        waiting_for_human=False,
        message=known.message + (f" Catatan: {log}" if log else ""),
        cohort=class_folder.cohort_id,
        assignment=assignment.name,
        reason=planned.reason,
        log=log,
    )


def _explain(error: Exception) -> UmkmError:
    """Return the error as a sentence; what nobody foresaw ends this submission, not the run."""
    if isinstance(error, UmkmError):
        return error
    if isinstance(error, OSError):
        return StorageTrouble(error)
    if isinstance(error, DBAPIError):
        return GradebookTrouble(error)
    trace = "".join(traceback.format_exception(error))
    return NbgraderFailed(
        f"Kiriman ini tidak bisa diproses ({type(error).__name__}). Kiriman lain tetap dinilai. "
        "Nilai lagi; bila berulang, kirimkan catatannya kepada pengembang.",
        trace,
    )
