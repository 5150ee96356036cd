"""Source addresses: which one counts, and whether it is allowed."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from mockserver.errors import AddressNotAllowed

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MAX_HOPS = 64
MAPPED_PREFIX = 96  # ::ffff:0:0/96 holds the IPv4 addresses
MAX_PORT = 65_535
MAX_TEXT = 45  # characters of the longest way to write an address
_PREFIXED = re.compile(r"[0-9A-Fa-f:.]+/(0|[1-9][0-9]{0,2})", re.ASCII)
_HOP = re.compile(
    r"(?:\[(?P<v6>[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)\]|(?P<v4>[0-9.]+))(?::(?P<port>[0-9]{1,5}))?", re.ASCII
)


@functools.lru_cache(maxsize=4096)
def read_network(text: str) -> Network:
    """Read one allowlist entry: an address or a CIDR network without host bits, e.g. `10.0.0.0/8`.

    A network of IPv4-mapped addresses (`::ffff:10.0.0.0/104`) is folded to IPv4, as callers' addresses are.

    Raises:
        ValueError: with a sentence that names the entry and what to write instead.
    """
    try:
        if "/" in text and not _PREFIXED.fullmatch(text):
            raise ValueError("the part behind the slash must be a prefix length")
        network = ip_network(text, strict=True)
    except ValueError as problem:
        hint = (
            "write an address or a network without host bits, such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32"
        )
        raise ValueError(f"{text!r} is not a network ({problem}): {hint}") from None
    if isinstance(network, IPv6Network):
        first = network.network_address
        if first.scope_id is not None:
            raise ValueError(f"{text!r} names a zone: addresses of one link only are not supported")
        if first.ipv4_mapped is not None and network.prefixlen >= MAPPED_PREFIX:
            return IPv4Network((first.ipv4_mapped, network.prefixlen - MAPPED_PREFIX))
    return network


def read_address(text: str) -> Address | None:
    """Return the address that `text` writes, IPv4-mapped IPv6 folded to IPv4; None where it writes none."""
    return _read_address(text) if len(text) <= MAX_TEXT else None


@functools.lru_cache(maxsize=4096)  # a caller's own address comes with each of its requests
def _read_address(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return None
        return address.ipv4_mapped or address
    return address


def client_address(
    peer: str | None, forwarded_for: Sequence[str], trusted_proxies: Sequence[Network]
) -> Address | None:
    """Return the address that counts as the caller's, or None where none can be trusted.

    The peer of the connection counts, unless it is a trusted proxy: then `X-Forwarded-For` (all fields
    joined in order) is walked from the right, past trusted proxies, to the first address that is not one.
    An entry that is no address ends the walk without a result. When every hop is a trusted proxy, the
    leftmost one counts.
    """
    address = read_address(peer) if peer else None
    if address is None or not trusted_proxies or not is_within(address, trusted_proxies):
        return address
    hops = [hop.strip(" \t") for field in forwarded_for for hop in field.split(",")]
    if len(hops) > MAX_HOPS:
        return None
    for hop in reversed(hops):
        address = _hop_address(hop)
        if address is None or not is_within(address, trusted_proxies):
            return address
    return address


def is_within(address: Address, networks: Sequence[Network]) -> bool:
    """Tell whether `address` lies in one of `networks`; the families IPv4 and IPv6 never mix."""
    return any(address.version == network.version and address in network for network in networks)


def check_allowed(address: Address | None, networks: Sequence[Network], *, peer: str | None) -> None:
    """Refuse an address that is on none of `networks`; an empty allowlist allows nobody.

    Raises:
        AddressNotAllowed: with the address and the networks that were tried.
    """
    if address is None or not is_within(address, networks):
        raise AddressNotAllowed(
            address=None if address is None else str(address),
            peer=peer,
            networks=[str(network) for network in networks],
            problem="" if address else "the caller's address cannot be found out",
        )


def _hop_address(text: str) -> Address | None:
    """Read one entry of X-Forwarded-For; some proxies add a port or write IPv6 in brackets."""
    match = _HOP.fullmatch(text)
    if match is None:
        return read_address(text)
    if int(match["port"] or 0) > MAX_PORT:
        return None
    return read_address(match["v6"] or match["v4"])
