"""Registration (Daftar)."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from umkm import InputError
from umkm.identity import check_name, check_pin, new_participant_code, parse_phone
from umkm.regions import check_business_kind, check_kelurahan
from umkm_records.classes.cohorts import cohort_row_by_join_code
from umkm_records.clock import moment
from umkm_records.database.storage import Records
from umkm_records.errors import FormError
from umkm_records.people.enrolment import NO_CONSENT, WRONG_CODE, add_enrolment
from umkm_records.people.pins import hash_pin
from umkm_records.people.profiles import Participant, profile
from umkm_records.people.registration_limits import admit, full, note_refusal
from umkm_records.tables import ConsentRow, ParticipantRow

PHONE_TAKEN = "Nomor HP ini sudah terdaftar. Silakan masuk dengan nomor ini dan PIN Anda."


@dataclass(frozen=True)
class Registration:
    """The form as typed; nothing in it is checked yet."""

    join_code: str
    name: str
    business_name: str
    business_kind: str
    kelurahan: str
    phone: str = field(repr=False)
    consent_version: str
    consent_given: bool
    pin: str = field(repr=False)


def register(
    records: Records,
    form: Registration,
    now: datetime | None = None,
    address: str | None = None,
) -> Participant:
    """Register a person in the class of the join code, with the proof of their consent.

    Args:
        records: Where to.
        form: What was typed.
        now: The time of it.
        address: Where the form comes from over the network: those are limited (`people.registration_limits`).
            None for what staff register themselves.

    Raises:
        FormError: with a sentence for each wrong field of the form, all at once. Whether a phone
            number is registered is disclosed only to someone whose form is right in all else.
        RegistrationPaused: too many forms came from this address.
    """
    at = moment(now)
    clean, errors = _check(form)
    with records.read_session() as session:
        cohort = cohort_row_by_join_code(session, form.join_code)
        if cohort is None:
            errors["join_code"] = WRONG_CODE
        if errors or cohort is None:
            raise FormError(errors)
        cohort_id = cohort.id
    if address is not None:
        admit(records, cohort_id, address, at)
    with records.read_session() as session:
        refused = _refusal(session, cohort_id, clean["phone"], address, at)
    if refused is not None:
        with records.transaction() as session:
            note_refusal(session, refused.action, cohort_id, address, at)
        raise FormError(refused.errors)
    pin_hash = hash_pin(clean.pop("pin"))
    row = ParticipantRow(**clean, pin_hash=pin_hash, session_version=1, joined_at=at)
    try:
        with records.transaction() as session:
            return _enter(session, row, form, address)
    except IntegrityError as error:
        # Only a database with several writers at once comes here: the check above has passed
        # for both of two people, or for one who pressed twice.
        raise FormError({"phone": PHONE_TAKEN}) from error


@dataclass(frozen=True)
class _Refusal:
    """Why a well-formed form is refused: the audit's action, and the person's messages."""

    action: str
    errors: Mapping[str, str]


def _refusal(
    session: Session, cohort_id: str, phone: str | None, address: str | None, at: datetime
) -> _Refusal | None:
    # A class that is full says so first: whether the number is known is then nobody's business.
    if address is not None and (errors := full(session, cohort_id, at)):
        return _Refusal("class_full", errors)
    if _is_taken(session, phone):
        return _Refusal("phone_taken", {"phone": PHONE_TAKEN})
    return None


def _enter(
    session: Session, row: ParticipantRow, form: Registration, address: str | None
) -> Participant:
    # Once more, now that nobody else can write.
    cohort = cohort_row_by_join_code(session, form.join_code)
    if cohort is None:
        raise FormError({"join_code": WRONG_CODE})
    if refused := _refusal(session, cohort.id, row.phone, address, row.joined_at):
        raise FormError(refused.errors)
    row.code = _fresh_code(session)
    session.add(row)
    session.flush()
    session.add(
        ConsentRow(participant_id=row.id, version=form.consent_version, given_at=row.joined_at)
    )
    add_enrolment(session, row, cohort.id, row.joined_at)
    return profile(session, row)


def _check(form: Registration) -> tuple[dict[str, str], dict[str, str]]:
    """Return the clean fields of a participant, and a sentence for each field that is wrong."""
    clean: dict[str, str] = {}
    errors: dict[str, str] = {}
    checks: dict[str, Callable[[], str]] = {
        "name": lambda: check_name(form.name),
        "business_name": lambda: check_name(form.business_name, "business_name", "Nama usaha"),
        "business_kind": lambda: check_business_kind(form.business_kind),
        "kelurahan": lambda: check_kelurahan(form.kelurahan),
        "phone": lambda: parse_phone(form.phone),
        "pin": lambda: check_pin(form.pin),
    }
    for name, check in checks.items():
        try:
            clean[name] = check()
        except InputError as error:
            errors[name] = error.message
    if "phone" in clean and "pin" in clean and clean["pin"] in clean["phone"]:
        errors["pin"] = "PIN jangan diambil dari nomor HP Anda. Pilih 6 angka lain."
    # Only True itself is consent (Ps. 22): "false" typed into a form is a true string.
    if form.consent_given is not True or not form.consent_version.strip():
        errors["consent_given"] = NO_CONSENT
    return clean, errors


def _is_taken(session: Session, phone: str | None) -> bool:
    known = select(ParticipantRow.id).where(ParticipantRow.phone == phone)
    return phone is not None and session.scalar(known) is not None


def _fresh_code(session: Session) -> str:
    """Return a random code that nobody has or had."""
    while True:
        code = new_participant_code(secrets.SystemRandom())
        if session.scalar(select(ParticipantRow.id).where(ParticipantRow.code == code)) is None:
            return code
