"""People, classes, drafts, submissions, results: what must never be lost, in one database.

`open_records` gives a `Records`; every function takes it first and is one transaction: when it
returns, its work is on the disk. Many processes may do so with one SQLite file at once. Times go
in and come out as aware UTC. Messages of errors are Bahasa Indonesia and say what to do next.

Errors::

    umkm.UmkmError
    +-- RecordsError
        +-- StorageError             nothing of this was kept; all that was acknowledged is
        |   +-- StorageFull          no room
        |   +-- StorageLocked        somebody else held the records too long
        |   +-- StorageUnwritable    missing rights, missing folder, bad disk
        |   +-- StorageUnreachable   no server, or it does not let us in
        |   +-- StorageDamaged       not a database, or a broken one
        |   +-- SchemaNotReady       a server whose tables nobody has made yet: `umkm db upgrade`
        |   +-- SchemaTooNew         written by a later version of the kit
        +-- CopyRefused              data was not moved or put back; the target is as it was
        +-- FormError                `errors`: a sentence for each wrong field
        +-- RegistrationPaused       too many from one address; `until`
        +-- LoginError
        |   +-- WrongLogin           never says what was wrong
        |   +-- LockedOut            `until`
        +-- MergeRefused             two people are not made one
        +-- UnknownRecord
        |   +-- UnknownParticipant, UnknownCohort, UnknownReceipt, NotInClass
        +-- DraftRefused             cannot be kept as it stands
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
        +-- PhotoFull                a person keeps as many photos as may be
        +-- PhotoInUse               a photo that an answer names stays
"""

from umkm_records.answers.drafts import (
    DraftKey,
    Saved,
    Stamp,
    Standing,
    load_drafts,
    save_draft,
    standing_drafts,
)
from umkm_records.answers.events import Check, checks_of, not_yet_checked, record_event
from umkm_records.answers.progress import (
    ProgressRow,
    SheetState,
    class_progress,
    last_saved,
    sheet_state,
    sheet_states,
)
from umkm_records.answers.results import Result, publish, result_of, withdraw
from umkm_records.answers.submissions import (
    Receipt,
    has_unsent_changes,
    latest_submission,
    mark_delivered,
    receipt_by_code,
    submissions_of,
    submit,
    undelivered,
)
from umkm_records.audit import AuditEntry, list_audit, write_audit
from umkm_records.classes.cohorts import (
    Cohort,
    CohortForm,
    cohort_by_join_code,
    create_cohort,
    find_cohort,
    list_cohorts,
    offer_courses,
)
from umkm_records.classes.registration_rules import (
    RegistrationRules,
    open_registration,
    registration_rules,
    set_most_people,
)
from umkm_records.classes.test_schedule import (
    Sitting,
    SittingWindow,
    set_sitting_window,
    sitting_window,
    sitting_windows,
)
from umkm_records.database.storage import Records, open_records
from umkm_records.errors import (
    AnswerTooLarge,
    CopyRefused,
    DraftRefused,
    FormError,
    LockedOut,
    LoginError,
    MergeRefused,
    NothingToSend,
    NotInClass,
    PhotoFull,
    PhotoInUse,
    RecordsError,
    RegistrationPaused,
    SchemaNotReady,
    SchemaTooNew,
    SheetClosed,
    StorageDamaged,
    StorageError,
    StorageFull,
    StorageLocked,
    StorageUnreachable,
    StorageUnwritable,
    UnknownParticipant,
    UnknownReceipt,
    UnknownRecord,
    WrongLogin,
)
from umkm_records.people import (
    PHONE_TAKEN,
    Caller,
    Participant,
    Registration,
    Removed,
    Silent,
    begin_session,
    class_roster,
    end_session,
    enrol,
    erase_person,
    export_person,
    get_participant,
    half_of_class,
    halves_of_class,
    has_ever_sent,
    log_in,
    merge_people,
    put_back_in_class,
    register,
    remove_from_class,
    removed_people,
    reset_pin,
    session_owner,
    silent_people,
)
from umkm_records.photos import (
    Arrived,
    KeptPhoto,
    Upload,
    add_piece,
    arrived,
    arrived_bytes,
    drop_upload,
    forget_photo,
    keep_photo,
    list_photos,
    read_photos,
)
from umkm_records.reviews.claims import (
    GraderFigures,
    Reader,
    TextToRead,
    grader_figures,
    note_marking,
    put_back,
    readings,
    take_to_read,
)
from umkm_records.sample import SampleClass, make_sample_class
from umkm_records.tools.ad_game import (
    AdBoard,
    AdSeat,
    AdStep,
    ad_board,
    ad_seat,
    advance_ad_game,
    begin_ad_game,
    choose_ad,
    end_ad_game,
    join_ad_game,
)
from umkm_records.tools.cash_book import (
    KeptBook,
    Owner,
    erase_book,
    open_book,
    read_book,
    write_book,
    write_list,
)
from umkm_records.tools.cashier_game import (
    TillBoard,
    TillSeat,
    begin_till_game,
    end_till_game,
    join_till_game,
    next_till_round,
    open_till,
    play_at_till,
    till_board,
    till_seat,
    visit_till,
)
from umkm_records.tools.catalogue import (
    KeptStorefront,
    change_storefront,
    erase_storefront,
    open_storefront,
    read_storefront,
)
from umkm_records.tools.errors import (
    AdGameClosed,
    AdGameMoved,
    BookClosed,
    BookFull,
    StorefrontClosed,
    TillClosed,
    TillFull,
)

