"""What a widget understood of an answer while it is being typed; the key plays no part."""

from typing import Final

from umkm.exercise import LongText, Question, Refused, RupiahAmount, SingleChoice, read
from umkm.money import Ambiguous, Amount, format_rupiah, parse_rupiah, rupiah_in_words

LONGEST_AMOUNT: Final = 200


def is_well_formed(question: Question, answer: object) -> bool:
    """Tell whether an answer may be kept as a draft: its type and size fit, whatever it means."""
    if answer is None:
        return True
    if not isinstance(answer, str):
        return False
    match question:
        case SingleChoice(options=options):
            return answer in options
        case RupiahAmount():
            return len(answer) <= LONGEST_AMOUNT
        case LongText(max_chars=max_chars):
            return len(answer) <= max_chars


def echo_of(question: Question, answer: object) -> dict[str, object]:
    """Give what to show below the field: the amount in words, a question back, or a problem."""
    if isinstance(question, RupiahAmount) and isinstance(answer, str):
        match parse_rupiah(answer):
            case Ambiguous(candidates=candidates) as unclear:
                return {
                    "ask": unclear.message,
                    "candidates": [_spell(value) for value in candidates],
                }
            case Amount(value=value) if not isinstance(read(question, answer), Refused):
                return _spell(value)
    match read(question, answer):
        case Refused(message=message):
            return {"problem": message}
    return {}


def _spell(value: int) -> dict[str, object]:
    return {"text": format_rupiah(value), "words": rupiah_in_words(value)}
