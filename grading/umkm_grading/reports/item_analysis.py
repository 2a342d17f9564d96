"""Item analysis: how well an assignment's questions measure. Pure.

Sources: classical test theory; Kuder & Richardson 1937 (formula 20), Cronbach 1951. `reliability` is
Cronbach's alpha, which is KR-20 where every question is right or wrong, and stays meaningful with
partial points.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

#: Below this many people the figures say which way things lean, no more.
ENOUGH_PEOPLE = 30


@dataclass(frozen=True)
class ItemFigures:
    """One question: `difficulty` is the mean part of its points, 1 for a question all got right.

    `discrimination` is its correlation with the sum of the other questions; None where it or
    they do not vary.
    """

    question: str
    difficulty: float
    discrimination: float | None


@dataclass(frozen=True)
class Analysis:
    """The figures of an assignment over `people`; `reliability` is None where nothing varies."""

    people: int
    items: tuple[ItemFigures, ...]
    reliability: float | None

    @property
    def indicative(self) -> bool:
        """Return whether there are too few people to rely on the figures."""
        return self.people < ENOUGH_PEOPLE


def analyse(of: Mapping[str, float], points: Sequence[Mapping[str, float]]) -> Analysis:
    """Return the figures of an assignment.

    Args:
        of: the most points of each question.
        points: what each person got, with every question of `of`.
    """
    parts = {name: [row[name] / most for row in points] for name, most in of.items()}
    sums = [sum(row[name] for name in of) for row in points]
    items = tuple(
        ItemFigures(
            name,
            sum(parts[name]) / len(points) if points else 0.0,
            _correlation(
                [row[name] for row in points],
                [total - row[name] for total, row in zip(sums, points, strict=True)],
            ),
        )
        for name in of
    )
    columns = [[row[name] for row in points] for name in of]
    return Analysis(len(points), items, _alpha(columns, sums))


def never_chosen(options: Sequence[str], answers: Sequence[object]) -> list[str]:
    """Return the options nobody chose: wrong ones among them are useless."""
    chosen: set[object] = set()
    for answer in answers:
        chosen.update(answer if isinstance(answer, list) else [answer])
    return [option for option in options if option not in chosen]


def _alpha(columns: Sequence[Sequence[float]], sums: Sequence[float]) -> float | None:
    whole = _variance(sums)
    if len(columns) < 2 or not whole:
        return None
    within = sum(_variance(column) for column in columns)
    return len(columns) / (len(columns) - 1) * (1 - within / whole)


def _correlation(left: Sequence[float], right: Sequence[float]) -> float | None:
    spread = sqrt(_variance(left) * _variance(right))
    if not spread:
        return None
    mean_left, mean_right = sum(left) / len(left), sum(right) / len(right)
    together = zip(left, right, strict=True)
    return sum((a - mean_left) * (b - mean_right) for a, b in together) / len(left) / spread


def _variance(values: Sequence[float]) -> float:
    if not values:
        return 0.0
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / len(values)
