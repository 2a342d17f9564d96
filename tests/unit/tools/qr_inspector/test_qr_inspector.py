"""The code reader: what it says of codes published by others, and of anything else."""

import json
import logging
from pathlib import Path

import pytest

from umkm_tools.qr_inspector.widget import QrInspector

# astrapay/spring-qris, QrisMapperTest.java:42, a static code.
PAW = (
    "00020101021126650013ID.CO.BCA.WWW011893600014000128766702150008850012876670303UKE51440014ID.CO"
    ".QRIS.WWW0215ID10210818616060303UKE5204074253033605802ID5909GREEN PAW6007TANGSEL6105153236207"
    "0703A0163046D3F"
)
# EMVCo's sample with a name in Chinese.
BEIJING = (
    "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914"
    "BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***"
    "0708A60086670902ME91320016A0112233449988770708123456786304A13A"
)


# astrapay/spring-qris, QrisMapperTest.java:34: Rp1.000, and a tip of Rp500 that is added by itself.
GUREUM = (
    "00020101021226530012COM.DOKU.WWW0118936008990000002475020424750303URE51440014ID.CO.QRIS.WWW0215"
    "ID10200392934820303URE5204539953033605404100055020256035005802ID5911GUREUM SHOP6013JAKARTA PUSA"
    "T61051064062070703A016304FD26"
)


class Phone:
    def __init__(self):
        self.widget = QrInspector("abc")
        self.heard = []
        self.widget.send = self.heard.append

    def read(self, text, **own):
        self.heard.clear()
        self.widget.on_message({"type": "read", "number": 3, "text": text, "own": own})
        (said,) = self.heard
        assert said["number"] == 3
        return said


@pytest.fixture
def phone():
    return Phone()


def test_a_sticker_in_plain_words(phone):
    said = phone.read(PAW)
    assert said["summary"] == "QRIS tetap milik GREEN PAW, TANGSEL. Jumlahnya diketik oleh pembeli."
    assert ["NMID", "ID1021081861606"] in said["gist"]
    assert ["Penyedia", "BCA"] in said["gist"]
    assert ["Golongan usaha", "usaha kecil"] in said["gist"]
    assert said["verdict"]["title"] == "Terbaca dan utuh"
    assert said["compared"] is None
    assert said["mine"]["nmid"] == "ID1021081861606"
    assert ["59", "Nama toko", "GREEN PAW", ""] in said["fields"]


def test_compared_with_ones_own(phone):
    mine = phone.read(PAW)["mine"]
    assert phone.read(PAW, **mine)["compared"]["likeness"] == "same"
    assert phone.read(PAW, name="Warung", nmid="ID1")["compared"]["likeness"] == "other"


def test_a_stranger_is_never_offered_as_ones_own(phone):
    mine = phone.read(PAW)["mine"]
    assert "mine" in phone.read(PAW, name="Green Paw", nmid=mine["nmid"])
    for own in (
        {"name": "Warung", "nmid": "ID1"},
        {"name": "Green Paw", "nmid": "ID1099900000017"},
        {"name": "Green Paw", "nmid": "ID1021081861607"},
        {"name": "Warung", "nmid": ""},
        {**mine, "mark": "0" * 16},
    ):
        assert "mine" not in phone.read(PAW, **own), own


# Codes of the kinds that fraudsters and other countries use; what must be said is the reviewers'.
CODES = {
    one["id"]: one
    for one in map(json.loads, Path(__file__).with_name("data").joinpath("codes.jsonl").open())
}


