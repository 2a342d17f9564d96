"""Which page ends while memory is short."""

from umkm_apps.open_pages import OpenPage, Place
from umkm_apps.rounds import gives_most


def page(name, *, read):
    made = OpenPage(Place(name, "hp", "/x"), "v1", {})
    if read:
        made.lines.append(object())
    return made


def test_the_largest_page_that_nobody_reads_ends_first():
    read, small, large = page("a", read=True), page("b", read=False), page("c", read=False)
    assert gives_most({read: 150.0, small: 20.0, large: 40.0}) is large


def test_of_pages_that_are_read_only_one_that_is_far_too_large_ends():
    usual, large = page("a", read=True), page("b", read=True)
    assert gives_most({usual: 30.0, large: 97.0}) is large
    assert gives_most({usual: 30.0, large: 60.0}) is None
    assert gives_most({}) is None


def test_a_page_on_its_way_to_its_reader_is_left_alone():
    coming = page("a", read=False)
    coming.expected_since = 1.0
    assert gives_most({coming: 30.0}) is None
