"""Misunderstandings of a course, by name: one sentence of help each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from umkm.errors import QuestionError
from umkm.exercise.keys import is_name

_LONGEST: Final = 200


@dataclass(frozen=True)
class Misunderstandings:
    """Misunderstandings of a course by name.

    `help` maps a name (`omzet-bukan-laba`) to one sentence that helps without giving an answer.
    """

    help: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, sentence in self.help.items():
            if not isinstance(name, str) or not is_name(name):
                raise QuestionError(
                    f"misunderstanding {name!r}: two words or more of a-z, 0-9, joined by '-'"
                )
            if not isinstance(sentence, str) or not 0 < len(sentence.strip()) <= _LONGEST:
                raise QuestionError(
                    f"misunderstanding {name!r}: one sentence of at most {_LONGEST} characters"
                )
        object.__setattr__(self, "help", dict(self.help))
