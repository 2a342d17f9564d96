"""Questions, answers and marks: one set of rules for the phone, for nbgrader and for reports.

An answer is plain JSON: the option id for a single choice, the text as typed for an amount and for
a text, a list or an object where there are several parts, `None` when nothing was answered. `read`,
`readable`, `is_well_formed` and `mark` are total: whatever JSON comes in, they return and never
raise.

Each kind of question is here twice: as its class, and for authors under the name of the kind.

>>> laci = single_choice("Uang belanja dapur dari laci mana?", {"usaha": "Usaha", "rumah": "Rumah"})
>>> mark(laci, Key("rumah"), "rumah", 2).points
2
"""

from umkm.exercise.answers import clean_answer, is_well_formed, read, readable
from umkm.exercise.keys import Key
from umkm.exercise.kinds.photos import photo_names
from umkm.exercise.marking import Mark, check_key, mark
from umkm.exercise.misunderstandings import Misunderstandings
from umkm.exercise.parsed_answers import Answered, Empty, Reading, Refused
from umkm.exercise.question import Question
from umkm.exercise.questions import KINDS, question_from_json, question_to_json
from umkm.exercise.variants import (
    Asking,
    Variant,
    Varied,
    asking_from_json,
    asking_to_json,
    check_asking,
    make,
    seed_of,
    template_of,
    vary,
)

__all__ = [
    "KINDS",
    "Answered",
    "Asking",
    "Empty",
    "Key",
    "Mark",
    "Misunderstandings",
    "Question",
    "Reading",
    "Refused",
    "Variant",
    "Varied",
    "asking_from_json",
    "asking_to_json",
    "check_asking",
    "check_key",
    "clean_answer",
    "is_well_formed",
    "make",
    "mark",
    "photo_names",
    "question_from_json",
    "question_to_json",
    "read",
    "readable",
    "seed_of",
    "template_of",
    "vary",
]

globals().update(KINDS)
globals().update({kind.__name__: kind for kind in KINDS.values()})
