"""Variants: the same numbers everywhere, other numbers for everybody, a key for each."""

import json
import subprocess
import sys

import pytest

from umkm import QuestionError
from umkm.exercise import (
    Key,
    asking_from_json,
    asking_to_json,
    check_asking,
    fill_statement,
    make,
    mark,
    number,
    rupiah,
    seed_of,
    short_text,
    single_choice,
    table_entry,
    template_of,
    vary,
)

PROFIT = vary(
    rupiah("{siapa} jual {omzet:rp}, bahan {bahan:rp}. Laba dari {porsi} porsi?"),
    {
        "siapa": ["Bu Siti", "Teh Neneng"],
        "omzet": (600_000, 900_000, 50_000),
        "bahan": (200_000, 700_000, 25_000),
        "porsi": (10, 40, 5),
    },
    where="omzet > bahan",
)
PROFIT_KEY = Key("omzet - bahan", {"omzet": "Itu omzet, {omzet:rp}. Kurangi bahan."})


def test_a_seed_is_a_hash_anybody_can_work_out():
    # printf 'srg-siti1\nlaba\n1' | sha256sum, the first 8 bytes
    assert seed_of("srg-siti1", "laba") == 0x9B4F4981D502CC43
    assert len({seed_of(who, what, n) for who in "ab" for what in "cd" for n in (1, 2)}) == 8


