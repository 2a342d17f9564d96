"""Where answers are kept. A page names its store once; every widget made after that uses it."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from umkm import UmkmError


class AnswerStoreError(UmkmError):
    """An answer could not be kept or recalled; the text is shown to the trainee as it stands."""


class AnswerStore(Protocol):
    """Keeps the answers of one trainee to the questions of one page."""

    @property
    def by_page(self) -> bool:
        """Whether the browser's page keeps answers itself; `keep` is then never called."""
        ...

    @property
    def participant(self) -> str:
        """Whose answers they are; "" where nobody is logged in. Numbers that vary depend on it."""
        ...

    def recall(self, question_id: str) -> object | None:
        """Give the stored answer (JSON), or None.

        Raises:
            AnswerStoreError: the store cannot be read now.
        """
        ...

    def keep(self, question_id: str, answer: object, writer: str, seq: int) -> None:
        """Store an answer and return only when it is durable.

        `writer` names one open page; `seq` rises with each of its changes, so that a late
        or doubled message never replaces a newer answer of the same page.

        Raises:
            AnswerStoreError: it is not stored; says what to do.
        """
        ...

    def checked(self, question_id: str, verdict: str, shown: Sequence[str] = ()) -> None:
        """Take note that the trainee pressed "Periksa"; `shown` names misunderstandings."""
        ...

    def is_locked(self) -> bool:
        """Tell whether answers can no longer be changed."""
        ...


@runtime_checkable
class PhotoStore(Protocol):
    """A store that takes photos from Python; on a served page they go to the server by themselves."""

    def save_photo(self, name: str, jpeg: bytes) -> None:
        """Store a photo durably, under the name that an answer gives it.

        Raises:
            AnswerStoreError: it is not stored; says what to do.
        """
        ...


# A kernel serves one page of one trainee, and messages of the browser are handled outside any
# context that was current when the page's cells ran: hence the process, not a ContextVar.
_current: AnswerStore | None = None


def use_answer_store(store: AnswerStore | None) -> None:
    """Let every question shown from now on keep its answer there; None keeps nothing."""
    global _current  # noqa: PLW0603
    _current = store


def current_answer_store() -> AnswerStore | None:
    """Give the store that questions shown now will use."""
    return _current
