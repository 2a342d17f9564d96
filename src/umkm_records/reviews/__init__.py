"""What reviewers do: claims on texts, so that no two mark the same one, and the marks they gave."""

from umkm_records.reviews.claims import Reader, TextToRead, put_back, readings, take_to_read
from umkm_records.reviews.marks import GraderFigures, grader_figures, note_marking

__all__ = [
    "GraderFigures",
    "Reader",
    "TextToRead",
    "grader_figures",
    "note_marking",
    "put_back",
    "readings",
    "take_to_read",
]
