"""Former place of `show_grades`: copies of *Nilai kelas* in *pelajaran saya* import it from here."""

from umkm_grading.review.grades_page import show_grades

__all__ = ["show_grades"]
