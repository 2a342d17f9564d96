"""What a widget understood of an answer while it is being given; the key plays no part."""

from umkm.exercise import Number, Question, Refused, RupiahAmount, read
from umkm.money import Ambiguous, Amount, format_rupiah, parse_rupiah, rupiah_in_words
from umkm.quantities import UnclearNumber, format_quantity, parse_number


def echo_of(question: Question, answer: object) -> dict[str, object]:
    """Give what to show below the field: the amount in words, a question back, or a problem."""
    match question, answer:
        case RupiahAmount(), str() as typed:
            match parse_rupiah(typed):
                case Ambiguous(candidates=candidates) as unclear:
                    return {"ask": unclear.message, "candidates": list(map(_spell, candidates))}
                case Amount(value=value) if not isinstance(read(question, answer), Refused):
                    return _spell(value)
        case Number(unit=unit, decimals=decimals), str() as typed:
            match parse_number(typed, unit, decimals=decimals):
                case UnclearNumber(candidates=values) as twofold:
                    numbers = [
                        {"text": format_quantity(value, unit), "words": ""} for value in values
                    ]
                    return {"ask": twofold.message, "candidates": numbers}
    match read(question, answer):
        case Refused(message=message):
            return {"problem": message}
    return {}


def _spell(value: int) -> dict[str, object]:
    return {"text": format_rupiah(value), "words": rupiah_in_words(value)}
