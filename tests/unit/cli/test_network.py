"""The address that is shown for phones."""

import socket
from types import SimpleNamespace

import psutil
import pytest

from umkm_cli.network import lan_addresses, port_is_free


def card(address, family=socket.AF_INET):
    return SimpleNamespace(family=family, address=address)


@pytest.fixture
def cards(monkeypatch):
    def plug_in(addresses, down=()):
        monkeypatch.setattr(
            psutil, "net_if_addrs", lambda: {n: [card(a)] for n, a in addresses.items()}
        )
        monkeypatch.setattr(
            psutil,
            "net_if_stats",
            lambda: {n: SimpleNamespace(isup=n not in down) for n in addresses},
        )

    return plug_in


def test_the_hotspots_address_comes_before_a_public_one(cards):
    cards({"lo": "127.0.0.1", "wwan0": "36.80.1.2", "wlan0": "192.168.43.1"})
    assert lan_addresses() == ["192.168.43.1", "36.80.1.2"]


def test_containers_link_local_and_dead_cards_are_left_out(cards):
    cards(
        {"lo": "127.0.0.1", "docker0": "172.17.0.1", "eth0": "169.254.7.7", "wlan0": "10.42.0.1"},
        down=("wlan0",),
    )
    assert lan_addresses() == []


def test_a_port_in_use_is_not_free():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert not port_is_free("127.0.0.1", other.getsockname()[1])
