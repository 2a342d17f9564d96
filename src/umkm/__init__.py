"""The business rules of UMKM Naik Kelas: pure Python, no Jupyter, no files, no clock.

Modules: `money` (Rupiah as people write it), `quantities` (plain numbers with a unit), `calendar`
(days), `exercise` (questions, answers, marks, variants), `bookkeeping` (the books of a small shop),
`pricing` (costs, prices, break-even), `qris` (codes, fees, payouts, reconciliation), `regions`
(Kota Serang's kelurahan), `identity` (phone numbers, PINs, names, codes).

Errors::

    UmkmError                 anything this kit refuses, with a sentence a person can act on
    +-- InputError            what a person typed into a field (`field`), in Bahasa Indonesia
    +-- QuestionError         a question or key that an author wrote wrongly, in English
"""

from umkm.errors import InputError, QuestionError, UmkmError

__all__ = ["InputError", "QuestionError", "UmkmError"]