@pytest.mark.parametrize(
    ("name", "tone", "words"),
    [
        ("hidden-tip-refund-code", "warn", ["MENGIRIM Rp3.281.730", "tip Rp79.912"]),
        ("tip-larger-than-amount", "warn", ["MENGIRIM Rp75.000", "lebih besar daripada harganya"]),
        ("domain-and-nns-disagree", "warn", ["dua penyedia: GoPay dan BRI"]),
        ("qris-transfer-person", "warn", ["rekening orang, bukan ke toko", "Nama penerima", "BCA"]),
        ("above-the-limit", "warn", ["Rp10.000.000", "Tidak ada aplikasi"]),
        ("pasted-from-a-link", "bad", ["disalin dari tautan"]),
        ("th-promptpay", "bad", ["kode pembayaran dari negara lain"]),
        ("my-duitnow-static", "bad", ["kode pembayaran dari negara lain"]),
        ("personal-wallet-link", "bad", ["dompet seseorang, bukan QRIS"]),
    ],
)
def test_what_a_code_would_do_is_told(phone, name, tone, words):
    said = phone.read(CODES[name]["payload"])
    assert said["verdict"]["tone"] == tone
    told = str([said["verdict"]["more"], said["findings"], said["gist"]])
    assert [word for word in words if word not in told] == []
    assert name != "qris-transfer-person" or "Golongan usaha" not in told
    assert tone != "bad" or "Minta kode baru" not in said["verdict"]["more"]


@pytest.mark.parametrize(
    "name",
    ["own-gopay-suffix", "nmid-typed-with-label", "nmid-typed-letter-O",
     "swapped-pan-same-name-and-nmid"],
)  # fmt: skip
def test_a_code_that_may_be_ones_own_is_neither_torn_down_nor_green(phone, name):
    said = phone.read(CODES[name]["payload"], **CODES[name]["own"])
    assert said["compared"]["likeness"] == "alike"
    assert "bayar Rp1.000" in said["compared"]["message"]
    assert "lepas" not in said["compared"]["message"]
    assert said["verdict"]["tone"] == "warn"


def test_a_damaged_code_is_refused_and_still_explained(phone):
    said = phone.read(PAW.replace("GREEN", "GRAEN"))
    assert said["verdict"]["title"] == "Jangan dipakai"
    assert "mine" not in said
    assert ["Nama toko", "GRAEN PAW"] in said["gist"]
    assert any("4.7.16.1" in about for _, about in said["strict"])


def test_a_code_of_another_country(phone):
    said = phone.read(BEIJING)
    assert "bukan QRIS Indonesia" in said["verdict"]["more"]
    assert "mine" not in said
    gist = dict(said["gist"])
    assert gist["Jumlah"] == "23.72 Yuan Tiongkok"
    assert "Golongan usaha" not in gist


def test_a_tip_that_is_added_by_itself_is_told(phone):
    said = phone.read(GUREUM)
    assert said["summary"].endswith("Jumlahnya sudah terisi: Rp1.000, ditambah tip Rp500.")
    assert ["Tip", "Rp500"] in said["gist"]


def test_an_example_is_called_one(phone):
    phone.widget.on_message({"type": "sample", "number": 1})
    assert phone.heard[0]["verdict"]["title"] == "Kode latihan"


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["", "https://x.id/a", "<img src=x onerror=alert(1)>", "A\u202eB\x00", "9" * 10_000_000,
     "\ud800", "00020101021126990013", None, 5, {"a": 1}, "hQVDUFYwMWET"],
)  # fmt: skip
def test_anything_else_gives_a_refusal_in_words(phone, text):
    said = phone.read(text)
    assert said["verdict"]["tone"] == "bad"
    assert said["verdict"]["more"]
    assert len(said["text"]) <= 300
    assert not any(char in said["text"] for char in "\u202e\x00")
    assert "mine" not in said


def test_forged_messages_are_nothing(phone):
    for message in (None, 3, [], {}, {"type": "x"}, {"type": ["read"]} | {"type": "other"}):
        phone.widget.on_message(message)
    assert phone.heard == []
    phone.widget.on_message({"type": "read", "number": "x", "text": PAW, "own": [1]})
    assert phone.heard[0]["number"] == 0


def test_what_goes_wrong_is_told_and_the_code_not_logged(phone, monkeypatch, caplog):
    monkeypatch.setattr("umkm_tools.qr_inspector.widget.report", lambda *_: 1 / 0)
    with caplog.at_level(logging.ERROR):
        assert phone.read(PAW)["broken"]
    assert "GREEN PAW" not in caplog.text
    # Nothing of a code is part of the widget's state.
    assert "PAW" not in str(phone.widget.get_state())
