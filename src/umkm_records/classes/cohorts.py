"""Classes (angkatan): the id names a folder, the join code is what people type to enter."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from umkm import InputError
from umkm.identity import check_identifier, check_name
from umkm_records.clock import moment
from umkm_records.database.storage import Records
from umkm_records.errors import FormError
from umkm_records.tables import COURSE_LENGTH, CohortCourseRow, CohortRow


@dataclass(frozen=True)
class CohortForm:
    """The form of a new class, as typed; `courses` are slugs, in the order its people see them."""

    id: str
    title: str
    join_code: str
    venue: str
    starts_on: date
    courses: tuple[str, ...]


@dataclass(frozen=True)
class Cohort:
    """A class as it is kept; `courses` are slugs, in the order its people see them."""

    id: str
    title: str
    join_code: str
    venue: str
    starts_on: date
    courses: tuple[str, ...]
    created_at: datetime


def create_cohort(records: Records, form: CohortForm, now: datetime | None = None) -> Cohort:
    """Create a class.

    Raises:
        FormError: the id is no safe folder name, the title is empty, the join code is too short,
            no course or one twice, or another class has the same id or join code.
    """
    key = join_key(form.join_code)
    errors = _mistakes(form, key)
    at = moment(now)
    with records.transaction() as session:
        if not errors:
            errors = _taken(session, form.id, key)
        if errors:
            raise FormError(errors)
        row = CohortRow(
            id=form.id,
            title=form.title.strip(),
            join_code=form.join_code.strip(),
            join_key=key,
            venue=form.venue.strip(),
            starts_on=form.starts_on,
            created_at=at,
        )
        session.add(row)
        session.flush()
        session.add_all(_course_rows(form.id, form.courses))
    return _view(row, form.courses)


def offer_courses(records: Records, cohort_id: str, courses: Iterable[str]) -> Cohort:
    """Set which courses a class is taught; what its people did in others stays stored.

    Raises:
        FormError: no course or one twice, or no such class.
    """
    slugs = tuple(courses)
    with records.transaction() as session:
        # Two transactions at once on PostgreSQL would insert both their lists.
        row = session.get(CohortRow, cohort_id, with_for_update=True)
        errors = _mistaken_courses(slugs)
        if row is None:
            errors["id"] = f"Kelas {cohort_id} tidak ada."
        if errors or row is None:
            raise FormError(errors)
        session.execute(delete(CohortCourseRow).where(CohortCourseRow.cohort_id == cohort_id))
        session.add_all(_course_rows(cohort_id, slugs))
    return _view(row, slugs)


def find_cohort(records: Records, cohort_id: str) -> Cohort | None:
    """Return the class with this id, or None."""
    with records.read_session() as session:
        row = session.get(CohortRow, cohort_id)
        return None if row is None else _views(session, [row])[0]


def taught_courses(records: Records, cohort_id: str) -> tuple[str, ...]:
    """Return the slugs of a class's courses in its order; none for a class that does not exist."""
    taught = select(CohortCourseRow.course).where(CohortCourseRow.cohort_id == cohort_id)
    with records.autocommit() as session:
        return tuple(session.scalars(taught.order_by(CohortCourseRow.position)))


def cohort_by_join_code(records: Records, code: str) -> Cohort | None:
    """Return the class whose join code was typed, in any case and with any blanks or dashes."""
    with records.read_session() as session:
        row = cohort_row_by_join_code(session, code)
        return None if row is None else _views(session, [row])[0]


def list_cohorts(records: Records) -> list[Cohort]:
    """Return all classes, the one that starts last first."""
    order = CohortRow.starts_on.desc(), CohortRow.created_at.desc(), CohortRow.id
    with records.read_session() as session:
        return _views(session, session.scalars(select(CohortRow).order_by(*order)).all())


def cohort_row_by_join_code(session: Session, code: str) -> CohortRow | None:
    """Return the row of the class whose join code was typed, or None."""
    key = join_key(code)
    return session.scalar(select(CohortRow).where(CohortRow.join_key == key)) if key else None


def join_key(code: str) -> str:
    """Return what is compared of a join code: its letters and digits in upper case.

    >>> join_key(" serang 1 ") == join_key("SERANG-1")
    True
    """
    plain = unicodedata.normalize("NFKC", code[:100]).upper()
    return "".join(char for char in plain if char.isascii() and char.isalnum())


def _mistakes(form: CohortForm, key: str) -> dict[str, str]:
    errors = {}
    try:
        check_identifier(form.id, "id")
    except InputError as error:
        errors["id"] = error.message
    try:
        check_name(form.title, "title", "Nama kelas")
    except InputError as error:
        errors["title"] = error.message
    if not 4 <= len(key) <= 20:
        errors["join_code"] = "Kode kelas harus 4 sampai 20 huruf atau angka."
    return errors | _mistaken_courses(form.courses)


def _mistaken_courses(slugs: Sequence[str]) -> dict[str, str]:
    if not slugs:
        return {"course": "Pilih paling sedikit satu materi."}
    if len(set(slugs)) < len(slugs):
        return {"course": "Satu materi disebut dua kali."}
    if any(not 0 < len(slug) <= COURSE_LENGTH for slug in slugs):
        return {"course": f"Nama materi harus 1 sampai {COURSE_LENGTH} huruf."}
    return {}


def _taken(session: Session, cohort_id: str, key: str) -> dict[str, str]:
    same = or_(CohortRow.id == cohort_id, CohortRow.join_key == key)
    errors = {}
    for row in session.scalars(select(CohortRow).where(same)):
        if row.id == cohort_id:
            errors["id"] = f"Kelas {cohort_id} sudah ada. Pilih kode lain."
        if row.join_key == key:
            errors["join_code"] = "Kode kelas ini sudah dipakai kelas lain. Pilih kode lain."
    return errors


def _course_rows(cohort_id: str, slugs: Iterable[str]) -> list[CohortCourseRow]:
    return [
        CohortCourseRow(cohort_id=cohort_id, course=slug, position=position)
        for position, slug in enumerate(slugs)
    ]


def _views(session: Session, rows: Sequence[CohortRow]) -> list[Cohort]:
    taught = select(CohortCourseRow.cohort_id, CohortCourseRow.course).where(
        CohortCourseRow.cohort_id.in_([row.id for row in rows])
    )
    slugs: dict[str, list[str]] = {row.id: [] for row in rows}
    for cohort_id, slug in session.execute(taught.order_by(CohortCourseRow.position)):
        slugs[cohort_id].append(slug)
    return [_view(row, tuple(slugs[row.id])) for row in rows]


def _view(row: CohortRow, courses: tuple[str, ...]) -> Cohort:
    return Cohort(
        id=row.id,
        title=row.title,
        join_code=row.join_code,
        venue=row.venue,
        starts_on=row.starts_on,
        courses=courses,
        created_at=row.created_at,
    )
