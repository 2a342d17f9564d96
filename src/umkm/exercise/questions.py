"""How authors write questions, and their JSON form. What is right is not in here."""

from collections.abc import Mapping
from typing import Final

from umkm.errors import QuestionError
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
from umkm.exercise.kinds.spots import Paper
from umkm.exercise.kinds.table import Column
from umkm.exercise.question import Question

KINDS: Final[Mapping[str, type[Question]]] = {
    one.kind: one
    for one in (
        SingleChoice,
        SeveralChoices,
        RupiahAmount,
        Number,
        ShortText,
        LongText,
        MatchPairs,
        PutInOrder,
        SortIntoBins,
        TableEntry,
        FillStatement,
        SpotIt,
        Photo,
    )
}


def single_choice(prompt: str, options: Mapping[str, str]) -> SingleChoice:
    """Ask for one option of several.

    Raises:
        QuestionError: fewer than two options, a bad option id, two options with one text.
    """
    return SingleChoice(prompt, options)


def several_choices(prompt: str, options: Mapping[str, str]) -> SeveralChoices:
    """Ask for all options that fit.

    Raises:
        QuestionError: as for `single_choice`.
    """
    return SeveralChoices(prompt, options)


def rupiah(prompt: str, minimum: int = 0, maximum: int = 10**12) -> RupiahAmount:
    """Ask for an amount of money.

    Raises:
        QuestionError: the bounds are not whole Rupiah or leave nothing between them.
    """
    return RupiahAmount(prompt, minimum, maximum)


def number(
    prompt: str,
    unit: str = "",
    *,
    minimum: float = 0,
    maximum: float = 10**9,
    decimals: bool = False,
) -> Number:
    """Ask for a plain number, in `unit` (`"%"`, `"porsi"`) where it has one.

    Raises:
        QuestionError: a unit with digits in it, bounds that leave nothing between them.
    """
    return Number(prompt, unit, minimum, maximum, decimals)


def short_text(prompt: str, max_chars: int = 60) -> ShortText:
    """Ask for a word or two.

    Raises:
        QuestionError: `max_chars` is out of range.
    """
    return ShortText(prompt, max_chars)


def long_text(
    prompt: str, max_chars: int = 4_000, rubric: Mapping[str, float] | None = None
) -> LongText:
    """Ask for an answer in the trainee's own words; `rubric` is what staff look for -> points.

    Raises:
        QuestionError: the prompt is empty, `max_chars` is out of range, points that are none.
    """
    return LongText(prompt, max_chars, rubric or {})


def photo(prompt: str, most: int = 1, rubric: Mapping[str, float] | None = None) -> Photo:
    """Ask for up to `most` photos; `rubric` is what staff look for -> points.

    Raises:
        QuestionError: the prompt is empty, `most` is out of range, points that are none.
    """
    return Photo(prompt, most, rubric or {})


def match_pairs(prompt: str, items: Mapping[str, str], partners: Mapping[str, str]) -> MatchPairs:
    """Ask for the partner of each item; a partner may serve several items.

    Raises:
        QuestionError: too few or many of either, or two that read the same.
    """
    return MatchPairs(prompt, items, partners)


def put_in_order(prompt: str, items: Mapping[str, str]) -> PutInOrder:
    """Ask for the order of items, which are shown as written here: in some wrong order.

    Raises:
        QuestionError: too few or many items, or two that read the same.
    """
    return PutInOrder(prompt, items)


def sort_into_bins(prompt: str, items: Mapping[str, str], bins: Mapping[str, str]) -> SortIntoBins:
    """Ask into which bin each item belongs.

    Raises:
        QuestionError: too few or many of either, or two that read the same.
    """
    return SortIntoBins(prompt, items, bins)


def table_entry(prompt: str, columns: Mapping[str, Column]) -> TableEntry:
    """Ask for rows of a table: column id -> (label, "text", "rupiah" or options).

    Raises:
        QuestionError: too few or many columns, or one that cannot be drawn.
    """
    return TableEntry(prompt, columns)


def fill_statement(
    prompt: str, lines: Mapping[str, str], given: Mapping[str, int | str]
) -> FillStatement:
    """Ask for the lines (id -> label) of a statement whose amounts are not given.

    Raises:
        QuestionError: nothing is given, nothing is asked, or an amount that is none.
    """
    return FillStatement(prompt, lines, given)


def spot_it(prompt: str, paper: Paper, parts: Mapping[str, str], most: int = 1) -> SpotIt:
    """Ask for the wrong parts of a drawn paper: a "nota", "bukti", "stiker" ...

    Raises:
        QuestionError: a paper that we cannot draw, too few or many parts or taps.
    """
    return SpotIt(prompt, paper, parts, most)


def question_to_json(question: Question) -> dict[str, object]:
    """Give the question as plain JSON; what has an order becomes a list."""
    return {"kind": question.kind, "prompt": question.prompt, **question.fields()}


def question_from_json(shape: object) -> Question:
    """Give back the question that `question_to_json` wrote.

    Raises:
        QuestionError: any other JSON.
    """
    if not isinstance(shape, dict):
        raise QuestionError("a question is a JSON object with a 'kind'")
    kind = shape.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise QuestionError(f"unknown kind of question {kind!r}")
    fields = {str(name): value for name, value in shape.items() if name != "kind"}
    try:
        return KINDS[kind].from_fields(fields)
    except TypeError as error:
        raise QuestionError(f"question {kind!r}: {error}") from error
