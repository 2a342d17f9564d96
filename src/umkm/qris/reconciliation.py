"""Compares a provider's settlement list with the cash book; each line gets an outcome.

matched      booked and settled
fee-wrong    the same, but the fee is not what the tariff says
amount-wrong the same reference, another amount
missing      booked, not settled: ask the provider, or it was never paid
unbooked     settled, not booked: write it down
double       the same payment a second time, in either list
refunded     money given back to the buyer
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final, TypeVar

from umkm.money import format_rupiah
from umkm.qris.booked_sums import some_days, whole_days
from umkm.qris.compared import (
    BookEntry,
    Item,
    Outcome,
    Reconciliation,
    SettlementLine,
    Terms,
    fee_complaint,
    plain_reference,
)

_Row = TypeVar("_Row")

_NO_TERMS: Final = Terms()


def reconcile(
    book: Iterable[BookEntry], settled: Iterable[SettlementLine], terms: Terms = _NO_TERMS
) -> Reconciliation:
    """Return a comparison of the cash book with a settlement list.

    References decide where the two lists share any; otherwise equal amounts at most `terms.days`
    apart belong together, the nearest days first. A day whose entries come to the same sum as its lines
    agrees, however many there are of each: many shops book their sales once a day, and some the next
    morning or once a week (`booked_sums`). Two equal payments without a reference are two payments,
    unless the list gives them the same second of the day.

    Raises:
        InputError: a fee is to be checked on a day for which no rate is known.
    """
    # Copies: whoever hands in one object twice means two rows.
    entries, booked_twice = _split_doubles([replace(entry) for entry in book], _book_key)
    copies = [replace(line) for line in settled]
    lines, settled_twice = _split_doubles(copies, _line_key(copies))
    items = [_double(entry, None) for entry in booked_twice]
    items += [_double(None, line) for line in settled_twice]
    sales = [entry for entry in entries if entry.amount >= 0]
    refunded = [entry for entry in entries if entry.amount < 0]
    payments = [line for line in lines if not line.is_refund]
    refunds = [line for line in lines if line.is_refund]

    booked = {entry.on for entry in sales}
    agreed, sales, payments = whole_days(sales, payments, terms)
    items += agreed
    pairs, sales, unbooked = _pair(sales, payments, terms.days)
    items += [_judge(entry, line, terms) for entry, line in pairs]
    agreed, sales, unbooked = whole_days(sales, unbooked, terms)
    items += agreed
    agreed, sales, unbooked = some_days(sales, unbooked, terms, booked)
    items += agreed
    noted, refunded, open_refunds = _pair(refunded, refunds, terms.days)
    items += [_refunded(entry, line, noted=True) for entry, line in noted]
    # A list may show a sale given back as one line only, the refund: then the sale is not missing.
    # Where the payment stands in the list too, the refund belongs to that one.
    shown = {plain_reference(line.reference) for line in payments} - {""}
    alone = [line for line in open_refunds if plain_reference(line.reference) not in shown]
    undone, sales, strays = _pair(sales, alone, terms.days)
    items += [_refunded(entry, line, noted=False) for entry, line in undone]
    items += [_refunded(None, line, noted=False) for line in strays]
    known = [line for line in open_refunds if plain_reference(line.reference) in shown]
    items += [_refunded(None, line, noted=False) for line in known]
    items += [_missing(entry) for entry in (*sales, *refunded)]
    items += [_unbooked(line) for line in unbooked]
    return Reconciliation(tuple(items))


def _split_doubles(
    rows: list[_Row], key: Callable[[_Row], tuple[object, ...] | None]
) -> tuple[list[_Row], list[_Row]]:
    seen: Counter[tuple[object, ...]] = Counter()
    first: list[_Row] = []
    again: list[_Row] = []
    for row in rows:
        identity = key(row)
        (again if identity is not None and seen[identity] else first).append(row)
        if identity is not None:
            seen[identity] += 1
    return first, again


def _book_key(entry: BookEntry) -> tuple[object, ...] | None:
    reference = plain_reference(entry.reference)
    return (reference, entry.amount) if reference else None


def _line_key(
    lines: Sequence[SettlementLine],
) -> Callable[[SettlementLine], tuple[object, ...] | None]:
    """Return what tells one line's identity, where the list gives it one."""
    amounts: dict[tuple[date, time | None], set[int]] = defaultdict(set)
    for line in lines:
        amounts[line.on, line.at].add(line.amount)

    def key(line: SettlementLine) -> tuple[object, ...] | None:
        amount = abs(line.amount)
        if reference := plain_reference(line.reference):
            return (reference, amount, line.is_refund)
        # Two people may pay the same within a minute; and an hour that different payments share is the
        # hour at which the list was closed.
        exact = line.at is not None and line.at.second and len(amounts[line.on, line.at]) == 1
        return (line.on, line.at, amount, line.is_refund) if exact else None

    return key


