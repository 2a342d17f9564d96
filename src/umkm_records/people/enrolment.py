"""Enrolment: the first class at Daftar, a further one at Masuk with its class code."""

import secrets
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from umkm_records.classes.cohorts import cohort_row_by_join_code
from umkm_records.clock import moment
from umkm_records.database.rows import claim_person
from umkm_records.database.storage import Records
from umkm_records.errors import FormError
from umkm_records.people.profiles import Participant, profiles
from umkm_records.people.registration_limits import full
from umkm_records.tables import (
    CohortRow,
    ConsentRow,
    EnrolmentRow,
    EventRow,
    ParticipantRow,
)
from umkm_records.tables.classes import FormerEnrolmentRow

WRONG_CODE = "Kode kelas ini tidak ada. Periksa lagi, atau tanyakan kepada pelatih."
TAKEN_OUT = (
    "Pelatih mengeluarkan Anda dari kelas ini. Kalau itu keliru, minta pelatih memasukkan Anda lagi "
    "di Pantau kelas."
)
NO_CONSENT = "Beri tanda centang jika Anda setuju. Tanpa itu, kami tidak menyimpan data Anda."


def enrol(
    records: Records,
    participant: str,
    join_code: str,
    consent_version: str,
    now: datetime | None = None,
) -> Participant:
    """Enrol somebody who is registered in the class of the join code, with their consent.

    What they answered and were given back in other classes stays there. Who is in the class
    already is left as they are. The caller has checked the PIN and asked for the consent.

    Raises:
        FormError: no class has this join code, it is full, a trainer took them out of it, or no
            consent text is named.
        UnknownParticipant: nobody has this code.
    """
    if not consent_version.strip():
        raise FormError({"consent_given": NO_CONSENT})
    at = moment(now)
    with records.transaction() as session:
        person = claim_person(session, participant)
        cohort = cohort_row_by_join_code(session, join_code)
        if cohort is None:
            raise FormError({"join_code": WRONG_CODE})
        if session.get(EnrolmentRow, (person.id, cohort.id)) is None:
            if session.get(FormerEnrolmentRow, (person.id, cohort.id)) is not None:
                raise FormError({"join_code": TAKEN_OUT})
            if refused := full(session, cohort.id, at):
                raise FormError(refused)
            session.add(ConsentRow(participant_id=person.id, version=consent_version, given_at=at))
            add_enrolment(session, person, cohort.id, at)
            session.add(
                EventRow(
                    participant_id=person.id, cohort_id=cohort.id, verb="registered",
                    object=cohort.id, detail={}, at=at,
                )
            )  # fmt: skip
        return profiles(session, [person], cohort.id)[0]


def add_enrolment(session: Session, person: ParticipantRow, cohort_id: str, at: datetime) -> None:
    """Add a person to a class, in the smaller half of it, as part of a transaction.

    The halves differ by one at most, whoever came when; of two equal ones chance takes one.
    """
    # Two who join at once on PostgreSQL would both be counted into the same half.
    session.get(CohortRow, cohort_id, with_for_update=True)
    counted = session.execute(
        select(EnrolmentRow.half, func.count())
        .join(ParticipantRow, ParticipantRow.id == EnrolmentRow.participant_id)
        .where(EnrolmentRow.cohort_id == cohort_id, ParticipantRow.erased_at.is_(None))
        .group_by(EnrolmentRow.half)
    )
    sizes = {0: 0, 1: 0} | dict(counted.all())
    half = secrets.randbelow(2) if sizes[0] == sizes[1] else min(sizes, key=lambda n: sizes[n])
    session.add(
        EnrolmentRow(participant_id=person.id, cohort_id=cohort_id, enrolled_at=at, half=half)
    )
    session.flush()
