"""Questions and keys that an author could write wrongly, kind by kind."""

import pytest
from tests.unit.umkm.kinds import (
    BINS,
    CASES,
    CASH_BOOK,
    LONG,
    MATCH,
    NUMBER,
    ORDER,
    PHOTO,
    SEVERAL,
    SHORT,
    SPOT,
    SPOT_TWO,
    STATEMENT,
)

from umkm import QuestionError
from umkm.exercise import (
    Key,
    check_key,
    fill_statement,
    long_text,
    match_pairs,
    number,
    put_in_order,
    question_from_json,
    short_text,
    spot_it,
    table_entry,
)
from umkm.exercise.questions import KINDS


@pytest.mark.parametrize(("question", "key"), CASES, ids=lambda one: getattr(one, "kind", ""))
def test_keys_of_every_kind_fit(question, key):
    check_key(question, key, 4)


@pytest.mark.parametrize(
    ("question", "key"),
    [
        (SEVERAL, Key([])),
        (SEVERAL, Key("plastik")),
        (SEVERAL, Key(["plastik", "plastik"])),
        (SEVERAL, Key(["gudang"])),
        (SEVERAL, Key(["plastik"], {"sewa": (1, "Separuh.")})),
        (SEVERAL, Key(["plastik"], {"sewa": "tidak-dikenal"})),
        (NUMBER, Key("25")),
        (NUMBER, Key(right=True)),
        (NUMBER, Key(101)),
        (NUMBER, Key(25, tolerance=-1)),
        (NUMBER, Key(25, {25.05: "Hampir."}, tolerance=0.1)),
        (number("Berapa?"), Key(1.5)),
        (SHORT, Key([])),
        (SHORT, Key(["prive", 5])),
        (SHORT, Key("?!")),
        (SHORT, Key("x" * 61)),
        (SHORT, Key("prive", {"Privé": "Sama."})),
        (SHORT, Key("prive", {"gaji": "Bukan.", "Gaji": "Bukan juga."})),
        (LONG, Key("apa saja")),
        (PHOTO, Key(["ab" * 32])),
        (MATCH, Key("stok")),
        (MATCH, Key({"beras": "stok"})),
        (MATCH, Key({"beras": "stok", "bon": "piutang", "dapur": "kas"})),
        (MATCH, Key({"beras": "stok", "bon": "piutang", "dapur": "prive"}, {"dapur": "Bukan."})),
        (MATCH, Key({"beras": "stok", "bon": "piutang", "dapur": "prive"}, {("dapur", "prive"): "Ya."})),
        (ORDER, Key(["hitung", "tulis"])),
        (ORDER, Key(["cocok", "hitung", "tulis", "kunci"])),  # as they are shown
        (ORDER, Key(["hitung", "tulis", "cocok", "kunci"], {("hitung", "tulis"): "Benar ini."})),
        (BINS, Key({"plastik": "usaha"})),
        (CASH_BOOK, Key([])),
        (CASH_BOOK, Key([{}])),
        (CASH_BOOK, Key([{"jumlah": "500rb"}])),
        (CASH_BOOK, Key([{"arah": "naik"}])),
        (CASH_BOOK, Key([{"bulan": "mei"}])),
        (CASH_BOOK, Key([{"jumlah": 5_000}], {("jumlah", 5_000): "Benar ini."})),
        (STATEMENT, Key(500_000)),
        (STATEMENT, Key({"laba-kotor": "jual - hpp"})),
        (STATEMENT, Key({"laba-kotor": "jual - hpp", "laba": "laba_kotor - bea"})),
        (STATEMENT, Key({"laba-kotor": "laba + biaya", "laba": "laba_kotor - biaya"})),
        (STATEMENT, Key({"laba-kotor": "jual / 7", "laba": "laba_kotor - biaya"})),
        (STATEMENT, Key({"laba-kotor": "__import__('os')", "laba": "jual"})),
        (
            STATEMENT,
            Key({"laba-kotor": "jual - hpp", "laba": "laba_kotor - biaya"}, {("laba", 200_000): "Ya."}),
        ),
        (SPOT, Key("gudang")),
        (SPOT, Key(["total", "gula"])),
        (SPOT, Key("total", {"total": "Ya."})),
        (SPOT_TWO, Key(["nama"])),
    ],
)  # fmt: skip
def test_keys_that_do_not_fit_are_refused(question, key):
    with pytest.raises(QuestionError):
        check_key(question, key, 2)


@pytest.mark.parametrize(
    "make",
    [
        lambda: number("Berapa?", "12"),
        lambda: number("Berapa?", minimum=5, maximum=5),
        lambda: number("Berapa?", decimals=1),
        lambda: short_text("Apa?", max_chars=0),
        lambda: long_text("Apa?", rubric={"": 1}),
        lambda: long_text("Apa?", rubric={"Ada": 0}),
        lambda: match_pairs("?", {"a": "A"}, {"b": "B", "c": "C"}),
        lambda: put_in_order("?", {"a": "A", "b": "B"}),
        lambda: table_entry("?", {"a": ("A", "date"), "b": ("B", "text")}),
        lambda: table_entry("?", {"a": ("A", "text")}),
        lambda: table_entry("?", {"a": "A", "b": "B"}),
        lambda: fill_statement("?", {"a": "A", "b": "B"}, {"a": 5, "b": 6}),
        lambda: fill_statement("?", {"a": "A", "b": "B"}, {"c": 5}),
        lambda: fill_statement("?", {"a": "A", "b": "B"}, {"a": "lima"}),
        lambda: spot_it("?", "koran", {"a": "A", "b": "B", "c": "C"}),
        lambda: spot_it("?", "nota", {"a": "A", "b": "B", "c": "C"}, most=3),
    ],
)
def test_questions_that_make_no_sense_are_refused(make):
    with pytest.raises(QuestionError):
        make()


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize(
    "extra",
    [{}, {"items": 5}, {"lines": [5]}, {"columns": ["a"]}, {"rubric": [1]}, {"parts": [{}]}],
)
def test_json_that_is_no_question_is_refused(kind, extra):
    if kind in ("rupiah", "number", "short_text", "long_text", "photo") and not extra:
        extra = {"right": 5}
    with pytest.raises(QuestionError):
        question_from_json({"kind": kind, "prompt": "?", **extra})
