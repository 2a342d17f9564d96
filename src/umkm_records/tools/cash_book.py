"""A participant's own cash book: specific personal data (UU 27/2022 Ps. 4), so kept apart.

It exists only after a consent of its own, is exported with the person's copy, erased on request, and
no report reads it. Transactions are added and never changed; each has an id from the phone it was
written on, so that sending it twice adds it once. Each addition is checked against the whole book as
it is at that moment: two phones that write at once both see what the other wrote.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from umkm.bookkeeping import (
    Business,
    Ledger,
    Refusal,
    Transaction,
    chart,
    from_plain,
    to_plain,
)
from umkm_records.audit import AuditAction, note
from umkm_records.clock import moment
from umkm_records.database.rows import claim_person, find_person
from umkm_records.database.storage import Records
from umkm_records.errors import StorageLocked
from umkm_records.people.privacy import truncate_write_ahead_log
from umkm_records.tables import BookEntryRow, BookRow, ConsentRow
from umkm_records.tools.errors import BookClosed, BookFull

MOST_ENTRIES = 20_000
#: So often a book may grow while something is calculated for it; two phones of one person write seldom.
_MOST_TRIES = 5


@dataclass(frozen=True)
class KeptBook:
    """A book as it was read: later reads only fetch what was added after `upto`."""

    opened_at: datetime
    ledger: Ledger
    upto: int


@dataclass(frozen=True)
class Owner:
    """Whose book, and who acts: the person, or a command of the trainer's."""

    code: str
    by: str = "peserta"


def open_book(
    records: Records,
    owner: Owner,
    business: Business,
    consent_version: str,
    now: datetime | None = None,
) -> KeptBook:
    """Begin a person's book and note their consent; a book that is there already stays.

    Raises:
        UnknownParticipant: nobody has this code.
        UnknownChoice: no kind of business has this name.
        StorageError: nothing was begun.
    """
    chart(business)
    at = moment(now)
    with records.transaction() as session:
        person = claim_person(session, owner.code)
        if session.get(BookRow, person.id) is None:
            consent = ConsentRow(participant_id=person.id, version=consent_version, given_at=at)
            session.add(consent)
            session.flush()
            session.add(
                BookRow(
                    participant_id=person.id,
                    business=business,
                    consent_id=consent.id,
                    opened_at=at,
                )
            )
            note(session, AuditAction(owner.by, "book_opened", person.code), at)
            session.flush()
        return _read(session, person.id)


def read_book(records: Records, code: str, known: KeptBook | None = None) -> KeptBook | None:
    """Return a person's book, or None where they have none here.

    Args:
        records: the records.
        code: the participant's code.
        known: the book as it was read before; then only what is new is fetched.

    Raises:
        StorageError: the records could not be read.
    """
    with records.read_session() as session:
        person = find_person(session, code)
        if person is None or session.get(BookRow, person.id) is None:
            return None
        return _read(session, person.id, known)


def write_book(
    records: Records, code: str, known: KeptBook, new: Sequence[Transaction], today: date
) -> KeptBook:
    """Add transactions, all of them or none; one that is there already is not added again.

    Raises:
        BookError: one of them is not valid in the present book.
        BookClosed, BookFull: the book was erased meanwhile, or holds no more.
        StorageError: nothing was added.
    """

    def add(book: KeptBook) -> tuple[Ledger, list[Refusal]]:
        ledger = book.ledger
        for transaction in new:
            ledger = ledger.with_(transaction, today)
        return ledger, []

    return _write(records, code, known, add)[0]


def write_list(
    records: Records, code: str, known: KeptBook, new: Iterable[Transaction], today: date
) -> tuple[KeptBook, list[Refusal]]:
    """Add the valid transactions of a list; return those refused, each with its reason.

    Raises:
        BookClosed, BookFull: the book was erased meanwhile, or holds no more.
        StorageError: nothing was added.
    """
    listed = tuple(new)
    return _write(
        records, code, known, lambda book: book.ledger.with_all(listed, today), whole_list=True
    )


