"""Kota Serang, against the counts and names of Kepmendagri 300.2.2-2430/2025."""

from collections import Counter

import pytest

from umkm import InputError
from umkm.regions import (
    BUSINESS_KINDS,
    KELURAHAN,
    check_business_kind,
    check_kelurahan,
    find_kelurahan,
)


def test_each_kecamatan_has_its_number_of_kelurahan():
    assert Counter(kelurahan.kecamatan for kelurahan in KELURAHAN) == {
        "Serang": 12,
        "Kasemen": 10,
        "Walantaka": 14,
        "Curug": 10,
        "Cipocok Jaya": 8,
        "Taktakan": 13,
    }


def test_codes_and_labels_tell_every_kelurahan_apart():
    assert len({kelurahan.code for kelurahan in KELURAHAN}) == 67
    assert len({kelurahan.label for kelurahan in KELURAHAN}) == 67


@pytest.mark.parametrize(
    ("code", "name", "kecamatan", "postal_code"),
    [
        ("36.73.01.1003", "Sumur Pecung", "Serang", "42118"),
        ("36.73.02.1007", "Banten", "Kasemen", "42191"),
        ("36.73.05.1008", "Gelam", "Cipocok Jaya", "42128"),
        ("36.73.06.1013", "Cibendung", "Taktakan", "42162"),
    ],
)
def test_kelurahan_are_found_by_code(code, name, kecamatan, postal_code):
    found = find_kelurahan(code)
    assert (found.name, found.kecamatan, found.postal_code) == (name, kecamatan, postal_code)
    assert check_kelurahan(code) == code


@pytest.mark.parametrize(
    "code", ["36.73.02.1005", "36.73.03.1015", "36.04.01.1001", "Kasemen", "", None, 5, []]
)
def test_other_codes_are_refused(code):
    assert find_kelurahan(code) is None
    with pytest.raises(InputError, match="Pilih kelurahan"):
        check_kelurahan(code)


def test_kinds_of_business():
    assert all(check_business_kind(code) == code for code in BUSINESS_KINDS)
    with pytest.raises(InputError, match="Pilih jenis usaha"):
        check_business_kind("judi")
