"""The addresses of this laptop on the LAN, and whether a port is free."""

from __future__ import annotations

import ipaddress
import socket

import psutil

#: Prefixes of interfaces of containers, virtual machines and VPNs, which no phone is connected to.
VIRTUAL = (
    "docker",
    "br-",
    "veth",
    "virbr",
    "vmnet",
    "vboxnet",
    "cni",
    "flannel",
    "tailscale",
    "tun",
    "tap",
    "zt",
    "lo",
)


def lan_addresses() -> list[str]:
    """Return the IPv4 addresses that other machines on the same network can reach, likeliest first.

    Private addresses, which hotspots and routers assign, come first; loopback, link-local and virtual
    interfaces are left out. The list is empty without a network.
    """
    up = {name for name, stats in psutil.net_if_stats().items() if stats.isup}
    found = []
    for name, addresses in psutil.net_if_addrs().items():
        if name not in up or name.startswith(VIRTUAL):
            continue
        for address in addresses:
            if address.family != socket.AF_INET:
                continue
            ip = ipaddress.ip_address(address.address)
            if not (ip.is_loopback or ip.is_link_local or ip.is_unspecified):
                found.append(ip)
    return [str(ip) for ip in sorted(found, key=lambda ip: not ip.is_private)]


def port_is_free(ip: str, port: int) -> bool:
    """Return whether a server can listen on this address and port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ip, port))
        except OSError:
            return False
    return True
