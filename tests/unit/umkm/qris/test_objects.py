"""Data objects: read as they stand, written back character by character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.umkm.qris.payloads import PRACTICE, PUBLISHED

from umkm.qris import parse
from umkm.qris.objects import DataObject, Fault, read_objects, write_objects

ids = st.integers(0, 99).map("{:02}".format)
values = st.text(min_size=1, max_size=99)


def test_length_counts_characters():
    assert read_objects("0104最佳运输0202北京").items == (
        DataObject("01", "最佳运输"),
        DataObject("02", "北京"),
    )


@given(st.lists(st.builds(DataObject, ids, values), max_size=6))
def test_what_is_written_is_read_again(items):
    read = read_objects(write_objects(items))
    assert list(read) == items
    assert (read.rest, read.fault) == ("", Fault.NONE)


@pytest.mark.parametrize(
    ("text", "rest", "fault"),
    [
        ("000201XX02ab", "XX02ab", Fault.ID),
        ("00020126-1ab", "26-1ab", Fault.LENGTH),
        ("0002015912ab", "5912ab", Fault.CUT),
        ("000201591", "591", Fault.CUT),
        ("0002015", "5", Fault.CUT),
        ("000201٥٩01a", "٥٩01a", Fault.ID),
        ("00020159²²ab", "59²²ab", Fault.LENGTH),
        ("000201  \n", "  \n", Fault.ID),
    ],
)
def test_reading_stops_where_no_object_begins(text, rest, fault):
    read = read_objects(text)
    assert read.items == (DataObject("00", "01"),)
    assert (read.rest, read.fault) == (rest, fault)


def test_nothing_to_read_is_no_fault():
    assert read_objects("") == read_objects("")
    assert read_objects("").fault is Fault.NONE


@pytest.mark.parametrize("name", [*PUBLISHED, *PRACTICE])
def test_published_codes_are_rebuilt_byte_by_byte(name):
    text = {**PUBLISHED, **PRACTICE}[name]
    assert parse(text).encode().encode() == text.encode()


@given(st.text(max_size=300) | st.text("0123456789", max_size=300))
def test_any_text_is_rebuilt(text):
    assert parse(text).encode() == text


def test_unknown_objects_stay():
    # 91 of EMVCo's sample belongs to a scheme we do not know.
    assert parse(PUBLISHED["P9"]).value("91") == "0016A011223344998877070812345678"
    assert parse(PUBLISHED["P9"]).value("91", "07") == "12345678"


@pytest.mark.parametrize(
    "item", [DataObject("1", "a"), DataObject("٠١", "a"), DataObject("01", "")]
)
def test_no_code_holds_such_an_object(item):
    with pytest.raises(ValueError, match=r"4\.3\.1\.1|4\.4\.1\.2"):
        item.encode()


def test_no_code_holds_a_hundred_characters_in_one_object():
    with pytest.raises(ValueError, match="100 characters"):
        DataObject("62", "x" * 100).encode()
