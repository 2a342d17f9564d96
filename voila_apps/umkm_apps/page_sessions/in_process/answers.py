"""What an in-process page reads from the records, at once when it opens, and what it writes to them.

The event loop runs pages, so that nothing here waits for the records: they are read in a thread
before the page's cells run, and checks are written in one afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

from umkm.recall import Checked
from umkm_apps.runtime.rate_limit import RateLimiter
from umkm_records import Records, record_event, result_of
from umkm_records.answers import read_sheet
from umkm_widgets import AnswerStoreError

#: Runs a function that uses the records in a thread; what becomes of it is not waited for.
InThread = Callable[[Callable[[], object]], None]

#: Seconds between two looks at whether a sheet is closed.
LOOK_EVERY = 2.0
#: Checks that one page may record at once, and then each second.
_CHECKS = (20, 1)
_TOO_OFTEN = "Terlalu sering ditekan. Tunggu sebentar, lalu coba lagi."
_MARKED = ("right", "partly", "wrong")


@dataclass(frozen=True)
class PageRecords:
    """What the records hold for a page: stored answers by question, the lock, and earlier checks."""

    answers: Mapping[str, object]
    is_locked: bool
    checks: Sequence[Checked] = ()


def read_page_records(
    records: Records, participant: str, sheet: str, earlier: Sequence[str] = ()
) -> PageRecords:
    """Return what a page needs from the records; `earlier` are the sheets it may ask again.

    Raises:
        StorageError: they cannot be read now.
    """
    stored = read_sheet(records, participant, sheet, earlier)
    return PageRecords(
        answers={question: kept.answer for question, kept in stored.answers.items()},
        is_locked=stored.is_closed,
        checks=[
            Checked(f"{each.sheet} {each.question}", each.verdict == "right", each.at)
            for each in stored.checks
            if each.verdict in _MARKED
        ],
    )


class PageAnswers:
    """The answer store of an in-process page; its browser stores answers itself (web/answers.py).

    Args:
        records: the open records.
        participant: whose page it is.
        sheet: the page's answer sheet.
        stored: what the records held when the page opened.
        in_thread: writes to the records meanwhile.
        look_in_thread: reads them meanwhile.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what it reads, and where it works
        self,
        records: Records,
        participant: str,
        sheet: str,
        stored: PageRecords,
        in_thread: InThread,
        look_in_thread: InThread | None = None,
    ) -> None:
        self.participant = participant
        self.sheet = sheet
        self._records = records
        self._stored = stored
        self._is_locked = stored.is_locked
        self._in_thread, self._look_in_thread = in_thread, look_in_thread or in_thread
        # It was looked when the page opened: each of its questions asks at once.
        self._next_look = monotonic() + LOOK_EVERY
        self._limiter = RateLimiter(*_CHECKS)

    def load(self, question_id: str) -> object | None:
        """Return the stored answer, or None."""
        return self._stored.answers.get(question_id)

    def is_locked(self) -> bool:
        """Return whether the sheet was closed when last looked, and look again after a while.

        A change that comes meanwhile is refused where it is stored.
        """
        now = monotonic()
        if not self._is_locked and now >= self._next_look:
            self._next_look = now + LOOK_EVERY
            self._look_in_thread(self._look)
        return self._is_locked

    def _look(self) -> None:
        self._is_locked = result_of(self._records, self.participant, self.sheet) is not None

    def note_check(
        self, question_id: str, verdict: str, shown: Sequence[str] = (), key: str = ""
    ) -> None:
        """Record that a practice answer of this page was checked; once for each `key`.

        Raises:
            AnswerStoreError: so many checks come at once that nobody reads their feedback.
        """
        self.note_check_of(self.sheet, question_id, verdict, shown, key)

    def note_check_of(
        self,
        sheet: str,
        question_id: str,
        verdict: str,
        shown: Sequence[str] = (),
        key: str = "",
    ) -> None:
        """Record a check where its exercise stands.

        Raises:
            AnswerStoreError: as for `note_check`.
        """
        if self._limiter.wait_for(self.participant) > 0:
            raise AnswerStoreError(_TOO_OFTEN)
        detail: dict[str, object] = {"question": question_id, "verdict": verdict}
        if shown:
            detail["misunderstandings"] = list(shown)
        self._in_thread(
            lambda: record_event(self._records, self.participant, "checked", sheet, detail, key=key)
        )

    def checks(self, sheets: Sequence[str]) -> Sequence[Checked]:
        """Return the checks on some sheets that there were when the page opened, oldest first."""
        wanted = {*sheets}
        return [each for each in self._stored.checks if each.question.partition(" ")[0] in wanted]
