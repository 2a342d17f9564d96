"""People: joining, getting in, being listed, and their rights over their data."""

from umkm_records.people.enrolling import enrol
from umkm_records.people.login import Caller, log_in, reset_pin
from umkm_records.people.privacy import erase_person, export_person
from umkm_records.people.profiles import (
    Participant,
    class_roster,
    get_participant,
    half_of_class,
)
from umkm_records.people.registration import Registration, register
from umkm_records.people.sessions import begin_session, end_session, session_owner

__all__ = [
    "Caller",
    "Participant",
    "Registration",
    "begin_session",
    "class_roster",
    "end_session",
    "enrol",
    "erase_person",
    "export_person",
    "get_participant",
    "half_of_class",
    "log_in",
    "register",
    "reset_pin",
    "session_owner",
]
