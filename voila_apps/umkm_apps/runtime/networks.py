"""The names under which network addresses are counted, and by which connections are shared out."""

from __future__ import annotations

import ipaddress


def network_of(text: str) -> str:
    """Return the name under which an address is counted; empty for what is none."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        # A device draws new addresses of its network at will.
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def is_this_computer(network: str) -> bool:
    """Return whether a name that `network_of` gave is this computer's own: a proxy speaks for everybody."""
    return network in {"127.0.0.1", "::/64"}
