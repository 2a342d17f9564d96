"""Which questions a participant should be asked again: after 1, 3, 7 and 21 days, sooner if wrong.

The scheduler is FSRS (`fsrs`), with those days as its learning steps: a right answer goes one step
on, a wrong one back to the start. After the last step its model of memory takes over.

>>> from datetime import UTC, datetime, timedelta
>>> monday = datetime(2026, 11, 23, 2, tzinfo=UTC)
>>> due_times([Checked("omzet", right=True, at=monday)])["omzet"] - monday
datetime.timedelta(days=1)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

SPACING: Final = (timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=21))
#: Somebody who was wrong just now gets it once more in the next lesson, even of the same day.
AFTER_WRONG: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Checked:
    """One practice question that a participant checked; `at` is in UTC."""

    question: str
    right: bool
    at: datetime


def due_times(history: Iterable[Checked]) -> Mapping[str, datetime]:
    """Return when each question of a history is due again.

    A right answer before a question is due says nothing new: people press the button twice, or
    practise once more at once. A wrong one always counts.
    """
    scheduler = _scheduler()
    cards: dict[str, Card] = {}
    for checked in sorted(history, key=lambda one: one.at):
        card = cards.get(checked.question)
        if card is None or not checked.right or checked.at >= card.due:
            cards[checked.question] = _review(scheduler, card, checked)
    return {question: card.due for question, card in cards.items()}


def pick(history: Iterable[Checked], pool: Sequence[str], count: int = 2) -> list[str]:
    """Return the questions of a pool to ask again, the most overdue first.

    Where fewer are due, those that will be due next follow: a course taken in one day asks about
    its earlier lessons too. Questions that were never checked come last, in the pool's order.
    """
    due = due_times(one for one in history if one.question in pool)
    met = sorted((one for one in pool if one in due), key=lambda one: due[one])
    new = [one for one in pool if one not in due]
    return [*met, *new][:count]


def _scheduler() -> "Scheduler":
    # Only the step Ingat needs it: no other page and no grader loads it.
    from fsrs import Scheduler  # noqa: PLC0415

    return Scheduler(learning_steps=(AFTER_WRONG, *SPACING), enable_fuzzing=False)


def _review(scheduler: "Scheduler", card: "Card | None", checked: Checked) -> "Card":
    from fsrs import Card, Rating  # noqa: PLC0415

    # Without an id of its own a card waits for the next millisecond of the clock to get one.
    before = card or Card(card_id=0, due=checked.at)
    rating = Rating.Good if checked.right else Rating.Again
    return scheduler.review_card(before, rating, checked.at)[0]
