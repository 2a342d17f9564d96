"""Reads an answer, whatever JSON it is, and says it back in plain text."""

import unicodedata
from dataclasses import dataclass

from umkm.exercise.questions import LongText, Question, RupiahAmount, SingleChoice
from umkm.money import (
    Ambiguous,
    Amount,
    NotAnAmount,
    format_rupiah,
    group_digits,
    parse_rupiah,
)

NOT_ANSWERED = "Belum dijawab"
UNREADABLE = "(jawaban tidak terbaca)"
CUT = " … (dipotong)"

_MAX_SHOWN = 200


@dataclass(frozen=True)
class Answered:
    """A well-formed answer: `value` for marking, `shown` for people (plain text, not HTML)."""

    value: str | int
    shown: str


@dataclass(frozen=True)
class Empty:
    """Nothing was answered."""


@dataclass(frozen=True)
class Refused:
    """An answer that cannot be used; `message` tells the trainee what to do."""

    message: str


Reading = Answered | Empty | Refused


def read(question: Question, answer: object) -> Reading:
    """Say what an answer means to this question. Total: any JSON value is fine."""
    if answer is None or (isinstance(answer, str) and not clean_text(answer).strip()):
        return Empty()
    if not isinstance(answer, str):
        return Refused("Jawaban ini tidak terbaca. Silakan jawab lagi.")
    match question:
        case SingleChoice():
            return _read_choice(question, answer)
        case RupiahAmount():
            return _read_amount(question, answer)
        case LongText():
            return _read_text(question, answer)


def readable(question: Question, answer: object) -> str:
    """Give an answer as plain text for receipts and graders; never raises, long input is cut."""
    match read(question, answer):
        case Answered(shown=shown):
            return shown
        case Empty():
            return NOT_ANSWERED
        case Refused():
            if not isinstance(answer, str):
                return UNREADABLE
            limit = question.max_chars if isinstance(question, LongText) else _MAX_SHOWN
            text = clean_text(answer[: limit + 1]).strip()
            return text[:limit] + CUT if len(answer) > limit else text


def clean_text(text: str) -> str:
    """Give the text with one kind of line end and without characters no database or page takes.

    A phone that cuts an emoji in two sends half a surrogate pair; it becomes U+FFFD.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_printable(char) for char in lines)


def _printable(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    return "" if category == "Cc" and char not in "\n\t" else char


def _read_choice(question: SingleChoice, answer: str) -> Reading:
    if answer not in question.options:
        return Refused("Pilihan ini tidak ada. Silakan pilih lagi.")
    return Answered(answer, question.options[answer])


def _read_amount(question: RupiahAmount, answer: str) -> Reading:
    match parse_rupiah(answer):
        case Ambiguous() as unclear:
            return Refused(unclear.message)
        case NotAnAmount(message=message):
            return Refused(message)
        case Amount(value=value) if value < question.minimum:
            return Refused(f"Jumlahnya paling sedikit {format_rupiah(question.minimum)}.")
        case Amount(value=value) if value > question.maximum:
            return Refused(f"Jumlahnya paling banyak {format_rupiah(question.maximum)}.")
        case Amount(value=value):
            return Answered(value, format_rupiah(value))


def _read_text(question: LongText, answer: str) -> Reading:
    # The raw length is looked at first, so that a forged megabyte is never cleaned.
    if len(answer) > question.max_chars and len(answer.strip()) > question.max_chars:
        return Refused(
            f"Jawaban terlalu panjang, paling banyak {group_digits(question.max_chars)} huruf."
            " Silakan pendekkan."
        )
    text = clean_text(answer).strip()
    return Answered(text, text)
