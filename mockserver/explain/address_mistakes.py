"""What goes wrong between a caller's address and an allowlist.

Source: CO-010, CO-018.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_network

from mockserver.access.address import Network, client_address, is_within, read_address
from mockserver.explain.explanation import Mistake

MAPPED = int(IPv6Address("::ffff:0:0"))


def find(
    *,
    peer: str | None,
    forwarded_for: Sequence[str],
    networks: Sequence[str],
    trusted_proxies: Sequence[Network],
) -> Mistake | None:
    """Return why a caller is on none of `networks`, where that can be told."""
    allowed = [ip_network(network) for network in networks]
    address = read_address(peer) if peer else None
    if address is None:
        return None
    if forwarded_for and not is_within(address, trusted_proxies):
        behind = client_address(peer, forwarded_for, [ip_network(str(address))])
        if behind is not None and is_within(behind, allowed):
            return Mistake(
                "forwarded_header_not_trusted",
                f"X-Forwarded-For is believed from trusted proxies only: start the server with "
                f"--trusted-proxies {address}, or allow {address}.",
            )
    if isinstance(address, IPv4Address) and is_within(IPv6Address(MAPPED + int(address)), allowed):
        return Mistake(
            "ipv4_mapped",
            f"The caller comes by IPv4, also where it is written ::ffff:{address}: "
            f"IPv6 networks do not cover it, allow {address}.",
        )
    if address.is_loopback and any(network.network_address.is_loopback for network in allowed):
        return Mistake(
            "other_loopback_address",
            f"The caller comes from {address}: allow it beside {', '.join(networks)}, or call the other one.",
        )
    return None
