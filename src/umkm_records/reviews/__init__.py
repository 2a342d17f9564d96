"""What reviewers do: claims on texts, so that no two mark the same one, and the marks they gave."""

from umkm_records.reviews.claims import Reviewer, TextToRead, claim_text, list_claims, release_claim
from umkm_records.reviews.marks import GraderFigures, grader_figures, record_marking

__all__ = [
    "GraderFigures",
    "Reviewer",
    "TextToRead",
    "claim_text",
    "grader_figures",
    "list_claims",
    "record_marking",
    "release_claim",
]
