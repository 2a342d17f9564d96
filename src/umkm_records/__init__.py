"""People, classes, drafts, submissions and results in one database.

`open_records` returns a `Records`; every function takes it first and is one transaction: when it
returns, its work is on the disk. Many processes may do so with one SQLite file at once. Times are
aware UTC. Messages of errors are Indonesian and say what to do next.

This package exports what most callers need; its parts export the rest. Each part imports only those
named after it: `tools` (stores of practice tools), `reviews`, `answers`, `photos`, `people`,
`classes`, `audit`, `errors`, `database`, `tables`. The errors of tools are in `tools.errors`.

Errors::

    umkm.UmkmError
    +-- RecordsError
        +-- StorageError             nothing of this was stored; all acknowledged before is
        |   +-- StorageFull          no room
        |   +-- StorageLocked        another process held the lock too long
        |   +-- StorageUnwritable    missing rights, missing folder, bad disk
        |   +-- StorageUnreachable   no server, or it refuses the login
        |   +-- StorageDamaged       not a database, or a broken one
        |   +-- SchemaNotReady       a server without tables: `umkm db upgrade`
        |   +-- SchemaTooNew         written by a later version of the kit
        +-- CopyRefused              data was not moved or put back; the target is as it was
        +-- FormError                `errors`: a sentence for each wrong field
        +-- RegistrationPaused       too many from one address; `until`
        +-- LoginError
        |   +-- WrongLogin           never says what was wrong
        |   +-- LockedOut            `until`
        +-- MergeRefused             two people cannot be merged
        +-- UnknownRecord
        |   +-- UnknownParticipant, UnknownCohort, UnknownReceipt, NotInClass
        +-- DraftRefused             cannot be stored
        |   +-- AnswerTooLarge
        +-- SheetClosed              the result is published
        +-- NothingToSend            no question is answered
        +-- TillClosed               the cashier game is not open, or its round is over
        +-- TillFull                 a player has had as many sales as a round may have
        +-- AdGameClosed             the advertising game is not open, or its round is over
        +-- AdGameMoved              another trainer went on with it
        +-- BookClosed               a cash book that is not there, or no longer
        +-- BookFull
        +-- StorefrontClosed         a catalogue that is not there, or no longer
        +-- PhotoFull                a person has as many photos as may be
        +-- PhotoInUse               an answer names the photo
"""

from umkm_records.answers import (
    ChangeId,
    DraftKey,
    ProgressRow,
    Receipt,
    Result,
    SaveResult,
    class_progress,
    latest_submission,
    load_drafts,
    publish,
    record_event,
    result_of,
    save_draft,
    submissions_of,
    submit,
)
from umkm_records.audit import list_audit, write_audit
from umkm_records.classes import Cohort, CohortForm, create_cohort, find_cohort, list_cohorts
from umkm_records.database import Records, open_records
from umkm_records.errors import (
    FormError,
    RecordsError,
    SheetClosed,
    StorageError,
    UnknownParticipant,
)
from umkm_records.people import (
    Participant,
    Registration,
    class_roster,
    erase_person,
    export_person,
    get_participant,
    log_in,
    register,
    reset_pin,
)
from umkm_records.sample import make_sample_class

__all__ = [
    "ChangeId",
    "Cohort",
    "CohortForm",
    "DraftKey",
    "FormError",
    "Participant",
    "ProgressRow",
    "Receipt",
    "Records",
    "RecordsError",
    "Registration",
    "Result",
    "SaveResult",
    "SheetClosed",
    "StorageError",
    "UnknownParticipant",
    "class_progress",
    "class_roster",
    "create_cohort",
    "erase_person",
    "export_person",
    "find_cohort",
    "get_participant",
    "latest_submission",
    "list_audit",
    "list_cohorts",
    "load_drafts",
    "log_in",
    "make_sample_class",
    "open_records",
    "publish",
    "record_event",
    "register",
    "reset_pin",
    "result_of",
    "save_draft",
    "submissions_of",
    "submit",
    "write_audit",
]
