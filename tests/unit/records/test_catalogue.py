"""A person's own catalogue: kept after consent, one for two phones, gone with its photos at a word."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from tests.unit.records.conftest import MONDAY

from umkm.marketing import MarketingError, Product, Seller
from umkm_records import UnknownParticipant, erase_person, export_person
from umkm_records.photos import Upload, keep_photo, list_photos
from umkm_records.tools import (
    Owner,
    StorefrontClosed,
    change_storefront,
    erase_storefront,
    open_storefront,
    read_storefront,
)

VERSION = "katalog-2026-11"
SHOP = Seller("Warung Bu Siti", "+6281234567890")


@pytest.fixture
def kept(records, siti):
    return open_storefront(records, Owner(siti.code), SHOP, VERSION, MONDAY)


def consents(records, code):
    found = export_person(records, code)["consents"]
    return [one for one in found if one["version"] == VERSION]


def add(records, code, kept, name, photo=""):
    product = Product(name, name, 20_000, photo=photo)
    return change_storefront(records, code, kept, lambda now: now.put(product))


def test_there_is_none_before_a_consent(records, siti):
    assert read_storefront(records, siti.code) is None
    assert read_storefront(records, "srg-nobody") is None
    with pytest.raises(UnknownParticipant):
        open_storefront(records, Owner("srg-nobody"), SHOP, VERSION)
    open_storefront(records, Owner(siti.code), SHOP, VERSION, MONDAY)
    assert consents(records, siti.code) == [
        {"version": VERSION, "given_at": "2026-11-02T01:00:00+00:00", "withdrawn_at": None}
    ]


def test_opening_twice_keeps_it_and_one_consent(records, siti, kept):
    add(records, siti.code, kept, "Emping")
    again = open_storefront(records, Owner(siti.code), Seller("Lain"), VERSION)
    assert [one.name for one in again.storefront.products] == ["Emping"]
    assert again.storefront.seller == SHOP
    assert len(consents(records, siti.code)) == 1


def test_two_phones_at_once_lose_nothing(records, siti, kept):
    names = [f"barang {n}" for n in range(12)]
    with ThreadPoolExecutor(6) as phones:
        list(phones.map(lambda name: add(records, siti.code, kept, name), names))
    now = read_storefront(records, siti.code).storefront
    assert sorted(one.name for one in now.products) == sorted(names)


def test_what_is_refused_changes_nothing(records, siti, kept):
    with pytest.raises(MarketingError):
        change_storefront(records, siti.code, kept, lambda now: now.moved("tidak-ada", 0))
    assert read_storefront(records, siti.code) == kept


def test_nobody_sees_anothers(records, siti, budi, kept):
    assert read_storefront(records, budi.code) is None
    with pytest.raises(StorefrontClosed):
        add(records, budi.code, kept, "Emping")


def test_erased_is_gone_with_its_photos_and_a_late_page_is_told(records, siti, kept):
    photo = keep_photo(records, Upload(siti.code, "kirim-satu"), b"jpeg", (10, 10))
    other = keep_photo(records, Upload(siti.code, "kirim-dua"), b"lain", (10, 10))
    add(records, siti.code, kept, "Emping", photo.name)
    erase_storefront(records, Owner(siti.code))
    assert read_storefront(records, siti.code) is None
    assert [one.name for one in list_photos(records, siti.code)] == [other.name]
    assert consents(records, siti.code)[0]["withdrawn_at"] is not None
    with pytest.raises(StorefrontClosed):
        add(records, siti.code, kept, "Keripik")
    open_storefront(records, Owner(siti.code), SHOP, VERSION)
    with pytest.raises(StorefrontClosed):
        add(records, siti.code, kept, "Keripik")  # begun anew elsewhere: not this page's
    erase_storefront(records, Owner(siti.code))
    erase_storefront(records, Owner(siti.code))


def test_a_person_takes_it_along_and_it_goes_with_them(records, siti, kept):
    add(records, siti.code, kept, "Emping melinjo")
    copy = export_person(records, siti.code)["storefronts"]
    assert copy[0]["content"]["products"][0]["name"] == "Emping melinjo"
    erase_person(records, siti.code, "pelatih")
    with records.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM storefront")).scalar() == 0
