"""Which process a connection goes to: by its login, else by its network."""

from collections import Counter

import pytest
from tornado.web import create_signed_value

from umkm_apps.runtime.login_cookie import LOGIN_COOKIE, login_of_head
from umkm_apps.server.routing import ranked, route_key

SECRET = b"rahasia"


def signed(login, secret=SECRET):
    return create_signed_value(secret, LOGIN_COOKIE, f'{{"login": "{login}"}}').decode()


def head(*lines):
    return "\r\n".join(["GET /pelajaran/x HTTP/1.1", "Host: a", *lines, "", ""]).encode()


def test_the_login_is_read_from_the_cookie_that_the_server_signed():
    assert login_of_head(head(f"Cookie: umkm-masuk={signed('siti')}"), SECRET) == "siti"
    assert (
        login_of_head(head(f'cookie:umkm-jam=1; umkm-masuk="{signed("siti")}"'), SECRET) == "siti"
    )


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("Cookie: umkm-jam=5",),
        # Names of which ours is a part.
        (f"Cookie: xumkm-masuk={signed('siti')}",),
        (f"Cookie: umkm={signed('siti')}; umkm-masuk2={signed('siti')}",),
        (f"X-Cookie: umkm-masuk={signed('siti')}",),
        (f"X-Said: Cookie: umkm-masuk={signed('siti')}",),
        # Not signed by this server, or for another cookie, or nothing of ours.
        (f"Cookie: umkm-masuk={signed('siti', b'lain')}",),
        (f"Cookie: umkm-masuk={signed('siti')[:-1]}0",),
        ("Cookie: umkm-masuk=siti",),
        ("Cookie: umkm-masuk=",),
        (f"Cookie: umkm-masuk={create_signed_value(SECRET, LOGIN_COOKIE, '[]').decode()}",),
        (f"Cookie: umkm-masuk={create_signed_value(SECRET, 'umkm-gabung', 'siti 1').decode()}",),
        ("Cookie: umkm-masuk=\xff\xfe",),
    ],
)  # fmt: skip
def test_nobody_chooses_a_process_by_what_the_server_did_not_sign(lines):
    assert (
        login_of_head("\r\n".join(["GET / HTTP/1.1", *lines, "", ""]).encode("latin-1"), SECRET)
        == ""
    )


def test_a_cookie_in_the_address_or_the_body_is_none():
    said = f"umkm-masuk={signed('siti')}"
    assert login_of_head(f"GET /?Cookie:{said} HTTP/1.1\r\nHost: a\r\n\r\n".encode(), SECRET) == ""


def test_a_head_that_breaks_off_has_no_login_yet():
    whole = head(f"Cookie: umkm-masuk={signed('siti')}")
    cut = whole[: whole.index(b"umkm-masuk") + 40]
    assert login_of_head(cut, SECRET) == ""


def test_without_a_login_the_network_decides():
    assert route_key("", "192.168.1.7") == route_key("", "::ffff:192.168.1.7")
    # A phone draws new IPv6 addresses at will; its network keeps its prefix of 64 bits.
    assert route_key("", "fe80::1:2") == route_key("", "fe80::77")
    assert route_key("", "192.168.1.7") != route_key("", "192.168.1.8")
    assert route_key("siti", "192.168.1.7") == route_key("siti", "10.0.0.1")
    assert route_key("192.168.1.7", "") != route_key("", "192.168.1.7")


def test_keys_are_shared_out_evenly():
    first = Counter(ranked(f"login {n}", range(4))[0] for n in range(4000))
    # Binomial: 1000 expected, standard deviation 27; five of them.
    assert all(abs(count - 1000) < 137 for count in first.values())


def test_when_a_process_ends_only_its_keys_go_elsewhere():
    keys = [f"login {n}" for n in range(300)]
    before = {key: ranked(key, [0, 1, 2])[0] for key in keys}
    without = {key: ranked(key, [0, 2])[0] for key in keys}
    assert {key: without[key] for key in keys if before[key] != 1} == {
        key: before[key] for key in keys if before[key] != 1
    }
    assert {without[key] for key in keys if before[key] == 1} == {0, 2}
    assert {key: ranked(key, [2, 1, 0])[0] for key in keys} == before