_Pairs = list[tuple[BookEntry, SettlementLine]]


def _pair(
    entries: Sequence[BookEntry], lines: Sequence[SettlementLine], days: int
) -> tuple[_Pairs, list[BookEntry], list[SettlementLine]]:
    """Return what belongs together, then the entries and the lines left over, in their order."""
    pairs = _pair_by_reference(entries, lines)
    # Where references meet, two different ones are two payments; where none do, they are the
    # numbers of two systems and say nothing.
    trusted = bool(pairs)
    entries, lines = _without(entries, lines, pairs)
    pairs += _pair_by_amount(entries, lines, days, trusted=trusted)
    return (pairs, *_without(entries, lines, pairs))


def _without(
    entries: Sequence[BookEntry], lines: Sequence[SettlementLine], pairs: _Pairs
) -> tuple[list[BookEntry], list[SettlementLine]]:
    used = {id(entry) for entry, _ in pairs} | {id(line) for _, line in pairs}
    return [e for e in entries if id(e) not in used], [x for x in lines if id(x) not in used]


def _pair_by_reference(entries: Sequence[BookEntry], lines: Sequence[SettlementLine]) -> _Pairs:
    waiting: dict[str, list[SettlementLine]] = defaultdict(list)
    for line in lines:
        if reference := plain_reference(line.reference):
            waiting[reference].append(line)
    pairs = []
    for entry in entries:
        candidates = waiting.get(plain_reference(entry.reference), [])
        if candidates:
            same = [x for x in candidates if abs(x.amount) == abs(entry.amount)]
            line = (same or candidates)[0]
            candidates[:] = [x for x in candidates if x is not line]
            pairs.append((entry, line))
    return pairs


def _pair_by_amount(
    entries: Sequence[BookEntry], lines: Sequence[SettlementLine], days: int, *, trusted: bool
) -> _Pairs:
    waiting: dict[tuple[int, date, bool], deque[SettlementLine]] = defaultdict(deque)
    for line in lines:
        waiting[abs(line.amount), line.on, bool(plain_reference(line.reference))].append(line)
    pairs: _Pairs = []
    open_entries = list(entries)
    for distance in range(days + 1):
        still_open = []
        for entry in open_entries:
            named = (False,) if trusted and plain_reference(entry.reference) else (False, True)
            shifts = dict.fromkeys((timedelta(distance), timedelta(-distance)))
            keys = [(abs(entry.amount), entry.on + s, n) for s in shifts for n in named]
            found = next((waiting[key] for key in keys if waiting.get(key)), None)
            if found:
                pairs.append((entry, found.popleft()))
            else:
                still_open.append(entry)
        open_entries = still_open
    return pairs


def _judge(entry: BookEntry, line: SettlementLine, terms: Terms) -> Item:
    if entry.amount != line.amount:
        message = (
            f"Di buku {format_rupiah(entry.amount)}, dari penyedia {format_rupiah(line.amount)}. "
            "Periksa notanya, lalu betulkan yang salah."
        )
        return Item(Outcome.AMOUNT_WRONG, entry, line, message)
    if complaint := fee_complaint(line, terms):
        return Item(Outcome.FEE_WRONG, entry, line, complaint)
    return Item(Outcome.MATCHED, entry, line, "Cocok.")


def _double(entry: BookEntry | None, line: SettlementLine | None) -> Item:
    where = "di buku kas" if entry else "di daftar penyedia"
    advice = "Hapus satu." if entry else "Tanyakan ke penyedia."
    return Item(Outcome.DOUBLE, entry, line, f"Tertulis dua kali {where}. {advice}")


def _refunded(entry: BookEntry | None, line: SettlementLine, *, noted: bool) -> Item:
    message = f"{format_rupiah(abs(line.amount))} dikembalikan kepada pembeli."
    advice = "Sudah tercatat." if noted else "Catat sebagai uang kembali, supaya omzet benar."
    return Item(Outcome.REFUNDED, entry, line, f"{message} {advice}")


def _missing(entry: BookEntry) -> Item:
    message = (
        f"{format_rupiah(entry.amount)} ada di buku, tidak ada di daftar ini. "
        "Belum cair, atau pembayarannya tidak pernah masuk. Periksa riwayat aplikasi penyedia."
    )
    return Item(Outcome.MISSING, entry, None, message)


def _unbooked(line: SettlementLine) -> Item:
    message = (
        f"{format_rupiah(line.amount)} sudah dibayar pembeli, belum ada di buku. Catat sekarang."
    )
    return Item(Outcome.UNBOOKED, None, line, message)
