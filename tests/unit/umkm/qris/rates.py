"""Bank Indonesia's QRIS rates as the course on cashless payments states them, sources and all."""

from pathlib import Path

from umkm_courses import load_catalogue, qris_tariff

_COURSES = Path(__file__).parents[4] / "courses"
TARIFF = qris_tariff(load_catalogue(_COURSES).courses["pembayaran-nontunai"])
