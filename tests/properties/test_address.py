"""Addresses: the same answers as Python's ipaddress, and no header breaks the walk."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from hypothesis import given
from hypothesis import strategies as st

from mockserver.access.address import client_address, is_within, read_address, read_network

ADDRESSES = st.ip_addresses(v=4) | st.ip_addresses(v=6).filter(lambda address: not address.ipv4_mapped)
PROXY = ip_address("10.0.0.1")
PROXIES = [read_network("10.0.0.0/8")]
OUTSIDE = ADDRESSES.filter(lambda address: not is_within(address, PROXIES))


@st.composite
def networks(draw: st.DrawFn) -> str:
    address = draw(ADDRESSES)
    length = draw(st.integers(0, address.max_prefixlen))
    return str(ip_network((address, length), strict=False))


@given(networks(), ADDRESSES)
def test_membership_is_that_of_ipaddress(network: str, address: IPv4Address | IPv6Address) -> None:
    expected = address.version == ip_network(network).version and address in ip_network(network)
    assert is_within(address, [read_network(network)]) == expected


@given(networks())
def test_first_and_last_address_are_inside(text: str) -> None:
    network = read_network(text)
    assert is_within(network[0], [network])
    assert is_within(network[-1], [network])


@given(ADDRESSES)
def test_every_address_is_read_in_every_spelling(address: IPv4Address | IPv6Address) -> None:
    assert read_address(str(address)) == address
    assert read_address(address.exploded) == address


@given(st.ip_addresses(v=4))
def test_mapped_address_is_its_ipv4_address(address: IPv4Address) -> None:
    assert read_address(f"::ffff:{address}") == address
    assert is_within(address, [read_network(f"::ffff:{address}/128")])


@given(st.lists(st.text()))
def test_no_header_breaks_the_walk(fields: list[str]) -> None:
    found = client_address(str(PROXY), fields, PROXIES)
    assert found is None or isinstance(found, (IPv4Address, IPv6Address))


@given(st.lists(st.text(st.characters(exclude_characters=","))), OUTSIDE, st.integers(0, 20))
def test_what_a_caller_writes_in_front_does_not_count(
    forged: list[str], real: IPv4Address | IPv6Address, hops: int
) -> None:
    """I04: the rightmost address that no trusted proxy has is the one a trusted proxy has seen."""
    chain = [*forged, str(real), *(f"10.0.0.{hop}" for hop in range(hops))]
    found = client_address(str(PROXY), [",".join(chain)], PROXIES)
    assert found == (real if len(chain) <= 64 else None)


@given(st.text(), st.lists(st.text()))
def test_without_trusted_proxies_only_the_peer_counts(peer: str, fields: list[str]) -> None:
    assert client_address(peer, fields, []) == read_address(peer)
