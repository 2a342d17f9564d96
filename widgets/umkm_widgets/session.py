"""State of a notebook that runs: in a kernel, one a process; in a server, one a page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from umkm.exercise import Variant
    from umkm_widgets.answer_store import AnswerReader
    from umkm_widgets.practice_question import PracticeQuestion


@dataclass(frozen=True)
class ReviewQuestion:
    """A question of an earlier lesson; its `note_check` records checks where it comes from."""

    question_id: str
    practice_question: "PracticeQuestion"


ReviewSource = Callable[[int], Sequence[ReviewQuestion]]


@dataclass(frozen=True)
class AskedQuestion:
    """A question of an assignment with this participant's numbers, and its points."""

    variant: "Variant"
    points: float


@dataclass
class NotebookSession:
    """What the cells of one notebook share.

    `answer_store`, `review_source` and `show` are set by the page; `practice` and `asked` fill as the
    cells run: the practice questions of a lesson, the questions of an assignment.
    """

    answer_store: "AnswerReader | None" = None
    review_source: ReviewSource | None = None
    #: The folder of the notebook, where its course's data and misunderstandings are found; None is the
    #: process's working directory.
    folder: Path | None = None
    #: Shows a widget or a MIME bundle with its metadata; None leaves it to IPython.
    show: Callable[[object, Mapping[str, object]], None] | None = None
    practice: dict[str, "PracticeQuestion"] = field(default_factory=dict)
    asked: dict[str, AskedQuestion] = field(default_factory=dict)


# A kernel serves one page of one participant, and handles messages of the browser outside any context
# that was current when the page's cells ran: its session is the process's own. A server that holds many
# pages makes each one's session current while it works for that page.
_process: Final = NotebookSession()
_current: Final[ContextVar[NotebookSession | None]] = ContextVar("notebook_session", default=None)


def current_session() -> NotebookSession:
    """Return the session that the cells of now belong to."""
    return _current.get() or _process


@contextmanager
def use_session(session: NotebookSession) -> Iterator[None]:
    """Set the current session, for as long as the context lasts and in this context only."""
    token = _current.set(session)
    try:
        yield
    finally:
        _current.reset(token)


def use_answer_store(store: "AnswerReader | None") -> None:
    """Set the answer store of widgets created from now on; None stores nothing."""
    current_session().answer_store = store


def current_answer_store() -> "AnswerReader | None":
    """Return the answer store of widgets created now."""
    return current_session().answer_store


def use_review_source(source: ReviewSource | None) -> None:
    """Set what `recall` asks for questions; it may return fewer than it is asked for."""
    current_session().review_source = source


def current_folder() -> Path:
    """Return the folder of the notebook that the cells of now belong to."""
    return current_session().folder or Path.cwd()


def display_here(thing: object, metadata: Mapping[str, object] | None = None) -> None:
    """Display a widget or a MIME bundle where the current cell stands."""
    if (show := current_session().show) is not None:
        show(thing, metadata or {})
        return
    from IPython.display import display  # noqa: PLC0415 - readers of this module need no IPython

    raw = isinstance(thing, dict)
    display(thing, raw=raw, **({"metadata": dict(metadata or {})} if raw else {}))  # type: ignore[no-untyped-call]