__all__ = [
    "PHONE_TAKEN",
    "AdBoard",
    "AdGameClosed",
    "AdGameMoved",
    "AdSeat",
    "AdStep",
    "AnswerTooLarge",
    "Arrived",
    "AuditEntry",
    "BookClosed",
    "BookFull",
    "Caller",
    "Check",
    "Cohort",
    "CohortForm",
    "CopyRefused",
    "DraftKey",
    "DraftRefused",
    "FormError",
    "GraderFigures",
    "KeptBook",
    "KeptPhoto",
    "KeptStorefront",
    "LockedOut",
    "LoginError",
    "MergeRefused",
    "NotInClass",
    "NothingToSend",
    "Owner",
    "Participant",
    "PhotoFull",
    "PhotoInUse",
    "ProgressRow",
    "Reader",
    "Receipt",
    "Records",
    "RecordsError",
    "Registration",
    "RegistrationPaused",
    "RegistrationRules",
    "Removed",
    "Result",
    "SampleClass",
    "Saved",
    "SchemaNotReady",
    "SchemaTooNew",
    "SheetClosed",
    "SheetState",
    "Silent",
    "Sitting",
    "SittingWindow",
    "Stamp",
    "Standing",
    "StorageDamaged",
    "StorageError",
    "StorageFull",
    "StorageLocked",
    "StorageUnreachable",
    "StorageUnwritable",
    "StorefrontClosed",
    "TextToRead",
    "TillBoard",
    "TillClosed",
    "TillFull",
    "TillSeat",
    "UnknownParticipant",
    "UnknownReceipt",
    "UnknownRecord",
    "Upload",
    "WrongLogin",
    "ad_board",
    "ad_seat",
    "add_piece",
    "advance_ad_game",
    "arrived",
    "arrived_bytes",
    "begin_ad_game",
    "begin_session",
    "begin_till_game",
    "change_storefront",
    "checks_of",
    "choose_ad",
    "class_progress",
    "class_roster",
    "cohort_by_join_code",
    "create_cohort",
    "drop_upload",
    "end_ad_game",
    "end_session",
    "end_till_game",
    "enrol",
    "erase_book",
    "erase_person",
    "erase_storefront",
    "export_person",
    "find_cohort",
    "forget_photo",
    "get_participant",
    "grader_figures",
    "half_of_class",
    "halves_of_class",
    "has_ever_sent",
    "has_unsent_changes",
    "join_ad_game",
    "join_till_game",
    "keep_photo",
    "last_saved",
    "latest_submission",
    "list_audit",
    "list_cohorts",
    "list_photos",
    "load_drafts",
    "log_in",
    "make_sample_class",
    "mark_delivered",
    "merge_people",
    "next_till_round",
    "not_yet_checked",
    "note_marking",
    "offer_courses",
    "open_book",
    "open_records",
    "open_registration",
    "open_storefront",
    "open_till",
    "play_at_till",
    "publish",
    "put_back",
    "put_back_in_class",
    "read_book",
    "read_photos",
    "read_storefront",
    "readings",
    "receipt_by_code",
    "record_event",
    "register",
    "registration_rules",
    "remove_from_class",
    "removed_people",
    "reset_pin",
    "result_of",
    "save_draft",
    "session_owner",
    "set_most_people",
    "set_sitting_window",
    "sheet_state",
    "sheet_states",
    "silent_people",
    "sitting_window",
    "sitting_windows",
    "standing_drafts",
    "submissions_of",
    "submit",
    "take_to_read",
    "till_board",
    "till_seat",
    "undelivered",
    "visit_till",
    "withdraw",
    "write_audit",
    "write_book",
    "write_list",
]
