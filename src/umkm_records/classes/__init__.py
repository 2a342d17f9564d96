"""Classes (angkatan): what they are taught, how many they take, when their tests are open."""

from umkm_records.classes.cohorts import (
    Cohort,
    CohortForm,
    cohort_by_join_code,
    create_cohort,
    find_cohort,
    list_cohorts,
    offer_courses,
)
from umkm_records.classes.registration_rules import (
    RegistrationRules,
    open_registration,
    registration_rules,
    set_most_people,
)
from umkm_records.classes.test_schedule import (
    Sitting,
    SittingWindow,
    set_sitting_window,
    sitting_window,
    sitting_windows,
)

__all__ = [
    "Cohort",
    "CohortForm",
    "RegistrationRules",
    "Sitting",
    "SittingWindow",
    "cohort_by_join_code",
    "create_cohort",
    "find_cohort",
    "list_cohorts",
    "offer_courses",
    "open_registration",
    "registration_rules",
    "set_most_people",
    "set_sitting_window",
    "sitting_window",
    "sitting_windows",
]
