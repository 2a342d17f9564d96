"""Pictures of money say in words what they show, and refuse what cannot be drawn."""

from xml.etree import ElementTree as ET

import pytest

from umkm import InputError
from umkm.charts import bars, line

SVG = "{http://www.w3.org/2000/svg}"


def _widths(picture):
    """The widths of the filled bars: every second rectangle, after its pale ground."""
    return [float(rect.get("width")) for rect in ET.fromstring(picture).iter(f"{SVG}rect")][1::2]


def test_bars_are_as_long_as_their_amounts():
    picture = bars("Ke mana uang pergi", {"Belanja": 800_000, "Rumah": 200_000, "Iklan": 0})
    assert _widths(picture) == [320, 80, 0]
    assert ET.fromstring(picture).get("aria-label") == (
        "Ke mana uang pergi: Belanja Rp800.000; Rumah Rp200.000; Iklan Rp0."
    )


def test_bars_of_nothing_but_zero_have_no_length():
    assert _widths(bars("Kosong", {"Belanja": 0})) == [0]


def test_a_line_names_its_highest_and_lowest_day():
    days = [("1 Mei", 500_000), ("2 Mei", 900_000), ("3 Mei", 100_000), ("4 Mei", 300_000)]
    picture = ET.fromstring(line("Isi laci", days))
    assert picture.get("aria-label") == (
        "Isi laci: paling banyak Rp900.000 pada 2 Mei, paling sedikit Rp100.000 pada 3 Mei, "
        "terakhir Rp300.000."
    )
    words = [text.text for text in picture.iter(f"{SVG}text")]
    assert words == ["2 Mei: Rp900.000", "3 Mei: Rp100.000", "1 Mei", "4 Mei"]


def test_a_higher_amount_stands_higher():
    picture = ET.fromstring(line("Isi laci", [("1", 100), ("2", 300), ("3", 200)]))
    path = [part.get("d") for part in picture.iter(f"{SVG}path")][1]
    first, second, third = (float(point.split()[1]) for point in path[1:].split("L"))
    assert second < third < first


def test_names_of_people_stay_text():
    label = '<script>"Bu" & Siti</script>'
    picture = bars("Bon", {label: 1})
    assert ET.fromstring(picture).find(f"{SVG}text").text == label
    assert "<script" not in picture


@pytest.mark.parametrize(
    "draw",
    [
        lambda: bars("Kosong", {}),
        lambda: bars("Minus", {"Kas": -1}),
        lambda: line("Sehari", [("1 Mei", 5)]),
        lambda: line("Minus", [("1 Mei", 5), ("2 Mei", -5)]),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_plain_words(draw):
    with pytest.raises(InputError):
        draw()
