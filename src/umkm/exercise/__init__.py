"""Questions, answers and marks: one set of rules for the phone, for nbgrader and for reports.

An answer is plain JSON: the option id for a single choice, the text as typed for a Rupiah
amount and for a long text, `None` when nothing was answered. `read`, `readable` and `mark`
are total: whatever JSON comes in, they return and never raise.

>>> laci = single_choice("Uang belanja dapur dari laci mana?", {"usaha": "Usaha", "rumah": "Rumah"})
>>> mark(laci, Key("rumah"), "rumah", 2).points
2
"""

from umkm.exercise.answers import Answered, Empty, Reading, Refused, read, readable
from umkm.exercise.marking import Key, Mark, check_key, mark
from umkm.exercise.questions import (
    LongText,
    Question,
    RupiahAmount,
    SingleChoice,
    long_text,
    question_from_json,
    question_to_json,
    rupiah,
    single_choice,
)

__all__ = [
    "Answered",
    "Empty",
    "Key",
    "LongText",
    "Mark",
    "Question",
    "Reading",
    "Refused",
    "RupiahAmount",
    "SingleChoice",
    "check_key",
    "long_text",
    "mark",
    "question_from_json",
    "question_to_json",
    "read",
    "readable",
    "rupiah",
    "single_choice",
]
