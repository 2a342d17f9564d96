"""Chat links as the standard writes them, and messages with gaps."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm.errors import InputError
from umkm.marketing import MarketingError, Template, bold, chat_link


def test_the_published_example():
    # npm whatsapp-url-builder 0.1.2 and WhatsApp's help: digits only, percent-encoded.
    assert chat_link("0812-3456-7890", "Halo, saya mau pesan") == (
        "https://wa.me/6281234567890?text=Halo%2C%20saya%20mau%20pesan"
    )


@pytest.mark.parametrize("spelt", ["081234567890", "+62 812 3456 7890", "62 (0)812-3456-7890"])
def test_every_spelling_of_a_number_opens_the_same_chat(spelt: str):
    assert chat_link(spelt) == "https://wa.me/6281234567890"


def test_a_text_alone_asks_whom_to_send_it_to():
    assert chat_link(text="Menu & harga\nRp5.000") == (
        "https://wa.me/?text=Menu%20%26%20harga%0ARp5.000"
    )


@given(st.text(max_size=150))
def test_any_text_comes_out_as_it_went_in(text: str):
    words = " ".join(text.split())
    encodable = words.encode("utf-8", "ignore").decode("utf-8")
    if not encodable:
        return
    link = chat_link("081234567890", encodable)
    assert link.isascii()
    assert " " not in link
    assert parse_qs(urlsplit(link).query, keep_blank_values=True)["text"] == [encodable]


def test_what_is_refused():
    with pytest.raises(InputError):
        chat_link("0254 123456", "Halo")
    with pytest.raises(MarketingError, match="dua-duanya"):
        chat_link()
    with pytest.raises(MarketingError, match="terlalu panjang"):
        chat_link("081234567890", "a" * 1001)


def test_gaps_are_filled_once_and_never_read_again():
    message = Template("Halo {nama}, pesanan {barang} siap. Terima kasih, {nama}!")
    assert message.gaps == ("nama", "barang")
    assert message.filled({"nama": "Bu {barang}", "barang": "keripik"}) == (
        "Halo Bu {barang}, pesanan keripik siap. Terima kasih, Bu {barang}!"
    )
    with pytest.raises(MarketingError, match="barang"):
        message.filled({"nama": "Ida"})


@pytest.mark.parametrize("broken", ["Halo {nama", "Halo {}", "{a.b}", "{nama!r}", "{nama:>9}", "}"])
def test_a_broken_template_says_how_to_write_it(broken: str):
    with pytest.raises(MarketingError, match="berpasangan"):
        _ = Template(broken).gaps


def test_bold_ends_where_it_should():
    assert bold(" Promo *besar* ") == "*Promo besar*"
    assert bold("  ") == ""
