"""Which six-digit PINs are guessed first: repeats, sequences, keypad lines and dates.

By rule where there is one: all 200 of the six-digit passwords that are commonest in the count that
zxcvbn carries (D. L. Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security
2016; frequency list of release 4.5.0, MIT licence) are refused, most of them by the kinds below, the
rest by name. Dates are refused as well, for a birthday is what somebody who knows a
person tries first. One PIN in ten is refused in all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

#: The straight lines of a telephone keypad, in both directions.
_KEYPAD = ("123", "456", "789", "147", "258", "369", "159", "357")
_LINES = frozenset(_KEYPAD) | {line[::-1] for line in _KEYPAD}
#: Around the keypad, twice, so that a walk may begin anywhere.
_AROUND = "12369874" * 2
#: Of the 200 commonest, those that no rule above takes in; counting by two over the ten; and the PIN
#: that our README prints for the sample class.
_NAMED = frozenset(
    """
    315475 314159 141627 906090 132435 362436 128500 420247 135246 787898 159632 655321 153624
    196969 142857 132456 145236 123567 132465 515000 321678 123890 159263 902100 214365 515051
    124038 258000 651550 232425 153759 837519 141516 823762
    246810 135790 246813
    """.split()  # noqa: SIM905 - a table of figures
)
#: A run of so many digits that are equal, or count up or down by one, gives a PIN away.
_RUN = 4
#: Years of birth of people who come to a class, and of their children.
_YEARS = range(1930, 2040)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def weakness(pin: str) -> str | None:
    """Return the kind of a PIN of six digits that is easy to guess, or None.

    >>> weakness("112233"), weakness("170845"), weakness("739164")
    ('pattern', 'date', None)
    """
    for kind, rules in _RULES.items():
        if any(rule(pin) for rule in rules):
            return kind
    return None


def _has_few_digits(pin: str) -> bool:
    return len(set(pin)) <= 2


def _repeats(pin: str) -> bool:
    return pin[:2] * 3 == pin or pin[:3] * 2 == pin


def _is_mirrored(pin: str) -> bool:
    return pin == pin[::-1]


def _is_pairs_or_triples(pin: str) -> bool:
    return pin[::2] == pin[1::2] or (len(set(pin[:3])) == 1 and len(set(pin[3:])) == 1)


def _counts(pin: str) -> bool:
    """Return whether all steps are equal, such as 135791 or 987654."""
    return len(set(_steps(pin))) == 1


def _has_a_run(pin: str) -> bool:
    steps = _steps(pin)
    return any(set(steps[start : start + _RUN - 1]) in ({0}, {1}, {9}) for start in range(7 - _RUN))


def _is_keypad_lines(pin: str) -> bool:
    """Return whether it is two lines of a keypad, one after the other or in turns (142536)."""
    return (pin[:3] in _LINES and pin[3:] in _LINES) or (pin[::2] in _LINES and pin[1::2] in _LINES)


def _walks_around(pin: str) -> bool:
    return pin in _AROUND or pin[::-1] in _AROUND


def _is_named(pin: str) -> bool:
    return pin in _NAMED


def _is_short_date(pin: str) -> bool:
    """Return whether it is ddmmyy, mmddyy or yymmdd; any two digits are a year."""
    first, middle, last = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    return _is_day(first, middle) or _is_day(middle, first) or _is_day(last, middle)


def _is_month_and_year(pin: str) -> bool:
    """Return whether it is mmyyyy or yyyymm."""
    return (int(pin[2:]) in _YEARS and 1 <= int(pin[:2]) <= 12) or (
        int(pin[:4]) in _YEARS and 1 <= int(pin[4:]) <= 12
    )


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def _steps(pin: str) -> list[int]:
    return [(int(after) - int(before)) % 10 for before, after in pairwise(pin)]


_RULES: Mapping[str, tuple[Callable[[str], bool], ...]] = {
    "pattern": (
        _has_few_digits,
        _repeats,
        _is_mirrored,
        _is_pairs_or_triples,
        _counts,
        _has_a_run,
        _is_keypad_lines,
        _walks_around,
        _is_named,
    ),
    "date": (_is_short_date, _is_month_and_year),
}
