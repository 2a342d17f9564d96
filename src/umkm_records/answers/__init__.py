"""What people answer: drafts, submissions and their receipts, results, events, progress."""

from umkm_records.answers.drafts import (
    ChangeId,
    DraftKey,
    SaveResult,
    StoredAnswer,
    load_drafts,
    save_draft,
    stored_answers,
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
from umkm_records.answers.sheets import LatestReceipt, StoredSheet, read_sheet
from umkm_records.answers.standing import Standing, read_standing
from umkm_records.answers.submissions import (
    Receipt,
    latest_submission,
    mark_delivered,
    receipt_by_code,
    submissions_of,
    submit,
    undelivered,
)

__all__ = [
    "ChangeId",
    "Check",
    "DraftKey",
    "LatestReceipt",
    "ProgressRow",
    "Receipt",
    "Result",
    "SaveResult",
    "SheetState",
    "Standing",
    "StoredAnswer",
    "StoredSheet",
    "checks_of",
    "class_progress",
    "last_saved",
    "latest_submission",
    "load_drafts",
    "mark_delivered",
    "not_yet_checked",
    "publish",
    "read_sheet",
    "read_standing",
    "receipt_by_code",
    "record_event",
    "result_of",
    "save_draft",
    "sheet_state",
    "sheet_states",
    "stored_answers",
    "submissions_of",
    "submit",
    "undelivered",
    "withdraw",
]
