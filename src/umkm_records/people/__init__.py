"""People: registration, login, lists of a class, and their rights over their data."""

from umkm_records.people.enrolment import enrol
from umkm_records.people.login import Caller, log_in, reset_pin
from umkm_records.people.merge import merge_people
from umkm_records.people.privacy import erase_person, export_person
from umkm_records.people.profiles import (
    Participant,
    class_roster,
    get_participant,
    half_of_class,
    halves_of_class,
)
from umkm_records.people.registration import PHONE_TAKEN, Registration, register
from umkm_records.people.removal import (
    Removed,
    Silent,
    has_ever_sent,
    put_back_in_class,
    remove_from_class,
    removed_people,
    silent_people,
)
from umkm_records.people.sessions import begin_session, end_session, session_owner

__all__ = [
    "PHONE_TAKEN",
    "Caller",
    "Participant",
    "Registration",
    "Removed",
    "Silent",
    "begin_session",
    "class_roster",
    "end_session",
    "enrol",
    "erase_person",
    "export_person",
    "get_participant",
    "half_of_class",
    "halves_of_class",
    "has_ever_sent",
    "log_in",
    "merge_people",
    "put_back_in_class",
    "register",
    "remove_from_class",
    "removed_people",
    "reset_pin",
    "session_owner",
    "silent_people",
]
