"""The checksum, against published values only."""

import pytest
from tests.unit.umkm.qris.payloads import (
    ALTERED_ACCOUNT,
    NOT_HEXADECIMAL,
    PRACTICE,
    PUBLISHED,
    seal,
)

from umkm.qris.checksum import checksum


def test_check_value_of_crc_16_ibm_3740():
    # The catalogue of parametrised CRC algorithms lists 0x29B1 for "123456789".
    assert checksum("123456789") == "29B1"


@pytest.mark.parametrize("name", [*PUBLISHED, *PRACTICE])
def test_checksums_others_computed(name):
    text = {**PUBLISHED, **PRACTICE}[name]
    assert checksum(text[:-4]) == text[-4:]


@pytest.mark.parametrize("text", [NOT_HEXADECIMAL, ALTERED_ACCOUNT])
def test_checksums_published_wrong(text):
    right = seal(text[:-8])[-4:]
    assert checksum(text[:-4]) == right != text[-4:]


def test_the_right_checksum_of_the_one_that_is_no_hexadecimal():
    assert checksum(NOT_HEXADECIMAL[:-4]) == "1E29"


def test_bytes_are_summed_not_characters():
    # EMVCo's sample holds 最佳运输: 4 characters by its length field, 12 bytes in its checksum.
    sample = PUBLISHED["P9"]
    assert "0104最佳运输" in sample
    assert checksum(sample[:-4]) == "A13A"


def test_half_a_character_is_summed_too():
    assert len(checksum("\ud83d")) == 4
