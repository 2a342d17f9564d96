"""Grading with nbgrader: a class is an nbgrader course.

`prepare` a class, `deliver` submissions (`repair_submissions` after damage on disk), `grade` them
(`grade_all` for many classes), `publish_feedback`, `export_grades`. `write_jupyter_config` sets up
formgrader and the review of texts in the trainer's JupyterLab.

Errors (`umkm_grading.errors`)::

    UmkmError
    +-- GradingError             a message for staff, in Bahasa Indonesia
        +-- ClassFolderError     the class folder cannot be used where it is
        +-- AssignmentMismatch   a notebook and its questions do not belong together
        +-- NotPrepared          the assignment is not released in this class
        +-- BackupRefused        a backup was not made or not restored; nothing was changed
        +-- ClusterTrouble       no Dask scheduler, no workers, or no result from them
        +-- Busy                 another process holds the lock of this submission or class
        +-- GradebookTrouble     the gradebook is locked, full or unreadable
        +-- StorageTrouble       a full disk, missing rights
        +-- SubmissionDamaged    a submission that would get a false 0
        +-- NotSandboxed         a trainee's notebook, and no sandbox to run it in
        +-- TakenByAnother       another reviewer has claimed this text
        +-- AnswerChanged        a text was sent again, or marked by somebody else
        +-- PointsRefused        points below 0 or above the maximum
        +-- NbgraderFailed       nbgrader gave up; `log` holds its log
"""

from umkm_grading.autograde.grade import assignments_of, grade, grade_all
from umkm_grading.autograde.locked_submission import ClassAssignment
from umkm_grading.autograde.outcomes import GradeOutcome, GradeProgress, GradingRun
from umkm_grading.autograde.plan import Scope
from umkm_grading.autograde.runner import RunOptions
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.erase_person import erase_from_class
from umkm_grading.errors import (
    AssignmentMismatch,
    BackupRefused,
    Busy,
    ClassFolderError,
    ClusterTrouble,
    GradebookTrouble,
    GradingError,
    NotPrepared,
    StorageTrouble,
)
from umkm_grading.feedback.publish import Publication, publish_feedback
from umkm_grading.gradebook.gradebook import create_gradebook, gradebook_trouble
from umkm_grading.migrate_to_postgres import CopiedTable, migrate_programme
from umkm_grading.release.release import prepare
from umkm_grading.reports.grades import (
    By,
    GradedClass,
    export_grades,
    graded_class,
    make_grade_table,
)
from umkm_grading.reports.item_report import ItemReport, make_item_report
from umkm_grading.review.jupyter_config import write_jupyter_config
from umkm_grading.sandbox.bubblewrap import sandbox_gaps, sandbox_trouble
from umkm_grading.submit.collect_notebooks import collect
from umkm_grading.submit.deliver import deliver, repair_submissions

__all__ = [
    "AssignmentMismatch",
    "BackupRefused",
    "Busy",
    "By",
    "ClassAssignment",
    "ClassFolder",
    "ClassFolderError",
    "ClusterTrouble",
    "CopiedTable",
    "GradeOutcome",
    "GradeProgress",
    "GradebookTrouble",
    "GradedClass",
    "GradingError",
    "GradingRun",
    "ItemReport",
    "NotPrepared",
    "Publication",
    "RunOptions",
    "Scope",
    "StorageTrouble",
    "assignments_of",
    "collect",
    "create_gradebook",
    "deliver",
    "erase_from_class",
    "export_grades",
    "grade",
    "grade_all",
    "gradebook_trouble",
    "graded_class",
    "make_grade_table",
    "make_item_report",
    "migrate_programme",
    "prepare",
    "publish_feedback",
    "repair_submissions",
    "sandbox_gaps",
    "sandbox_trouble",
    "write_jupyter_config",
]
