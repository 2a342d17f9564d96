"""A served page's catalogue: whose it is, and when its page may no longer change it."""

import pytest

from umkm.errors import UmkmError
from umkm.marketing import Product
from umkm_apps.page_sessions.in_process.reader import Reader
from umkm_records import class_roster, get_participant, open_records, reset_pin
from umkm_records.photos import Upload, keep_photo
from umkm_records.tools import StorefrontClosed
from umkm_tools.catalogue.page import RecordsCatalogueStore

EMPING = Product("a", "Emping", 20_000)


@pytest.fixture
def records(sample_database):
    with open_records(sample_database) as opened:
        yield opened


@pytest.fixture
def other(records):
    cohort = get_participant(records, "srg-siti1").cohort
    return next(p.code for p in class_roster(records, cohort) if p.code != "srg-siti1")


def store(records, code="srg-siti1"):
    return RecordsCatalogueStore(records, Reader(code, 1))


def test_nothing_is_stored_before_the_consent(records):
    mine = store(records)
    assert mine.read() is None
    with pytest.raises(StorefrontClosed):
        mine.change(lambda now: now.put(EMPING))
    assert mine.begin().seller.name == get_participant(records, "srg-siti1").business_name
    assert mine.change(lambda now: now.put(EMPING)).products == (EMPING,)


def test_a_catalogue_and_its_photos_belong_to_one_person(records, other):
    store(records).begin()
    photo = keep_photo(records, Upload("srg-siti1", "kirim"), b"jpeg", (10, 10))
    assert store(records).photos([photo.name]) == {photo.name: b"jpeg"}
    assert store(records, other).read() is None
    assert store(records, other).photos([photo.name]) == {}
    assert store(records).token != store(records, other).token


def test_two_pages_of_one_person_see_each_other(records):
    one, other = store(records), store(records)
    one.begin()
    other.read()
    one.change(lambda now: now.put(EMPING))
    assert len(other.change(lambda now: now.put(Product("b", "Keripik", 1))).products) == 2
    one.erase()
    with pytest.raises(StorefrontClosed):
        other.change(lambda now: now.without("a"))


def test_a_new_pin_ends_open_pages(records):
    mine = store(records)
    mine.begin()
    reset_pin(records, "srg-siti1", by="pelatih")
    for act in (mine.read, mine.begin, mine.erase, lambda: mine.photos(["x"])):
        with pytest.raises(UmkmError, match="masuk lagi"):
            act()
