"""Questions, answers and marks: one set of rules for the phone, for nbgrader and for reports.

An answer is plain JSON: the option id for a single choice, the text as typed for an amount and for
a text, a list or an object where there are several parts, `None` when nothing was answered. `read`,
`readable`, `is_well_formed` and `mark` are total: whatever JSON comes in, they return and never
raise.

>>> laci = single_choice("Uang belanja dapur dari laci mana?", {"usaha": "Usaha", "rumah": "Rumah"})
>>> mark(laci, Key("rumah"), "rumah", 2).points
2
"""

from umkm.exercise.answers import clean_answer, is_well_formed, read, readable
from umkm.exercise.keys import Key
from umkm.exercise.kinds import (
    FillStatement,
    LongText,
    MatchPairs,
    Number,
    Photo,
    PutInOrder,
    RupiahAmount,
    SeveralChoices,
    ShortText,
    SingleChoice,
    SortIntoBins,
    SpotIt,
    TableEntry,
)
from umkm.exercise.kinds.photos import photo_names
from umkm.exercise.marking import Mark, check_key, mark
from umkm.exercise.misunderstandings import Misunderstandings
from umkm.exercise.question import Question
from umkm.exercise.questions import (
    fill_statement,
    long_text,
    match_pairs,
    number,
    photo,
    put_in_order,
    question_from_json,
    question_to_json,
    rupiah,
    several_choices,
    short_text,
    single_choice,
    sort_into_bins,
    spot_it,
    table_entry,
)
from umkm.exercise.readings import Answered, Empty, Reading, Refused
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
    "Answered",
    "Asking",
    "Empty",
    "FillStatement",
    "Key",
    "LongText",
    "Mark",
    "MatchPairs",
    "Misunderstandings",
    "Number",
    "Photo",
    "PutInOrder",
    "Question",
    "Reading",
    "Refused",
    "RupiahAmount",
    "SeveralChoices",
    "ShortText",
    "SingleChoice",
    "SortIntoBins",
    "SpotIt",
    "TableEntry",
    "Variant",
    "Varied",
    "asking_from_json",
    "asking_to_json",
    "check_asking",
    "check_key",
    "clean_answer",
    "fill_statement",
    "is_well_formed",
    "long_text",
    "make",
    "mark",
    "match_pairs",
    "number",
    "photo",
    "photo_names",
    "put_in_order",
    "question_from_json",
    "question_to_json",
    "read",
    "readable",
    "rupiah",
    "seed_of",
    "several_choices",
    "short_text",
    "single_choice",
    "sort_into_bins",
    "spot_it",
    "table_entry",
    "template_of",
    "vary",
]
