"""Yes or no: a sample kind, which lies outside the product and is found all the same."""

from dataclasses import dataclass
from typing import Any, ClassVar

from umkm.errors import QuestionError
from umkm.exercise.keys import Key, check_messages
from umkm.exercise.parsed_answers import Answered, Reading, Refused
from umkm.exercise.question import TypedQuestion

_SHOWN = {"ya": "Ya", "tidak": "Tidak"}


@dataclass(frozen=True)
class YesNo(TypedQuestion):
    """A question answered with yes or no."""

    kind: ClassVar[str] = "yes_no"
    answer_first: ClassVar[str] = "Pilih Ya atau Tidak dulu."

    def check(self) -> None:
        """Check nothing: the prompt is all there is."""

    def fields(self) -> dict[str, object]:
        """Return nothing besides the prompt."""
        return {}

    def accepts(self, answer: object) -> bool:
        """Return whether it is yes, no, or nothing yet."""
        return answer is None or (isinstance(answer, str) and answer in _SHOWN)

    def read_text(self, text: str) -> Reading:
        """Return which of both was chosen."""
        return Answered(text, _SHOWN[text]) if text in _SHOWN else Refused("Pilih Ya atau Tidak.")

    def is_right(self, key: Key, value: Any) -> bool:
        """Return whether it is what the key says."""
        return bool(value == key.right)

    def check_key(self, key: Key, points: float) -> None:
        """Raise QuestionError where the key is neither yes nor no."""
        if not {key.right, *key.near} <= set(_SHOWN) or key.right in key.near:
            raise QuestionError(f"key {key.right!r}: 'ya' or 'tidak'")
        check_messages(key, points, whole=True)