def test_another_process_draws_the_same(tmp_path):
    code = (
        "import sys, json; from umkm.exercise import asking_from_json\n"
        "asked = asking_from_json(json.load(sys.stdin))\n"
        "print(json.dumps([asked.make(seed).numbers for seed in range(50)]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(asking_to_json(PROFIT), sort_keys=True),
        env={"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(run.stdout) == [PROFIT.make(seed).numbers for seed in range(50)]


@pytest.mark.slow
def test_every_variant_keeps_its_bounds_and_its_condition_and_has_its_own_key():
    seen = set()
    for seed in range(1_000):
        variant = PROFIT.make(seed)
        numbers = variant.numbers
        assert 600_000 <= numbers["omzet"] <= 900_000
        assert numbers["omzet"] % 50_000 == 0
        assert numbers["omzet"] > numbers["bahan"]
        typed = str(numbers["omzet"] - numbers["bahan"])
        assert mark(variant.question, variant.key(PROFIT_KEY), typed, 3).points == 3
        seen.add(tuple(numbers.values()))
    assert len(seen) > 700  # of about 1,900: 1,000 draws with repetition


def test_the_question_and_the_message_carry_the_numbers():
    variant = next(
        one for seed in range(1_000)
        if (one := PROFIT.make(seed)).numbers["omzet"] == 750_000 and one.numbers["siapa"] == "Bu Siti"
    )  # fmt: skip
    assert variant.question.prompt.startswith("Bu Siti jual Rp750.000, bahan Rp")
    outcome = mark(variant.question, variant.key(PROFIT_KEY), "750rb", 3)
    assert outcome.message == "Itu omzet, Rp750.000. Kurangi bahan."
    assert variant.text("{omzet / 1000} ribu") == "750 ribu"


@pytest.mark.slow
def test_all_values_of_a_span_come_up_about_equally_often():
    counts = dict.fromkeys(range(1, 7), 0)
    dice = vary(number("{mata}?"), {"mata": (1, 6, 1)})
    for seed in range(6_000):
        counts[dice.make(seed).numbers["mata"]] += 1
    # chi-squared with 5 degrees of freedom: 20.5 is exceeded once in a thousand times
    assert sum((count - 1_000) ** 2 / 1_000 for count in counts.values()) < 20.5


def test_a_varied_question_survives_json():
    shape = json.loads(json.dumps(asking_to_json(PROFIT), sort_keys=True))
    assert asking_from_json(shape) == PROFIT
    assert asking_from_json(asking_to_json(rupiah("Berapa?"))) == rupiah("Berapa?")


def test_a_question_that_does_not_vary_is_its_own_variant():
    plain = rupiah("Berapa?")
    assert make(plain, 5).question is plain
    assert template_of(PROFIT).kind == "rupiah"


def test_other_kinds_vary_too():
    words = vary(short_text("Berapa {n} dalam kata?"), {"n": (2, 9, 1)})
    assert words.make(1).key(Key(["{n}"])).right == [str(words.make(1).numbers["n"])]
    choice = vary(
        single_choice("Beli {n:rp}?", {"a": "{n:rp}", "b": "{2 * n:rp}"}), {"n": (1000, 9000, 1000)}
    )
    made = choice.make(3)
    assert made.question.options["a"] in made.question.prompt
    sums = vary(
        fill_statement(
            "?", {"a": "Jual", "b": "Beli", "laba": "Laba"}, {"a": "{a}", "b": "{a - 500}"}
        ),
        {"a": (1_000, 9_000, 1_000)},
    )
    made = sums.make(3)
    assert made.question.given == {"a": made.numbers["a"], "b": made.numbers["a"] - 500}
    assert (
        mark(made.question, made.key(Key({"laba": "a - b"})), {"laba": "500 perak"}, 1).points == 1
    )
    book = vary(
        table_entry("Jual {n:rp}", {"a": ("A", "text"), "b": ("B", "rupiah")}),
        {"n": (1000, 9000, 1000)},
    )
    made = book.make(3)
    assert made.key(Key([{"b": "2 * n"}])).right == [{"b": 2 * made.numbers["n"]}]


@pytest.mark.parametrize(
    "build",
    [
        lambda: vary(rupiah("?"), {}),
        lambda: vary(rupiah("?"), {"a b": (1, 2, 1)}),
        lambda: vary(rupiah("?"), {"and": (1, 2, 1)}),
        lambda: vary(rupiah("?"), {"a": (2, 1, 1)}),
        lambda: vary(rupiah("?"), {"a": (1, 10, 4)}),
        lambda: vary(rupiah("?"), {"a": (1, 2)}),
        lambda: vary(rupiah("?"), {"a": (1, 2.5, 1)}),
        lambda: vary(rupiah("?"), {"a": [1]}),
        lambda: vary(rupiah("?"), {"a": [1, "dua"]}),
        lambda: vary(rupiah("?"), {"a": "satu"}),
    ],
)
def test_numbers_that_are_none_are_refused(build):
    with pytest.raises(QuestionError):
        build()


@pytest.mark.parametrize(
    ("asked", "key", "why", "told"),
    [
        (vary(rupiah("{a:rp}?"), {"a": (1_000, 9_000, 1_000)}, "a > 20000"), Key("a"), (), "rarely"),
        (vary(rupiah("{a:rp}?"), {"a": (1_000, 3_000, 1_000)}), Key("a"), (), "only 3"),
        (vary(rupiah("{b:rp}?"), {"a": (1_000, 9_000, 1_000)}), Key("a"), (), "'b'"),
        (vary(rupiah("{a:rp}?"), {"a": (1_000, 9_000, 1_000)}), Key("b"), (), "'b'"),
        (vary(rupiah("{a:rp}?"), {"a": (1_000, 9_000, 1_000)}), Key("a / 3"), (), "whole"),
        (vary(rupiah("{a:rp}?"), {"a": (0, 9_000, 1_000)}), Key("0 / a"), (), "divides"),
        (vary(rupiah("{a:rp}?"), {"a": (1_000, 9_000, 1_000)}), Key("a - 5000"), (), "outside"),
        (vary(rupiah("{a:rp}?"), {"a": (1_000, 9_000, 1_000)}), Key("a"), ("{c}",), "'c'"),
        (
            vary(rupiah("{a:rp}?"), {"a": (1_000, 9_000, 1_000)}),
            Key("a", {"10000 - a": "Terbalik."}), (), "already right",
        ),
        (rupiah("{a:rp}?"), Key(5), (), "vary"),
        (rupiah("Berapa?"), Key(5), ("{a}",), "vary"),
    ],
)  # fmt: skip
def test_a_generator_that_fails_for_some_seed_is_found(asked, key, why, told):
    with pytest.raises(QuestionError, match=told):
        check_asking(asked, key, 2, why)


@pytest.mark.slow
def test_a_good_generator_passes():
    check_asking(
        PROFIT, PROFIT_KEY, 2, ["{omzet:rp} - {bahan:rp} = {omzet - bahan:rp}"], seeds=1_000
    )
