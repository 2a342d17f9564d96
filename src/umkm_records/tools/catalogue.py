"""A participant's own catalogue (Katalog): stored after a consent of its own, for that person alone.

It is exported with the person's copy, erased on request, and no report reads it. What changes it is done
to the catalogue as it is at that moment: of two phones, neither undoes the other's work.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from umkm.marketing import Seller, Storefront, storefront_from_plain, storefront_to_plain
from umkm_records.audit import AuditAction, note
from umkm_records.clock import moment
from umkm_records.database.rows import claim_person, find_person
from umkm_records.database.storage import Records
from umkm_records.people.privacy import truncate_write_ahead_log
from umkm_records.photos.photos import delete_unreferenced
from umkm_records.tables import ConsentRow, StorefrontRow
from umkm_records.tools.cash_book import Owner
from umkm_records.tools.errors import StorefrontClosed


@dataclass(frozen=True)
class KeptStorefront:
    """A catalogue as it was read; `opened_at` distinguishes it from a later one."""

    opened_at: datetime
    storefront: Storefront


def open_storefront(
    records: Records,
    owner: Owner,
    seller: Seller,
    consent_version: str,
    now: datetime | None = None,
) -> KeptStorefront:
    """Begin a person's catalogue and note their consent; one that is there already stays.

    Raises:
        UnknownParticipant: nobody has this code.
        StorageError: nothing was begun.
    """
    at = moment(now)
    with records.transaction() as session:
        person = claim_person(session, owner.code)
        row = session.get(StorefrontRow, person.id)
        if row is None:
            consent = ConsentRow(participant_id=person.id, version=consent_version, given_at=at)
            session.add(consent)
            session.flush()
            row = StorefrontRow(
                participant_id=person.id,
                content=storefront_to_plain(Storefront(seller)),
                consent_id=consent.id,
                opened_at=at,
                changed_at=at,
            )
            session.add(row)
            note(session, AuditAction(owner.by, "storefront_opened", person.code), at)
            session.flush()
        return _view(row)


def read_storefront(records: Records, code: str) -> KeptStorefront | None:
    """Return a person's catalogue, or None where they have none here.

    Raises:
        StorageError: the records could not be read.
    """
    with records.read_session() as session:
        person = find_person(session, code)
        row = session.get(StorefrontRow, person.id) if person is not None else None
        return _view(row) if row is not None else None


def change_storefront(
    records: Records,
    code: str,
    known: KeptStorefront,
    change: Callable[[Storefront], Storefront],
    now: datetime | None = None,
) -> KeptStorefront:
    """Change a person's catalogue; `change` is called with its present state.

    Raises:
        MarketingError: `change` refuses; nothing is changed.
        StorefrontClosed: it was erased meanwhile.
        StorageError: nothing was changed.
    """
    at = moment(now)
    with records.transaction() as session:
        person = claim_person(session, code)
        row = _still_open(session, person.id, known)
        row.content = storefront_to_plain(change(storefront_from_plain(row.content)))
        row.changed_at = at
        return _view(row)


def erase_storefront(records: Records, owner: Owner, now: datetime | None = None) -> None:
    """Erase a person's catalogue with those photos that nothing else names; end their consent to it.

    Raises:
        UnknownParticipant: nobody has this code.
        StorageError: nothing was erased.
    """
    at = moment(now)
    with records.transaction() as session:
        person = claim_person(session, owner.code)
        row = session.get(StorefrontRow, person.id)
        if row is None:
            return
        photos = {one.photo for one in storefront_from_plain(row.content).products} - {""}
        if (consent := session.get(ConsentRow, row.consent_id)) is not None:
            consent.withdrawn_at = at
        session.delete(row)
        session.flush()
        delete_unreferenced(session, person.id, photos)
        note(session, AuditAction(owner.by, "storefront_erased", person.code), at)
    truncate_write_ahead_log(records)


def _still_open(session: Session, participant_id: int, known: KeptStorefront) -> StorefrontRow:
    row = session.get(StorefrontRow, participant_id)
    if row is None or row.opened_at != known.opened_at:
        raise StorefrontClosed
    return row


def _view(row: StorefrontRow) -> KeptStorefront:
    return KeptStorefront(row.opened_at, storefront_from_plain(row.content))
