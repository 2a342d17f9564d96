"""Photos of people: whole after any break of the line, their owner's alone, gone at a word."""

import base64
import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text
from tests.unit.records.conftest import MONDAY

import umkm_records.photos.photos
import umkm_records.photos.uploads
from umkm_records import (
    ChangeId,
    DraftKey,
    UnknownParticipant,
    erase_person,
    export_person,
    save_draft,
    submit,
)
from umkm_records.errors import PhotoFull, PhotoInUse
from umkm_records.photos import (
    Upload,
    add_piece,
    delete_photo,
    drop_upload,
    keep_photo,
    list_photos,
    read_photos,
    upload_state,
    uploaded_bytes,
)

TASK = "pemasaran-foto"
LATER = MONDAY + timedelta(days=8)


@pytest.fixture
def upload(siti):
    return Upload(siti.code, "a" * 16)


def keep(records, code, content=b"satu", now=MONDAY):
    name = hashlib.md5(content, usedforsecurity=False).hexdigest()
    return keep_photo(records, Upload(code, name), content, (40, 30), now)


def name_in_answer(records, code, photo, seq=1):
    save_draft(records, DraftKey(code, TASK, "foto"), [photo.name], ChangeId("hp", seq), MONDAY)


def pieces(records):
    with records.read_session() as session:
        return session.execute(text("SELECT count(*) FROM photo_piece")).scalar_one()


def test_it_goes_on_where_it_broke_off(records, upload):
    assert upload_state(records, upload).received == 0
    assert add_piece(records, upload, 0, b"satu ").received == 5
    # The phone never heard of it, and asks; or sends the same again, or something from further on.
    assert upload_state(records, upload).received == 5
    assert add_piece(records, upload, 0, b"satu ").received == 5
    assert add_piece(records, upload, 9, b"tiga").received == 5
    assert add_piece(records, upload, 5, b"dua").received == 8
    assert uploaded_bytes(records, upload) == b"satu dua"


def test_two_tabs_that_send_the_same_mix_nothing(records, upload):
    whole = bytes(range(200))

    def send(_tab):
        received = 0
        while received < len(whole):
            received = add_piece(records, upload, received, whole[received : received + 7]).received

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(send, range(3)))
    assert uploaded_bytes(records, upload) == whole


def test_a_kept_photo_takes_the_place_of_its_pieces_and_is_told_again(records, upload):
    add_piece(records, upload, 0, b"mentah")
    kept = keep_photo(records, upload, b"jadi", (40, 30), MONDAY)
    assert kept.name == hashlib.sha256(b"jadi").hexdigest()
    assert (kept.size, kept.width, kept.height) == (4, 40, 30)
    assert pieces(records) == 0
    assert upload_state(records, upload).photo == kept
    assert add_piece(records, upload, 0, b"mentah").photo == kept
    assert read_photos(records, upload.participant, [kept.name, "x"]) == {kept.name: b"jadi"}


def test_the_same_photo_sent_anew_is_kept_once(records, siti, upload):
    first = keep(records, siti.code)
    second = keep_photo(records, upload, b"satu", (40, 30), LATER)
    assert (second.name, len(list_photos(records, siti.code))) == (first.name, 1)
    assert upload_state(records, upload).photo == second


def test_nobody_sees_or_removes_anothers(records, siti, budi):
    photo = keep(records, siti.code)
    assert read_photos(records, budi.code, [photo.name]) == {}
    assert list_photos(records, budi.code) == []
    delete_photo(records, budi.code, photo.name)
    assert list_photos(records, siti.code) == [photo]
    add_piece(records, Upload(siti.code, "b" * 16), 0, b"punya siti")
    drop_upload(records, Upload(budi.code, "b" * 16))
    assert upload_state(records, Upload(budi.code, "b" * 16)).received == 0
    assert uploaded_bytes(records, Upload(siti.code, "b" * 16)) == b"punya siti"
    with pytest.raises(UnknownParticipant):
        add_piece(records, Upload("srg-nobody", "b" * 16), 0, b"x")


def test_what_an_answer_names_stays(records, siti):
    photo = keep(records, siti.code)
    name_in_answer(records, siti.code, photo)
    with pytest.raises(PhotoInUse):
        delete_photo(records, siti.code, photo.name)
    submit(records, siti.code, TASK, ["foto"], MONDAY)
    save_draft(records, DraftKey(siti.code, TASK, "foto"), None, ChangeId("hp", 2), MONDAY)
    # What was sent and is not graded yet still needs it.
    with pytest.raises(PhotoInUse):
        delete_photo(records, siti.code, photo.name)


def test_what_nothing_names_goes_after_a_week(records, siti):
    named, loose = keep(records, siti.code, b"dipakai"), keep(records, siti.code, b"lepas")
    name_in_answer(records, siti.code, named)
    new = keep(records, siti.code, b"baru", LATER)
    assert list_photos(records, siti.code) == [named, new]
    delete_photo(records, siti.code, new.name)
    assert loose.name not in {photo.name for photo in list_photos(records, siti.code)}


def test_there_is_an_end_to_what_one_person_keeps(records, siti, monkeypatch):
    monkeypatch.setattr(umkm_records.photos.photos, "MOST_PHOTOS", 2)
    first = keep(records, siti.code, b"satu")
    name_in_answer(records, siti.code, first)
    keep(records, siti.code, b"dua")
    # Room is made by what nothing names.
    third = keep(records, siti.code, b"tiga")
    assert list_photos(records, siti.code) == sorted([first, third], key=lambda one: one.name)
    save_draft(records, DraftKey(siti.code, TASK, "dua"), [third.name], ChangeId("hp", 1), MONDAY)
    with pytest.raises(PhotoFull, match="penuh"):
        keep(records, siti.code, b"empat")
    monkeypatch.setattr(umkm_records.photos.photos, "MOST_PHOTOS", 9)
    monkeypatch.setattr(umkm_records.photos.photos, "MOST_BYTES", 10)
    with pytest.raises(PhotoFull):
        keep(records, siti.code, b"terlalu besar")


def test_sendings_nobody_goes_on_with_make_way(records, siti):
    for number in range(5):
        at = MONDAY + timedelta(seconds=number)
        add_piece(records, Upload(siti.code, f"{number:016}"), 0, b"awal", at)
    assert pieces(records) == umkm_records.photos.uploads.MOST_UPLOADS
    add_piece(records, Upload(siti.code, "f" * 16), 0, b"awal", LATER)
    assert pieces(records) == 1


def test_a_person_gets_their_photos_and_they_go_with_them(records, siti, database):
    photo = keep(records, siti.code, b"rahasia dapur saya")
    add_piece(records, Upload(siti.code, "c" * 16), 0, b"setengah foto saya")
    (told,) = export_person(records, siti.code)["photos"]
    assert base64.b64decode(told["jpeg"]) == b"rahasia dapur saya"
    assert told["name"] == photo.name
    erase_person(records, siti.code, by="pelatih")
    raw = b"".join(path.read_bytes() for path in database.parent.iterdir())
    assert b"rahasia dapur" not in raw
    assert b"setengah foto" not in raw