def erase_book(records: Records, owner: Owner, now: datetime | None = None) -> None:
    """Erase a person's book and end their consent to it; do nothing without a book.

    Raises:
        UnknownParticipant: nobody has this code.
        StorageError: nothing was erased.
    """
    at = moment(now)
    with records.transaction() as session:
        person = claim_person(session, owner.code)
        book = session.get(BookRow, person.id)
        if book is None:
            return
        session.execute(delete(BookEntryRow).where(BookEntryRow.participant_id == person.id))
        if (consent := session.get(ConsentRow, book.consent_id)) is not None:
            consent.withdrawn_at = at
        session.delete(book)
        note(session, AuditAction(owner.by, "book_erased", person.code), at)
    truncate_write_ahead_log(records)


def _write(
    records: Records,
    code: str,
    known: KeptBook,
    add: Callable[[KeptBook], tuple[Ledger, list[Refusal]]],
    *,
    whole_list: bool = False,
) -> tuple[KeptBook, list[Refusal]]:
    """Write the ledger that `add` returns for the present book.

    Calculating a whole book takes up to seconds, and SQLite has one writer at a time: it is done
    before the transaction, and again where the book has grown meanwhile; the last time within the
    transaction, but for a list, which may take long.
    """
    for _ in range(_MOST_TRIES):
        book = read_book(records, code, known)
        if book is None or book.opened_at != known.opened_at:
            raise BookClosed
        ledger, refused = add(book)
        with records.transaction() as session:
            person = claim_person(session, code)
            if _stands(session, person.id, book):
                return _add(session, person.id, book, ledger), refused
        known = book
    if whole_list:
        raise StorageLocked
    with records.transaction() as session:
        person = claim_person(session, code)
        _stands(session, person.id, known)
        book = _read(session, person.id, known)
        ledger, refused = add(book)
        return _add(session, person.id, book, ledger), refused


def _stands(session: Session, participant_id: int, book: KeptBook) -> bool:
    """Return whether a book is open, and has not grown since it was read.

    Raises:
        BookClosed: it was erased meanwhile.
    """
    row = session.get(BookRow, participant_id)
    if row is None or row.opened_at != book.opened_at:
        raise BookClosed
    mine = BookEntryRow.participant_id == participant_id
    newer = select(BookEntryRow.id).where(mine, BookEntryRow.id > book.upto).limit(1)
    return session.scalar(newer) is None


def _read(session: Session, participant_id: int, known: KeptBook | None = None) -> KeptBook:
    book = session.get_one(BookRow, participant_id)
    business: Business = book.business  # type: ignore[assignment]  # what `open_book` let in
    if known is None or known.opened_at != book.opened_at:
        known = KeptBook(book.opened_at, Ledger.of(business), 0)
    rows = session.execute(
        select(BookEntryRow.id, BookEntryRow.entry)
        .where(BookEntryRow.participant_id == participant_id, BookEntryRow.id > known.upto)
        .order_by(BookEntryRow.id)
    ).all()
    if not rows:
        return known
    added = (from_plain(entry) for _, entry in rows)
    ledger = Ledger.of(business, (*known.ledger.transactions, *added))
    return KeptBook(book.opened_at, ledger, rows[-1].id)


def _add(session: Session, participant_id: int, book: KeptBook, ledger: Ledger) -> KeptBook:
    new = ledger.transactions[len(book.ledger.transactions) :]
    if not new:
        return book
    if len(ledger.transactions) > MOST_ENTRIES:
        raise BookFull
    at = moment(None)
    rows = [
        BookEntryRow(
            participant_id=participant_id,
            entry_id=transaction.id,
            entry=to_plain(transaction),
            written_at=at,
        )
        for transaction in new
    ]
    session.add_all(rows)
    session.flush()
    return KeptBook(book.opened_at, ledger, max(row.id for row in rows))
