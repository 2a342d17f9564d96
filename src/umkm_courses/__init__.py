"""Reads `courses/`: what is taught, what is asked, and, kept apart, what is right.

Notebooks are read as data (nbformat, ast) and never executed, so the catalogue may be loaded
anywhere. A course that cannot be trusted is refused with the file, the cell and what to do:

    UmkmError
    ├── CourseError       a file under courses/ is malformed
    └── UnknownContent    no such course, lesson or assignment

Keys live in `umkm_courses.keys`, for staff tools only; nothing exported here holds one.
"""

from umkm_courses.assignments import read_questions
from umkm_courses.catalogue import load_catalogue
from umkm_courses.checks import check_course
from umkm_courses.content import (
    AskedQuestion,
    Assignment,
    Catalogue,
    Course,
    Lesson,
    Outcome,
    PairedTest,
)
from umkm_courses.errors import CourseError, UnknownContent
from umkm_courses.facts import Fact, load_facts
from umkm_courses.facts_due import FactDue, facts_due
from umkm_courses.fees import marketplace_fees
from umkm_courses.rates import final_tax_rule, qris_tariff

__all__ = [
    "AskedQuestion",
    "Assignment",
    "Catalogue",
    "Course",
    "CourseError",
    "Fact",
    "FactDue",
    "Lesson",
    "Outcome",
    "PairedTest",
    "UnknownContent",
    "check_course",
    "facts_due",
    "final_tax_rule",
    "load_catalogue",
    "load_facts",
    "marketplace_fees",
    "qris_tariff",
    "read_questions",
]
