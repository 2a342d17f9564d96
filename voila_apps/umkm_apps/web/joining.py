"""Gabung: a participant of another class enrols in the class of this server.

Masuk has checked the PIN and leads here with a signed cookie that says so for ten minutes; what is
missing is the class code and a consent for the new class.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated

from umkm_apps.web.addresses import Route
from umkm_apps.web.consent import CONSENT
from umkm_records import FormError, Participant, UnknownParticipant, get_participant
from umkm_records.classes import cohort_by_join_code
from umkm_records.people import enrol
from umkm_records.people.enrolment import NO_CONSENT

from .login import OTHER_CLASS, PIN_CHECKED, CredentialsHandler

#: Days that a checked PIN is good for: ten minutes.
GOOD_FOR = 10 / (24 * 60)


class Join(CredentialsHandler):
    """Gabung ke kelas ini."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Show the form; redirect to Masuk without a checked PIN."""
        person = await self.read_records(self.known)
        code = self.join_code()
        if person is None:
            self.redirect(self.with_class(f"{self.base_url}masuk", code))
            return
        self.show(person, code, {})

    head = get

    @allow_unauthenticated
    async def post(self) -> None:
        """Enrol the participant and log them in."""
        person = await self.read_records(self.known)
        code = self.join_code()
        if person is None:
            self.redirect(self.with_class(f"{self.base_url}masuk", code), status=303)
            return
        is_agreed = bool(self.get_body_argument("consent_given", ""))
        try:
            joined = await self.write_records(lambda: self.join(person, code, is_agreed))
        except FormError as error:
            self.set_status(422)
            self.show(person, code, dict(error.errors), is_agreed=is_agreed)
            return
        except UnknownParticipant:  # erased a moment ago
            self.redirect(f"{self.base_url}masuk", status=303)
            return
        self.clear_cookie(PIN_CHECKED, path=self.base_url)
        await self.let_in(joined)
        self.redirect(self.base_url, status=303)

    def known(self) -> Participant | None:
        """Return who has just given their PIN; None where nobody has, or it has been changed since."""
        said = self.get_signed_cookie(PIN_CHECKED, max_age_days=GOOD_FOR)
        code, _, version = (said or b"").decode().partition(" ")
        person = get_participant(self.records, code)
        return person if person and str(person.session_version) == version else None

    def join(self, person: Participant, code: str, is_agreed: bool) -> Participant:
        """Enrol in the class of the code.

        Raises:
            FormError: the code is no class's or another class's, or consent is missing.
            UnknownParticipant: the person was erased.
        """
        asked, served = cohort_by_join_code(self.records, code), self.served_class
        errors = {} if is_agreed else {"consent_given": NO_CONSENT}
        if asked is not None and served not in (None, asked.id):
            errors["join_code"] = OTHER_CLASS
        if errors:
            raise FormError(errors)
        return enrol(self.records, person.code, code, CONSENT.version)

    def show(
        self, person: Participant, code: str, errors: dict[str, str], *, is_agreed: bool = False
    ) -> None:
        """Show the form, with what was typed and what was wrong."""
        told: dict[str, Any] = {"join_code": "", "consent_given": ""}
        self.render_page(
            "gabung.html",
            person_name=person.name,
            join_code=code,
            is_agreed=is_agreed,
            errors=told | errors,
            consent=CONSENT,
        )


ROUTES: list[Route] = [
    ("gabung", Join),
]
