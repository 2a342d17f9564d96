"""Parses an answer, whatever JSON it is, and returns it as plain text."""

from umkm.exercise.parsed_answers import Answered, Empty, Reading, Refused, clean_text
from umkm.exercise.question import Question
from umkm.exercise.variants import Asking, template_of

NOT_ANSWERED = "Belum dijawab"


def read(question: Question, answer: object) -> Reading:
    """Return the parsed answer. Never raises: any JSON value is an answer."""
    return question.read(answer)


def is_well_formed(asked: Asking, answer: object) -> bool:
    """Return whether an answer may be kept as a draft: its form and size fit, whatever it means.

    A variant's numbers play no part: which answers may be kept is the same for everybody.
    """
    return template_of(asked).accepts(answer)


def readable(question: Question, answer: object) -> str:
    """Return an answer as plain text for receipts and graders; never raises, long input is cut."""
    match question.read(answer):
        case Answered(shown=shown):
            return shown
        case Empty():
            return NOT_ANSWERED
        case Refused():
            return question.readable(answer)


def clean_answer(answer: object) -> object:
    """Return an answer with every text in it made storable (see `clean_text`)."""
    match answer:
        case str():
            return clean_text(answer)
        case list():
            return [clean_answer(part) for part in answer]
        case dict():
            return {name: clean_answer(part) for name, part in answer.items()}
    return answer
