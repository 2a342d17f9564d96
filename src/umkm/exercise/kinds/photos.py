"""Photos as an answer: the answer holds names, not images, and staff mark them.

The name of a photo is the SHA-256 of its JPEG file, so that a file can be verified.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from umkm.errors import QuestionError
from umkm.exercise.keys import Key
from umkm.exercise.kinds.rubrics import check_rubric, rubric_from_json, rubric_to_json
from umkm.exercise.parsed_answers import UNREAD, Answered, Empty, Reading, Refused
from umkm.exercise.question import Judgement, Question, is_whole

MOST_PHOTOS: Final = 5

_NAME: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Photo(Question):
    """A question answered with up to `most` photos and marked by staff.

    `rubric` maps what staff look for to its points; the trainee sees it too.

    Raises:
        QuestionError: `most` is not 1 to 5, or the rubric cannot be shown.
    """

    most: int = 1
    rubric: Mapping[str, float] | None = None
    kind: ClassVar[str] = "photo"
    by_staff: ClassVar[bool] = True
    takes_photos: ClassVar[bool] = True
    check_label: ClassVar[str] = "Selesai"
    answer_first: ClassVar[str] = "Ambil atau pilih dulu fotonya."
    thanks: ClassVar[str] = "Terima kasih, fotonya sudah ada."

    @property
    def staff_rubric(self) -> Mapping[str, float]:
        """The rubric, or an empty one."""
        return self.rubric or {}

    def check(self) -> None:
        """Check the number of photos and the rubric."""
        if not is_whole(self.most) or not 1 <= self.most <= MOST_PHOTOS:
            raise QuestionError(f"{self.prompt!r}: most must be 1 to {MOST_PHOTOS}")
        object.__setattr__(self, "rubric", check_rubric(self.prompt, self.rubric))

    def fields(self) -> dict[str, object]:
        """Return how many photos, and the rubric."""
        return {"most": self.most} | rubric_to_json(self.staff_rubric)

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "Photo":
        """Return the question that `fields` described."""
        return cls(**rubric_from_json(fields))

    def accepts(self, answer: object) -> bool:
        """Return whether the answer lists photo names, each once."""
        return answer is None or answer == [] or 0 < len(photo_names(answer)) <= self.most

    def read(self, answer: object) -> Reading:
        """Return the photo names."""
        if answer is None or answer == []:
            return Empty()
        names = photo_names(answer)
        if not 0 < len(names) <= self.most:
            return Refused(UNREAD)
        return Answered(names, f"{len(names)} foto")

    def photos(self, answer: object) -> tuple[str, ...]:
        """Return the names, at most as many as are asked for."""
        return photo_names(answer)[: self.most]

    def judge(self, key: Key, value: Any, points: float) -> Judgement:
        """Return no points: staff mark it."""
        del key, value, points
        return Judgement(0)

    def check_key(self, key: Key, points: float) -> None:
        """Raise QuestionError: there is no key."""
        raise QuestionError("a photo has no key: staff mark it")


def photo_names(answer: object) -> tuple[str, ...]:
    """Return the photos an answer names; none where it is anything else than a list of names."""
    if not isinstance(answer, list) or len(answer) > MOST_PHOTOS:
        return ()
    if not all(isinstance(name, str) and _NAME.fullmatch(name) for name in answer):
        return ()
    return tuple(answer) if len(set(answer)) == len(answer) else ()
