"""Answers carried by hand: whole and genuine, or told in words; taken twice is taken once."""

import io
import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.support import offline_bundle
from tests.support.offline_bundle import SHEET, codes, photo

from umkm_apps.offline_transfer import (
    Incomplete,
    NotGenuine,
    Unreadable,
    import_bundle,
    make_page_token,
    read_codes,
    read_file,
    verify_bundle,
)
from umkm_apps.offline_transfer.panel import ImportSession, UploadedFile, outcome_of, summary_of
from umkm_apps.offline_transfer.qr_photos import codes_on
from umkm_records import (
    ChangeId,
    DraftKey,
    list_audit,
    load_drafts,
    make_sample_class,
    open_records,
    save_draft,
    submissions_of,
)
from umkm_records.classes import set_course_test_window
from umkm_records.people import half_of_class

SECRET = b"rahasia laptop ini"
CODE = "srg-siti1"


def bundle(send=None, **changed):
    return offline_bundle.bundle(SECRET, CODE, send, **changed)


@pytest.fixture
def records(sample_database):
    with open_records(sample_database) as opened:
        yield opened


@pytest.fixture
def desk(records, catalogue):
    return ImportSession(records, catalogue, SECRET)


def test_a_file_is_taken_once_however_often(records, desk):
    opened = desk.look([UploadedFile("jawaban.json", bundle())]).bundles[0]
    assert summary_of(opened).startswith("Siti Rohmah (srg-siti1): 2 jawaban untuk ")
    first = import_bundle(opened)
    assert (first.saved, first.replaced, first.receipt) == (2, 0, None)
    assert import_bundle(opened).saved == 2
    assert load_drafts(records, CODE, SHEET) == {
        "laba-bengkel": "350rb",
        "rencana-dua-laci": "Dua kaleng 🙂. " * 30,
    }
    deed = list_audit(records)[0]
    assert (deed.actor, deed.action, deed.subject) == ("terima-jawaban", "answers_carried", CODE)
    assert deed.detail == {"sheet": SHEET, "saved": 2}


def test_answers_of_another_class_are_taken_and_the_trainer_is_told(records, catalogue, desk):
    opened = desk.look([UploadedFile("jawaban.json", bundle())]).bundles[0]
    assert "kelas lain" not in desk.summary(opened)
    other = ImportSession(records, catalogue, SECRET, cohort="kasemen-2026-11")
    assert "dari kelas lain, " in other.summary(opened)
    assert import_bundle(opened).saved == 2


def test_a_queued_send_is_sent_once(records, desk):
    opened = desk.look([UploadedFile("jawaban.json", bundle(send="kunci-0001"))]).bundles[0]
    first, again = import_bundle(opened), import_bundle(opened)
    assert first.receipt.code == again.receipt.code
    assert f"Tanda terima {first.receipt.code}" in " ".join(outcome_of(opened, first))
    assert len(submissions_of(records, "contoh-serang", SHEET)) == 1


def test_a_test_that_was_closed_meanwhile_is_kept_and_not_sent(records, catalogue, desk):
    course = catalogue.courses["pembukuan"]
    form = course.test.sittings(half_of_class(records, CODE))[0]
    choice = next(
        question
        for question in form.questions
        if question.variant(CODE).question.kind == "single_choice"
    )
    answer = next(iter(choice.variant(CODE).question.options))
    change = {
        "question": choice.id,
        "answer": answer,
        "seq": 3,
        "writer": "hp-1",
        "acted": offline_bundle.now(),
    }
    content = bundle(
        send="kunci-0002",
        sheet=form.name,
        ticket=make_page_token(SECRET, CODE, form.name),
        changes=[change],
    )
    set_course_test_window(records, "contoh-serang", "pembukuan", "before", is_open=False, by="uji")
    opened = desk.look([UploadedFile("jawaban.json", content)]).bundles[0]
    taken = import_bundle(opened)
    assert (taken.saved, taken.receipt) == (1, None)
    assert "sudah ditutup. Jawabannya disimpan, tidak dikirim." in " ".join(
        outcome_of(opened, taken)
    )
    assert submissions_of(records, "contoh-serang", form.name) == []
    # Opened again, the same file is sent.
    set_course_test_window(records, "contoh-serang", "pembukuan", "before", is_open=True, by="uji")
    opened = desk.look([UploadedFile("jawaban.json", content)]).bundles[0]
    assert import_bundle(opened).receipt is not None


def test_newer_answers_of_another_phone_stay(records, desk):
    save_draft(records, DraftKey(CODE, SHEET, "laba-bengkel"), "400rb", ChangeId("hp-2", 1))
    opened = desk.look([UploadedFile("jawaban.json", bundle())]).bundles[0]
    taken = import_bundle(opened)
    assert (taken.saved, taken.replaced) == (1, 1)
    assert load_drafts(records, CODE, SHEET)["laba-bengkel"] == "400rb"
    assert "yang lebih baru sudah ada" in " ".join(outcome_of(opened, taken))


