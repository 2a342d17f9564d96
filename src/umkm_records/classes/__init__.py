"""Classes (angkatan): what they are taught, how many they take, when their tests are open."""

from umkm_records.classes.cohorts import (
    Cohort,
    CohortForm,
    cohort_by_join_code,
    create_cohort,
    find_cohort,
    list_cohorts,
    offer_courses,
    taught_courses,
)
from umkm_records.classes.registration_rules import (
    RegistrationRules,
    open_registration,
    registration_rules,
    set_most_people,
)
from umkm_records.classes.test_schedule import (
    CourseTest,
    CourseTestWindow,
    course_test_window,
    course_test_windows,
    set_course_test_window,
)

__all__ = [
    "Cohort",
    "CohortForm",
    "CourseTest",
    "CourseTestWindow",
    "RegistrationRules",
    "cohort_by_join_code",
    "course_test_window",
    "course_test_windows",
    "create_cohort",
    "find_cohort",
    "list_cohorts",
    "offer_courses",
    "open_registration",
    "registration_rules",
    "set_course_test_window",
    "set_most_people",
    "taught_courses",
]
