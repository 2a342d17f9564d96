"""Formulas of authors; ours, as simpleeval reads decimals as floats, and here each number is exact.

They are parsed and evaluated here, never by Python's `eval`: + - * / of whole numbers and decimals,
parentheses, `bulat(x, step)`, comparisons joined by `and`. A hyphen in a name is written `_`.

>>> evaluate("(omzet - bahan) / porsi", {"omzet": 90_000, "bahan": 60_000, "porsi": 20})
Fraction(1500, 1)
>>> fill("{nama} untung {omzet - bahan:rp}.", {"nama": "Bu Siti", "omzet": 900, "bahan": 600})
'Bu Siti untung Rp300.'
"""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Final

from umkm.errors import QuestionError
from umkm.money import format_rupiah, group_digits

Values = Mapping[str, int | Fraction | str]

_LONGEST: Final = 300
_PLACEHOLDER: Final = re.compile(r"\{([^{}:]*)(?::([a-z]*))?\}")
_OPERATORS: Final[Mapping[type, Callable[[Fraction, Fraction], Fraction]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARISONS: Final[Mapping[type, Callable[[Fraction, Fraction], bool]]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def evaluate(formula: str, values: Values) -> Fraction:
    """Return the value of a formula.

    Raises:
        QuestionError: it is no formula, a name has no number, or something is divided by 0.
    """
    return _value(_parse(formula), formula, values)


def holds(condition: str, values: Values) -> bool:
    """Return whether a condition (`omzet > bahan and porsi >= 2`) holds; an empty one does.

    Raises:
        QuestionError: it is no condition.
    """
    if not condition.strip():
        return True
    node = _parse(condition)
    parts = node.values if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And) else [node]
    return all(_compare(part, condition, values) for part in parts)


def names_in(formula: str) -> frozenset[str]:
    """Return the names a formula uses.

    Raises:
        QuestionError: it is no formula.
    """
    return frozenset(
        node.id
        for node in ast.walk(_parse(formula))
        if isinstance(node, ast.Name) and node.id != "bulat"
    )


def fill(text: str, values: Values) -> str:
    """Return a text with each `{formula}` evaluated; `{formula:rp}` is written as Rupiah.

    Raises:
        QuestionError: a formula that cannot be evaluated, or a sum that is no whole Rupiah.
    """
    return _PLACEHOLDER.sub(lambda found: _written(found[1], found[2] or "", values), text)


def is_placeholder(text: object) -> bool:
    """Return whether a text is one placeholder and nothing else: `{omzet}`."""
    return isinstance(text, str) and bool(_PLACEHOLDER.fullmatch(text))


def has_placeholder(text: str) -> bool:
    """Return whether a text has a placeholder for a number."""
    return bool(_PLACEHOLDER.search(text))


def whole(value: Fraction, what: str) -> int:
    """Return a value as a whole number.

    Raises:
        QuestionError: it is none.
    """
    if value.denominator != 1:
        raise QuestionError(f"{what}: {float(value)} is no whole number")
    return int(value)


def as_name(item: str) -> str:
    """Return the name of an item in formulas."""
    return item.replace("-", "_")


def _written(formula: str, style: str, values: Values) -> str:
    name = formula.strip()
    if isinstance(text := values.get(name), str):
        return text
    value = evaluate(name, values)
    if style == "rp":
        return format_rupiah(whole(value, formula))
    if style:
        raise QuestionError(f"{{{formula}:{style}}}: only ':rp' is known")
    return group_digits(int(value)) if value.denominator == 1 else _decimal(value)


def _decimal(value: Fraction) -> str:
    # Babel's tables are large: only a text that shows a number loads them.
    from babel.numbers import format_decimal  # noqa: PLC0415

    return format_decimal(round(float(value), 4), locale="id_ID")


def _parse(formula: str) -> ast.expr:
    if not isinstance(formula, str) or len(formula) > _LONGEST:
        raise QuestionError(f"{str(formula)[:40]!r} is no formula of at most {_LONGEST} characters")
    try:
        return ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise QuestionError(f"{formula!r} is no formula") from error


def _value(node: ast.expr, formula: str, values: Values) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as number) if _is_number(number):
            return Fraction(str(number))
        case ast.Name(id=name):
            return _named(name, formula, values)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, formula, values)
        case ast.BinOp(op=op, left=left, right=right) if type(op) in _OPERATORS:
            sides = _value(left, formula, values), _value(right, formula, values)
            if isinstance(op, ast.Div) and sides[1] == 0:
                raise QuestionError(f"{formula!r} divides by 0")
            return _OPERATORS[type(op)](*sides)
        case ast.Call(func=ast.Name(id="bulat"), args=[inner, step], keywords=[]):
            unit = _value(step, formula, values)
            if unit <= 0:
                raise QuestionError(f"{formula!r}: bulat(x, step) needs a step above 0")
            # Half rounds up; Python's round() would round half to even.
            return (_value(inner, formula, values) / unit + Fraction(1, 2)).__floor__() * unit
    raise QuestionError(f"{formula!r}: only + - * / ( ) bulat(x, step) and names may stand there")


def _is_number(value: float) -> bool:
    # 1e999 is infinity to Python.
    return not isinstance(value, bool) and math.isfinite(value)


def _named(name: str, formula: str, values: Values) -> Fraction:
    value = values.get(name)
    if value is None or isinstance(value, str):
        raise QuestionError(f"{formula!r}: {name!r} is no number here")
    return Fraction(value)


def _compare(node: ast.expr, condition: str, values: Values) -> bool:
    if not isinstance(node, ast.Compare) or any(type(op) not in _COMPARISONS for op in node.ops):
        raise QuestionError(f"{condition!r} is no comparison")
    sides = [_value(side, condition, values) for side in (node.left, *node.comparators)]
    return all(
        _COMPARISONS[type(op)](*pair) for op, pair in zip(node.ops, pairwise(sides), strict=True)
    )
