"""Where answers are stored: the interface between question widgets and a page, a file or a test."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from umkm import UmkmError


class AnswerStoreError(UmkmError):
    """An answer could not be read or stored; the text is shown to the trainee as it stands."""


class AnswerReader(Protocol):
    """Stored answers of one participant to the questions of one page.

    A served page has only this: its browser sends answers to the server (`umkm_apps.web.answers`),
    so that none depends on a living kernel.
    """

    @property
    def participant(self) -> str:
        """Participant code; "" where nobody is logged in. The numbers of variants depend on it."""
        ...

    def load(self, question_id: str) -> object | None:
        """Return the stored answer (JSON), or None.

        Raises:
            AnswerStoreError: the store cannot be read now.
        """
        ...

    def note_check(
        self, question_id: str, verdict: str, shown: Sequence[str] = (), key: str = ""
    ) -> None:
        """Record that the trainee pressed "Periksa"; `shown` names misunderstandings.

        The same check with the same `key` counts once: a page whose connection is down sends it by
        another way too.
        """
        ...

    def is_locked(self) -> bool:
        """Return whether answers can no longer be changed."""
        ...


@runtime_checkable
class AnswerStore(AnswerReader, Protocol):
    """Stored answers that the widget itself writes: in JupyterLab and in the gallery."""

    def save(self, question_id: str, answer: object, writer: str, seq: int) -> None:
        """Store an answer and return only when it is durable.

        `writer` identifies one open page; `seq` rises with each of its changes, so that a late
        or repeated message never replaces a newer answer of the same page.

        Raises:
            AnswerStoreError: it is not stored; says what to do.
        """
        ...


@runtime_checkable
class PhotoStore(Protocol):
    """A store that also takes photos from Python; on a served page the browser uploads them."""

    def save_photo(self, name: str, jpeg: bytes) -> None:
        """Store a photo durably, under the name by which an answer refers to it.

        Raises:
            AnswerStoreError: it is not stored; says what to do.
        """
        ...
