"""The sample class: fictional shopkeepers of Kota Serang, to try the kit with.

None of these people exists. Their numbers begin with 0812-0000-00: well-formed, assigned to
nobody we know of, and easily distinguished from a real one.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from umkm.identity import new_participant_code
from umkm_records.classes.cohorts import (
    Cohort,
    CohortForm,
    create_cohort,
    find_cohort,
    offer_courses,
)
from umkm_records.database.storage import Records
from umkm_records.errors import FormError
from umkm_records.people.pins import hash_pin
from umkm_records.people.profiles import Participant, class_roster
from umkm_records.tables import ConsentRow, EnrolmentRow, ParticipantRow

SAMPLE_COHORT = CohortForm(
    id="contoh-serang",
    title="Kelas contoh Serang",
    join_code="SERANG-1",
    venue="Aula Kelurahan Kasemen (contoh)",
    starts_on=date(2026, 11, 2),
    courses=("pembukuan", "pembayaran-nontunai", "pemasaran-online"),
)
SAMPLE_CODE = "srg-siti1"
SAMPLE_PIN = "246813"
_CONSENT = "contoh"

# Name, business, kind, kelurahan (facts: Kepmendagri 300.2.2-2430/2025).
_PEOPLE = (
    ("Siti Rohmah", "Warung Bu Siti", "warung", "36.73.02.1001"),
    ("Ahmad Fauzi", "Bengkel Motor Fauzi", "jasa", "36.73.01.1007"),
    ("Nurhayati", "Sate Bandeng Bu Nur", "kuliner", "36.73.01.1005"),
    ("Asep Supriatna", "Cilok Kang Asep", "kuliner", "36.73.05.1001"),
    ("Dewi Lestari", "Dewi Busana Muslim", "busana", "36.73.03.1014"),
    ("Hasanudin", "Ikan Segar Karangantu", "tani-ikan", "36.73.02.1007"),
    ("Rina Marlina", "Keripik Pisang Rina", "camilan", "36.73.04.1001"),
    ("Tubagus Irfan", "Irfan Pulsa dan Token", "pulsa", "36.73.06.1008"),
    ("Yuliana", "Kue Basah Yuli", "camilan", "36.73.01.1002"),
    ("Sarmani", "Emping Melinjo Sarmani", "camilan", "36.73.06.1001"),
    ("Mulyadi", "Anyaman Bambu Mulya", "kerajinan", "36.73.03.1001"),
    ("Eka Fitriani", "Jilbab Eka Online", "daring", "36.73.05.1006"),
)


@dataclass(frozen=True)
class SampleClass:
    """The sample class; `code` and `pin` are those of the one person who can log in."""

    cohort: Cohort
    participants: tuple[Participant, ...]
    code: str = SAMPLE_CODE
    pin: str = SAMPLE_PIN


def make_sample_class(records: Records, seed: int = 2026) -> SampleClass:
    """Create the sample class, or return the one that exists; codes depend on the seed alone.

    Only the first person has a PIN. The others get one when a trainer resets theirs.

    Raises:
        StorageError: it could not be kept.
    """
    cohort = _cohort(records)
    pin_hash = hash_pin(SAMPLE_PIN)
    with records.transaction() as session:
        for row in _rows(seed, cohort.created_at):
            row.pin_hash = pin_hash if row.code == SAMPLE_CODE else None
            _enrol(session, row, cohort.id)
    return SampleClass(cohort, tuple(class_roster(records, cohort.id)))


def _cohort(records: Records) -> Cohort:
    if (cohort := find_cohort(records, SAMPLE_COHORT.id)) is not None:
        courses = SAMPLE_COHORT.courses
        # Made by an earlier kit, which had fewer courses.
        if set(cohort.courses) < set(courses):
            return offer_courses(records, cohort.id, courses)
        return cohort
    try:
        return create_cohort(records, SAMPLE_COHORT)
    except FormError:
        # Another process was quicker, or the join code is a real class's.
        if (cohort := find_cohort(records, SAMPLE_COHORT.id)) is None:
            raise
        return cohort


def _rows(seed: int, joined_at: datetime) -> list[ParticipantRow]:
    """Return the people of the list as new rows, each with a code drawn from the seed."""
    dice = random.Random(seed)  # noqa: S311  a sample is to repeat, not to surprise
    codes = [SAMPLE_CODE] + [new_participant_code(dice) for _ in _PEOPLE[1:]]
    return [
        ParticipantRow(
            code=code,
            name=name,
            business_name=business,
            business_kind=kind,
            kelurahan=kelurahan,
            phone=f"+62812000000{number:02d}",
            session_version=1,
            joined_at=joined_at,
        )
        for number, (code, (name, business, kind, kelurahan)) in enumerate(
            zip(codes, _PEOPLE, strict=True), start=1
        )
    ]


def _enrol(session: Session, row: ParticipantRow, cohort_id: str) -> None:
    """Add one of the people, unless they are there already, or were erased."""
    known = select(ParticipantRow.id).where(
        (ParticipantRow.code == row.code) | (ParticipantRow.phone == row.phone)
    )
    if session.scalar(known) is not None:
        return
    session.add(row)
    session.flush()
    session.add(ConsentRow(participant_id=row.id, version=_CONSENT, given_at=row.joined_at))
    # By the list, so that every sample class gives the same people the same forms.
    half = row.id % 2
    session.add(
        EnrolmentRow(
            participant_id=row.id, cohort_id=cohort_id, enrolled_at=row.joined_at, half=half
        )
    )
