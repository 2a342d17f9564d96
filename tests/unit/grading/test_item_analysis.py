"""Figures of questions: worked out by hand, published, and by another program."""

import pandas
import pytest

from umkm_grading.reports.item_analysis import analyse, never_chosen

OF = {"a": 1.0, "b": 1.0, "c": 1.0}
# Four people on a perfect scale: totals 3, 2, 1, 0.
SCALE = [
    {"a": 1, "b": 1, "c": 1},
    {"a": 1, "b": 1, "c": 0},
    {"a": 1, "b": 0, "c": 0},
    {"a": 0, "b": 0, "c": 0},
]

# K. Wuensch, East Carolina University, StatHelp, "KR20.txt": ten students, ten items, with the
# p of each item and the variance of the sums as printed there.
WUENSCH = [
    "1111110110",
    "1011011101",
    "1111011001",
    "0010001000",
    "0000010010",
    "1110111111",
    "1101110111",
    "1111111101",
    "0101111101",
    "1101101110",
]
WUENSCH_P = [0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6]
WUENSCH_VARIANCE = 5.84


def wuensch():
    rows = [{f"q{place}": int(mark) for place, mark in enumerate(line)} for line in WUENSCH]
    return analyse(dict.fromkeys(rows[0], 1.0), rows), rows


def test_kr_20_and_difficulty_of_a_published_example():
    found, _ = wuensch()
    assert [item.difficulty for item in found.items] == pytest.approx(WUENSCH_P)
    pq = sum(p * (1 - p) for p in WUENSCH_P)
    assert found.reliability == pytest.approx(10 / 9 * (1 - pq / WUENSCH_VARIANCE))
    assert found.reliability == pytest.approx(0.6963, abs=1e-4)


def test_discrimination_of_the_published_example_as_pandas_reckons_it():
    found, rows = wuensch()
    table = pandas.DataFrame(rows)
    rest = table.rsub(table.sum(axis=1), axis=0)
    expected = table.corrwith(rest)
    assert [item.discrimination for item in found.items] == pytest.approx(list(expected))


def test_kr_20_of_a_perfect_scale_of_three():
    # p = 3/4, 1/2, 1/4; the sum of pq = 0.625; the variance of 3, 2, 1, 0 is 1.25;
    # KR-20 = 3/2 x (1 - 0.625/1.25) = 0.75
    assert analyse(OF, SCALE).reliability == pytest.approx(0.75)


def test_difficulty_is_the_mean_part_of_the_points():
    found = analyse({"a": 2.0, "b": 4.0}, [{"a": 2, "b": 1}, {"a": 1, "b": 0}])
    assert [item.difficulty for item in found.items] == [0.75, 0.125]


def test_discrimination_is_the_correlation_with_the_rest():
    # b = 1, 1, 0, 0 against a + c = 2, 1, 1, 0: 0.25 / (0.5 x sqrt(0.5)) = 0.7071
    assert analyse(OF, SCALE).items[1].discrimination == pytest.approx(0.7071, abs=1e-4)


def test_a_question_that_the_better_ones_miss_is_below_zero():
    turned = [{**row, "c": 1 - row["c"]} for row in SCALE]
    assert analyse(OF, turned).items[2].discrimination < 0


def test_where_nothing_varies_nothing_is_claimed():
    found = analyse(OF, [{"a": 1, "b": 1, "c": 1}] * 40)
    assert found.reliability is None
    assert {item.discrimination for item in found.items} == {None}
    assert not found.indicative


@pytest.mark.parametrize(("people", "indicative"), [(0, True), (29, True), (30, False)])
def test_under_thirty_people_the_figures_are_indicative(people, indicative):
    assert analyse(OF, [SCALE[0]] * people).indicative is indicative


def test_options_nobody_chose():
    answers = ["a", None, ["b", "a"], "x", 3]
    assert never_chosen(["a", "b", "c", "d"], answers) == ["c", "d"]
