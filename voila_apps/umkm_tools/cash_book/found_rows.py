"""The rows of an imported list: which the book already has, and which transactions they become."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from umkm.bookkeeping import Ledger, Transaction
from umkm.bookkeeping.transactions import person_key, tidy
from umkm_tools.cash_book.meaning import Choice


@dataclass(frozen=True)
class Row:
    """One parsed row: its transaction, or the choices for its owner."""

    number: int
    transaction: Transaction
    came: bool
    choices: tuple[Choice, ...] = ()

    @property
    def words(self) -> str:
        """Return what rows of one question have in common."""
        bare = re.sub(r"[\d.,]+", " ", self.transaction.note.casefold())
        return f"{'masuk' if self.came else 'keluar'}: {' '.join(bare.split())}"


@dataclass
class Found:
    """A parsed list: rows in order of time, and refused rows with the reason."""

    rows: list[Row] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    month_first: bool = False

    @property
    def transactions(self) -> list[Transaction]:
        """Return what is known without asking."""
        return [row.transaction for row in self.rows if not row.choices]


def fresh(found: Found, ledger: Ledger) -> list[Row]:
    """Return the rows that the book does not have yet; what was undone may come again.

    A row is there if a transaction of its day, amount and words is: of the same kind, or taken from a
    list, since its owner may have said then what it was.
    """
    there: dict[tuple[object, ...], list[Transaction]] = defaultdict(list)
    for one in ledger.transactions:
        if one.id not in ledger.undone and not one.undoes:
            there[_key(one)].append(one)
    new = []
    for row in found.rows:
        like = there[_key(row.transaction)]
        same = next((one for one in like if _is_same(row, one)), None)
        if same is not None:
            like.remove(same)
            continue
        name = row.transaction.id
        while name in ledger.by_id:
            # Taken before and undone.
            name = f"daftar-{hashlib.sha256(name.encode()).hexdigest()[:24]}"
        new.append(replace(row, transaction=replace(row.transaction, id=name)))
    return new


def chosen(rows: Iterable[Row], answers: Mapping[str, Choice]) -> list[Transaction]:
    """Return transactions of what is known and of what was answered; the rest is left out."""
    made = []
    for row in rows:
        if not row.choices:
            made.append(row.transaction)
        elif (answer := answers.get(row.words)) in row.choices and answer is not None:
            made.append(replace(row.transaction, kind=answer[0], category=answer[1]))
    return made


def _key(one: Transaction) -> tuple[object, ...]:
    return one.on, one.amount, tidy(one.note).casefold()[:200]


def _is_same(row: Row, one: Transaction) -> bool:
    mine = row.transaction
    if row.choices or one.id.startswith("daftar-"):
        return one.id.startswith("daftar-")
    return mine.kind == one.kind and person_key(mine.person) == person_key(one.person)
