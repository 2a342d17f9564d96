"""The panel in the terminal when a class is open."""

import dataclasses
import io

from rich.console import Console

from umkm_cli.addresses import ClassUrls, qr_text, show_urls

URLS = ClassUrls(
    title="UMKM Naik Kelas · Kelas contoh",
    join_url="http://192.168.43.1:8866/",
    other_urls=[],
    join_code="SERANG-1",
    lab_url="http://127.0.0.1:8899/login?token=0123456789abcdef",
    data_dir="/home/pelatih/data",
    has_network=True,
)


def shown(urls):
    console = Console(file=io.StringIO(), width=80)
    show_urls(console, urls)
    return console.file.getvalue()


def test_addresses_and_code_can_be_copied_whole():
    text = shown(URLS)
    for needed in (URLS.join_url, URLS.lab_url, URLS.join_code, "Ctrl-C"):
        assert any(needed in line for line in text.splitlines()), needed
    assert "hotspot" not in text


def test_the_qr_code_leads_to_registration_with_the_class_code():
    assert URLS.register_url == "http://192.168.43.1:8866/daftar?kelas=SERANG-1"
    drawn = qr_text(URLS.register_url).plain.splitlines()
    assert all(line.rstrip() in shown(URLS) for line in drawn)
    odd = dataclasses.replace(URLS, join_code="A&B 1")
    assert odd.register_url.endswith("/daftar?kelas=A%26B+1")


def test_without_a_network_it_says_so():
    assert "belum tersambung ke jaringan" in shown(dataclasses.replace(URLS, has_network=False))
