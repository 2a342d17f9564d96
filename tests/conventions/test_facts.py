"""Facts of our courses have recent sources, or say that the law is open."""

import json
import re
from datetime import date, timedelta
from fractions import Fraction

import msgspec
import pytest

from umkm_courses import final_tax_rule, load_catalogue, load_facts

#: How old the newest source of a regulation may be, by the beginning of its name. The days agreed
#: after the review of 29 November 2026, which found a tax law that was seven months out of date.
AGREED = {"pph-": timedelta(days=184), "": timedelta(days=366)}

#: Older than agreed and nothing newer was found: a person must look. Each says so to the trainer.
OPEN = {
    "pembukuan sak-emkm-laporan",
    "pembayaran-nontunai mdr-reguler-2020-01",
    "pembayaran-nontunai mdr-pendidikan-2020-01",
    "pembayaran-nontunai mdr-spbu-2020-01",
    "pembayaran-nontunai mdr-sosial-2020-01",
    "pembayaran-nontunai mdr-tidak-dibebankan",
    "pembayaran-nontunai qris-tanpa-minimum",
    "pembayaran-nontunai tunai-tidak-ditolak",
    "pembayaran-nontunai gestun-dilarang",
    "pembayaran-nontunai qris-batas-sekali-bayar",
    "pemasaran-online uu-perlindungan-konsumen",
    "pemasaran-online pirt-aturan",
}

#: What was taught once and is wrong now, or was no source. It stays out of all that people read.
WITHDRAWN = {
    "a wrestling site as a source of law": r"nzwrestling",
    "a provider whose accounts were blocked, as an example": r"interactive",
    "an article of PBI 23/6/2021 where PBI 10/2025 came after": r"Pasal 52\b",
    "no limit of seven years since PP 20/2026": r"dibatasi tujuh tahun|tujuh tahun pajak sejak",
    "halal from 18 October": r"sejak (\*\*)?17 Oktober 2026",
    "SPP-IRT under BPOM 4/2024": r"\(Peraturan BPOM 22/2018\)",
    "what is over 500 million since January, taxed again each month": r"Hitung bagian yang lewat",
    "all that is left, for instalments": r"Itu yang sanggup dipakai mencicil",
    "principal among the costs": r"upah, cicilan alat",
    "the day of looking at an old copy as a check of the law": r"[Dd]iperiksa (pada )?23 November",
}


@pytest.fixture(scope="module")
def regulations(request):
    """`course fact` -> fact, of all that is taught as a regulation in force; and today's stand-in.

    The newest `checked_on` stands for today: a test that fails by itself as days pass would stop
    people who changed nothing.
    """
    courses = load_catalogue(request.config.rootpath / "courses").courses
    facts = {
        f"{name} {fact_id}": fact
        for name, course in courses.items()
        for fact_id, fact in load_facts(course).items()
    }
    today = max(fact.checked_on for fact in facts.values())
    return {name: fact for name, fact in facts.items() if fact.kind == "regulation"}, today


def _too_old(name, fact, today):
    limit = next(age for start, age in AGREED.items() if name.split()[1].startswith(start))
    return today - fact.source_date > limit


def test_regulations_are_from_sources_that_are_new_enough(regulations):
    facts, today = regulations
    assert facts
    assert {name for name, fact in facts.items() if _too_old(name, fact, today)} == OPEN


def test_what_is_open_is_told_to_the_trainer(regulations):
    facts, _ = regulations
    assert [name for name in OPEN if "Periksa sebelum mengajar" not in facts[name].note] == []


def test_the_tax_law_of_before_22_april_2026_would_fail(regulations):
    # As it stood until 29 November 2026: its newest source was of November 2025.
    facts, today = regulations
    name = "pembukuan pph-final-jangka-waktu"
    fact = facts[name]
    old = msgspec.structs.replace(fact, source_date=fact.source_date.replace(2025, 11, 15))
    assert _too_old(name, old, today)


def test_what_was_withdrawn_is_written_nowhere(request):
    root = request.config.rootpath / "courses"
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in root.rglob("*")
        if path.suffix in {".ipynb", ".toml"}
    }
    assert len(texts) > 30
    found = {
        (path.relative_to(root).as_posix(), why)
        for path, text in texts.items()
        for why, pattern in WITHDRAWN.items()
        if re.search(pattern, text, re.IGNORECASE)
    }
    assert found == set()


def test_both_fraud_lessons_name_where_to_report(request):
    # OJK: the bank first, the Indonesia Anti-Scam Centre (iasc.ojk.go.id) at the same moment.
    lessons = request.config.rootpath / "courses/pembayaran-nontunai/lessons"
    for name in ("05-awas-penipuan", "07-transfer-dompet-aman"):
        cells = json.loads((lessons / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
        told = "\n".join("".join(cell["source"]) for cell in cells)
        assert "iasc.ojk.go.id" in told, name
        assert re.search(r"bank.{0,200}IASC", told, re.IGNORECASE | re.DOTALL), name


def test_the_marketplace_s_fee_an_order_is_dated_as_it_was_told(request):
    # Tokopedia's seller pages: Rp1.250 an order from 11 August 2025.
    course = load_catalogue(request.config.rootpath / "courses").courses["pemasaran-online"]
    fact = load_facts(course)["pasar-tokopedia-proses"]
    assert (fact.value, str(fact.valid_from)) == (1250, "2025-08-11")


def test_the_phone_numbers_of_examples_are_given_to_nobody(request):
    # 0840 is unassigned (libphonenumber); any other mobile number may be somebody's.
    root = request.config.rootpath
    mobile = re.compile(r"(?<![\d-])(?:\+?62|0)[ -]?8\d{2}(?=[ -]?\d{4})")
    found = {
        (path.name, number)
        for path in root.glob("courses/**/*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for number in mobile.findall("".join(cell["source"]))
    }
    assert found
    assert {one for one in found if re.sub(r"\D", "", one[1])[-3:] != "840"} == set()


def test_the_rates_of_the_course_in_this_repository(request):
    catalogue = load_catalogue(request.config.rootpath / "courses")
    rule = final_tax_rule(catalogue.courses["pembukuan"])
    assert (rule.rate, rule.exempt, rule.ceiling) == (
        Fraction(5, 1000),
        500_000_000,
        4_800_000_000,
    )
    assert "PP 20/2026" in rule.source
    # The press release of DJP on PP 20/2026, as the review of 29 November 2026 found it.
    assert rule.source_date == date(2026, 6, 8)