@pytest.mark.parametrize("packing", [b"Z", b"P"])
def test_codes_may_come_in_any_order_doubled_and_among_other_words(desk, packing):
    made = codes(bundle(), size=100, packing=packing)
    assert len(made) > 2
    random.Random(4).shuffle(made)
    pasted = "\n".join(["Kode dari Bu Siti:", *made, made[0].lower(), "terima kasih"])
    findings = desk.look([], pasted)
    assert (len(findings.bundles), findings.problems) == (1, [])


def test_missing_codes_are_named_and_may_follow(desk):
    made = codes(bundle(), size=60)
    findings = desk.look([], "\n".join(made[2:]))
    assert findings.bundles == []
    assert findings.problems == [
        f"Dari {len(made)} kode, yang belum ada: kode 1, 2. Foto kode itu, lalu tambahkan."
    ]
    assert len(desk.look([], "\n".join(made[:2])).bundles) == 1


def test_a_torn_code_counts_as_missing(desk):
    made = codes(bundle())
    torn = made[1][:40] + ("A" if made[1][40] != "A" else "B") + made[1][41:]
    findings = desk.look([], "\n".join([made[0], torn, *made[2:]]))
    assert "kode 2" in findings.problems[0]
    with pytest.raises(Unreadable, match="Foto kodenya lagi"):
        read_codes([made[0][:-3]])


def test_codes_of_two_people_are_kept_apart(records, desk):
    other = next(p for p in make_sample_class(records).participants if p.code != CODE)
    theirs = bundle(participant=other.code, ticket=make_page_token(SECRET, other.code, SHEET))
    mixed = [code for pair in zip(codes(bundle()), codes(theirs), strict=False) for code in pair]
    found = desk.look([], "\n".join([*mixed, *codes(bundle()), *codes(theirs)])).bundles
    assert {opened.participant.code for opened in found} == {CODE, other.code}


@pytest.mark.parametrize(
    "changed",
    [
        {"participant": "srg-budi2"},
        {"sheet": "pembukuan-lain"},
        {"ticket": "A" * 24},
        {"ticket": ""},
        {"ticket": make_page_token(b"laptop lain", CODE, SHEET)},
        {"ticket": make_page_token(SECRET, CODE, "lembar-lain")},
        {"ticket": "é" * 24},
    ],
)
def test_anothers_or_a_forged_parcel_is_refused(records, catalogue, changed):
    with pytest.raises(NotGenuine, match="tidak cocok"):
        verify_bundle(records, catalogue, SECRET, read_file(bundle(**changed)))
    assert load_drafts(records, CODE, SHEET) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b"[]", b"bukan json", b"\xff\xd8\xff", b"{" * 10_000, b" " * 500_000,
        bundle(umkm=2), bundle(changes=7), bundle(send=5), bundle(send="x" * 99), bundle(sheet=None),
        bundle(participant="srg\n"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_ours_is_told(content):
    with pytest.raises(Unreadable, match="bukan berkas atau kode"):
        read_file(content)


@pytest.mark.parametrize(
    "changed", [{"clock": "x"}, {"clock": 5}, {"changes": [{}]}, {"changes": [7]}]
)
def test_malformed_answers_are_told(records, catalogue, changed):
    with pytest.raises(Unreadable, match="tidak terbaca"):
        verify_bundle(records, catalogue, SECRET, read_file(bundle(**changed)))


@pytest.mark.slow
def test_a_code_that_swells_without_end_is_stopped():
    with pytest.raises(Unreadable):
        read_codes(codes(b"{" + b" " * 50_000_000))


@given(st.text(alphabet=string.ascii_uppercase + string.digits + ":UMK1 \n", max_size=400))
def test_any_text_is_answered_in_words(text):
    with pytest.raises((Unreadable, Incomplete)):
        read_codes([text])


def test_photos_of_codes_are_read(desk):
    made = codes(bundle())
    pictures = [
        UploadedFile(f"foto{n}.jpg", photo(code, turned=9 * n)) for n, code in enumerate(made)
    ]
    findings = desk.look(pictures)
    assert (len(findings.bundles), findings.problems) == (1, [])


@pytest.mark.slow
def test_a_photo_without_a_code_or_no_photo_is_told(desk):
    blank = io.BytesIO()
    Image.new("L", (300, 300), 200).save(blank, "PNG")
    findings = desk.look(
        [UploadedFile("kosong.png", blank.getvalue()), UploadedFile("x.heic", b"\0\0\0 ftyp")]
    )
    assert "kosong.png: tidak ada kode QR" in findings.problems[0]
    assert "x.heic: File ini bukan foto" in findings.problems[1]
    assert codes_on(photo("halo")) == ["halo"]
