"""Everything that talks to nbgrader: a class is an nbgrader course, an answer becomes a grade.

`prepare` a class, `deliver` what trainees sent
(`repair_submissions` what was damaged on disk), `grade` it (`grade_all` for many classes),
`publish_feedback`, `export_grades`; `write_jupyter_config` lets staff mark long texts in JupyterLab's formgrader.

Errors::

    UmkmError
    +-- GradingError             what staff read in the terminal, in Bahasa Indonesia
        +-- ClassFolderError       the class's folder cannot be used where it is
        +-- AssignmentMismatch   a notebook and its questions do not belong together
        +-- NotPrepared          the assignment is not released in this class
        +-- BackupRefused        not made or not put back; what was there is as it was
        +-- ClusterTrouble       no Dask scheduler, no workers, or no result from them
        +-- Busy                 another process holds this submission, or the class
        +-- GradebookTrouble     the gradebook is locked, full or unreadable
        +-- StorageTrouble       a full disk, missing rights
        +-- SubmissionDamaged    a submission that would earn a false 0
        +-- NotSandboxed         a trainee's notebook, and no sandbox to run it in
        +-- TakenByAnother       another grader reads this text
        +-- AnswerChanged        a text was sent again, or marked by somebody else
        +-- PointsRefused        points below 0 or above the most
        +-- NbgraderFailed       nbgrader gave up; `log` tells what it said
"""

from umkm_grading.autograde.grade import grade, grade_all, tasks_of
from umkm_grading.autograde.locked_submission import Task as GradingTask
from umkm_grading.autograde.outcomes import GradeOutcome, Run
from umkm_grading.autograde.outcomes import Progress as GradeProgress
from umkm_grading.autograde.plan import Want
from umkm_grading.autograde.runner import Manner
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.erase_person import forget
from umkm_grading.errors import (
    AssignmentMismatch,
    BackupRefused,
    Busy,
    ClassFolderError,
    ClusterTrouble,
    GradebookTrouble,
    GradingError,
    NbgraderFailed,
    NotPrepared,
    NotSandboxed,
    StorageTrouble,
    SubmissionDamaged,
)
from umkm_grading.feedback.publish import Publication, publish_feedback
from umkm_grading.gradebook.gradebook import create_gradebook, gradebook_trouble
from umkm_grading.migrate_to_postgres import Moved, move_programme
from umkm_grading.release.release import prepare
from umkm_grading.reports.grades import (
    By,
    GradedClass,
    export_grades,
    graded_class,
    make_gradesheet,
)
from umkm_grading.reports.item_report import ItemSheet, make_item_sheet
from umkm_grading.reports.table_files import Gradesheet
from umkm_grading.review.jupyter_config import write_jupyter_config
from umkm_grading.sandbox.bubblewrap import sandbox_gaps, sandbox_trouble
from umkm_grading.submit.collect_notebooks import Taken, collect
from umkm_grading.submit.deliver import deliver, repair_submissions

__all__ = [
    "AssignmentMismatch",
    "BackupRefused",
    "Busy",
    "By",
    "ClassFolder",
    "ClassFolderError",
    "ClusterTrouble",
    "GradeOutcome",
    "GradeProgress",
    "GradebookTrouble",
    "GradedClass",
    "Gradesheet",
    "GradingError",
    "GradingTask",
    "ItemSheet",
    "Manner",
    "Moved",
    "NbgraderFailed",
    "NotPrepared",
    "NotSandboxed",
    "Publication",
    "Run",
    "StorageTrouble",
    "SubmissionDamaged",
    "Taken",
    "Want",
    "collect",
    "create_gradebook",
    "deliver",
    "export_grades",
    "forget",
    "grade",
    "grade_all",
    "gradebook_trouble",
    "graded_class",
    "make_gradesheet",
    "make_item_sheet",
    "move_programme",
    "prepare",
    "publish_feedback",
    "repair_submissions",
    "sandbox_gaps",
    "sandbox_trouble",
    "tasks_of",
    "write_jupyter_config",
]
