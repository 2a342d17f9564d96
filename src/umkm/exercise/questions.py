"""The three kinds of question and their JSON form. What is right is not in here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from umkm.errors import QuestionError

Kind = Literal["single_choice", "rupiah", "long_text"]

MAX_PROMPT = 2_000
MAX_OPTION_TEXT = 300
MAX_LONG_TEXT = 10_000
_OPTION_ID = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True)
class SingleChoice:
    """A question with one right option; `options` maps option id to text, in the order shown."""

    prompt: str
    options: Mapping[str, str]
    kind: ClassVar[Kind] = "single_choice"

    def __post_init__(self) -> None:
        _check_prompt(self.prompt)
        if not isinstance(self.options, Mapping) or not 2 <= len(self.options) <= 10:
            raise QuestionError(f"{self.prompt!r}: give 2 to 10 options, option id -> text")
        for option, text in self.options.items():
            if not isinstance(option, str) or not _OPTION_ID.fullmatch(option):
                raise QuestionError(f"option id {option!r}: use a-z, 0-9 and '-', at most 40")
            if not isinstance(text, str) or not text.strip() or len(text) > MAX_OPTION_TEXT:
                raise QuestionError(f"option {option!r}: give it a text of 1-{MAX_OPTION_TEXT}")
        if len({text.strip().casefold() for text in self.options.values()}) < len(self.options):
            raise QuestionError(f"{self.prompt!r}: two options read the same")
        object.__setattr__(self, "options", dict(self.options))


@dataclass(frozen=True)
class RupiahAmount:
    """A question answered with an amount of money between `minimum` and `maximum` Rupiah."""

    prompt: str
    minimum: int = 0
    maximum: int = 10**12
    kind: ClassVar[Kind] = "rupiah"

    def __post_init__(self) -> None:
        _check_prompt(self.prompt)
        if not is_whole(self.minimum) or not is_whole(self.maximum):
            raise QuestionError(f"{self.prompt!r}: minimum and maximum are whole Rupiah")
        if self.minimum >= self.maximum:
            raise QuestionError(f"{self.prompt!r}: minimum must be below maximum")


@dataclass(frozen=True)
class LongText:
    """A question answered in the trainee's own words and marked by staff."""

    prompt: str
    max_chars: int = 4_000
    kind: ClassVar[Kind] = "long_text"

    def __post_init__(self) -> None:
        _check_prompt(self.prompt)
        if not is_whole(self.max_chars) or not 1 <= self.max_chars <= MAX_LONG_TEXT:
            raise QuestionError(f"{self.prompt!r}: max_chars must be 1 to {MAX_LONG_TEXT}")


Question = SingleChoice | RupiahAmount | LongText


def single_choice(prompt: str, options: Mapping[str, str]) -> SingleChoice:
    """Ask for one option of several.

    Raises:
        QuestionError: fewer than two options, a bad option id, two options with one text.
    """
    return SingleChoice(prompt, options)


def rupiah(prompt: str, minimum: int = 0, maximum: int = 10**12) -> RupiahAmount:
    """Ask for an amount of money.

    Raises:
        QuestionError: the bounds are not whole Rupiah or leave nothing between them.
    """
    return RupiahAmount(prompt, minimum, maximum)


def long_text(prompt: str, max_chars: int = 4_000) -> LongText:
    """Ask for an answer in the trainee's own words.

    Raises:
        QuestionError: the prompt is empty or `max_chars` is out of range.
    """
    return LongText(prompt, max_chars)


def question_to_json(question: Question) -> dict[str, object]:
    """Give the question as plain JSON; options become a list, because its order matters."""
    shape: dict[str, object] = {"kind": question.kind, "prompt": question.prompt}
    match question:
        case SingleChoice(options=options):
            shape["options"] = [{"id": option, "text": text} for option, text in options.items()]
        case RupiahAmount(minimum=minimum, maximum=maximum):
            shape |= {"minimum": minimum, "maximum": maximum}
        case LongText(max_chars=max_chars):
            shape["max_chars"] = max_chars
    return shape


def question_from_json(shape: object) -> Question:
    """Give back the question that `question_to_json` wrote.

    Raises:
        QuestionError: any other JSON.
    """
    if not isinstance(shape, dict):
        raise QuestionError("a question is a JSON object with a 'kind'")
    fields = {str(name): value for name, value in shape.items() if name != "kind"}
    try:
        match shape.get("kind"):
            case "single_choice":
                fields["options"] = _options_from_json(fields.get("options"))
                return SingleChoice(**fields)
            case "rupiah":
                return RupiahAmount(**fields)
            case "long_text":
                return LongText(**fields)
    except TypeError as error:
        raise QuestionError(f"question {shape.get('kind')!r}: {error}") from error
    raise QuestionError(f"unknown kind of question {shape.get('kind')!r}")


def is_whole(value: object) -> bool:
    """Tell whether a JSON value is a whole number; `true` is not one."""
    return isinstance(value, int) and not isinstance(value, bool)


def _options_from_json(listed: object) -> dict[str, str]:
    if not isinstance(listed, list):
        raise QuestionError("options: a list of {id, text}")
    options: dict[str, str] = {}
    for entry in listed:
        if not isinstance(entry, dict) or set(entry) != {"id", "text"}:
            raise QuestionError(f"option {entry!r}: an object with id and text")
        if not isinstance(entry["id"], str) or entry["id"] in options:
            raise QuestionError(f"option id {entry['id']!r}: a text used once")
        options[entry["id"]] = entry["text"]
    return options


def _check_prompt(prompt: object) -> None:
    if not isinstance(prompt, str) or not prompt.strip() or len(prompt) > MAX_PROMPT:
        raise QuestionError(f"prompt {str(prompt)[:40]!r}: a text of 1 to {MAX_PROMPT} characters")
