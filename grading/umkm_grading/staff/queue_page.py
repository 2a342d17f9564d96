"""Former place of `show_queue`: copies of *Periksa uraian* in *pelajaran saya* import it from here."""

from umkm_grading.review.page import show_queue

__all__ = ["show_queue"]
