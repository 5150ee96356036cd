"""Which address counts as the caller's, and whether it is allowed."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from mockserver.access.address import (
    MAX_HOPS,
    check_allowed,
    client_address,
    is_within,
    read_address,
    read_network,
)
from mockserver.errors import AddressNotAllowed

PROXIES = [read_network("10.0.0.0/8"), read_network("fd00::/8"), read_network("127.0.0.1")]

NETWORKS = {
    "192.0.2.7": "192.0.2.7/32",
    "10.0.0.0/8": "10.0.0.0/8",
    "0.0.0.0/0": "0.0.0.0/0",
    "192.0.2.6/31": "192.0.2.6/31",
    "2001:db8::/32": "2001:db8::/32",
    "2001:DB8::1": "2001:db8::1/128",
    "::/0": "::/0",
    "::1": "::1/128",
    "::ffff:192.0.2.7": "192.0.2.7/32",
    "::ffff:10.0.0.0/104": "10.0.0.0/8",
    "::ffff:0:0/96": "0.0.0.0/0",
}
NOT_NETWORKS = [
    "",
    "*",
    " ",
    "10.0.0.1/24",
    "2001:db8::1/64",
    "10.0.0.0/33",
    "2001:db8::/129",
    "10.0.0.0/08",
    "10.0.0.0/-1",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "10.0.0.0/255.0.255.0",
    "10.0.0.0/255.0.0.0",
    "10.0.0.0/0.0.0.255",
    "10.0.0.0/٨",
    "10.0.0.0/24 ",
    " 10.0.0.0/24",
    "10.0.0.0/24\n",
    "10.0.0.1\n",
    "010.0.0.1",
    "127.1",
    "0x7f000001",
    "0x7f.0.0.1",
    "2130706433",
    "10.0.0",
    "10.0.0.0.0",
    "10.0.0.256",
    "１0.0.0.1",
    "fe80::1%eth0",
    "fe80::%eth0/64",
    "localhost",
    "example.org",
    "[::1]",
    "::1::",
    "12345::",
    "::ffff:10.0.0.1/104",
]


@pytest.mark.parametrize(("text", "network"), NETWORKS.items())
def test_network_is_read(text: str, network: str) -> None:
    assert read_network(text) == ip_network(network)


@pytest.mark.parametrize("text", NOT_NETWORKS)
def test_entry_that_is_no_network_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match=r"not supported|without host bits") as refused:
        read_network(text)
    assert str(refused.value).startswith(repr(text))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::1", "::1"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::FFFF:c000:207", "192.0.2.7"),
        ("2001:0db8:0::0001", "2001:db8::1"),
        ("64:ff9b::7f00:1", "64:ff9b::7f00:1"),
        ("2002:7f00:1::", "2002:7f00:1::"),
        ("::127.0.0.1", "::7f00:1"),
        ("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ],
)
def test_address_is_read(text: str, address: str) -> None:
    assert read_address(text) == ip_address(address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unknown",
        "192.0.2",
        "192.0.2.07",
        "192.0.2.7/32",
        "192.0.2.7 ",
        "1.2.3.4:80",
        "fe80::1%1",
        "[::1]",
    ],
)
def test_text_that_is_no_address_reads_as_none(text: str) -> None:
    assert read_address(text) is None


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        # The peer counts unless it is a trusted proxy.
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["192.0.2.7"], "203.0.113.9"),
        ("::ffff:203.0.113.9", ["192.0.2.7"], "203.0.113.9"),
        (None, ["192.0.2.7"], None),
        ("", ["192.0.2.7"], None),
        ("not an address", ["192.0.2.7"], None),
        ("fe80::1%eth0", ["192.0.2.7"], None),
        # A trusted proxy without the header speaks for itself.
        ("10.0.0.1", [], "10.0.0.1"),
        # The rightmost address that is no trusted proxy counts.
        ("10.0.0.1", ["192.0.2.7"], "192.0.2.7"),
        ("::ffff:10.0.0.1", ["192.0.2.7"], "192.0.2.7"),
        ("fd00::1", ["2001:db8::7"], "2001:db8::7"),
        ("10.0.0.1", ["192.0.2.7, 198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["192.0.2.7", "198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7, 10.0.0.2", "10.0.0.3,fd00::9"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7,10.0.0.2,127.0.0.1"], "198.51.100.7"),
        ("10.0.0.1", ["\t192.0.2.7 "], "192.0.2.7"),
        ("10.0.0.1", ["::ffff:192.0.2.7"], "192.0.2.7"),
        # When every hop is trusted, the leftmost counts.
        ("10.0.0.1", ["10.0.0.9, 10.0.0.8"], "10.0.0.9"),
        # Ports and brackets, as some proxies write them.
        ("10.0.0.1", ["192.0.2.7:443"], "192.0.2.7"),
        ("10.0.0.1", ["192.0.2.7:65535"], "192.0.2.7"),
        ("10.0.0.1", ["[2001:db8::7]"], "2001:db8::7"),
        ("10.0.0.1", ["[2001:db8::7]:443"], "2001:db8::7"),
        ("10.0.0.1", ["192.0.2.7:65536"], None),
        ("10.0.0.1", ["[2001:db8::7]:99999"], None),
        ("10.0.0.1", ["192.0.2.7:"], None),
        ("10.0.0.1", ["192.0.2.7:443:1"], None),
        ("10.0.0.1", ["192.0.2.7:４43"], None),
        ("10.0.0.1", ["[192.0.2.7]"], None),
        ("10.0.0.1", ["[192.0.2.7]:443"], None),
        ("10.0.0.1", ["[2001:db8::7"], None),
        ("10.0.0.1", ["2001:db8::7]:443"], None),
        ("10.0.0.1", ["[]"], None),
        # What is no address ends the walk, even with allowed addresses behind it.
        ("10.0.0.1", [""], None),
        ("10.0.0.1", ["192.0.2.7,"], None),
        ("10.0.0.1", ["192.0.2.7, ,"], None),
        ("10.0.0.1", ["192.0.2.7, unknown"], None),
        ("10.0.0.1", ["X192.0.2.7"], None),
        ("10.0.0.1", ["192.0.2.7X"], None),
        ("10.0.0.1", ["192.0.2.7, _hidden, 10.0.0.2"], None),
        ("10.0.0.1", ["<script>, ,"], None),
        ("10.0.0.1", ["192.0.2.7/32"], None),
        ("10.0.0.1", ["127.1"], None),
        ("10.0.0.1", ["192.000.002.007"], None),
        ("10.0.0.1", ["localhost"], None),
        ("10.0.0.1", ["for=192.0.2.7"], None),
        ("10.0.0.1", ["\xff"], None),
        # Too many hops are no chain of proxies.
        ("10.0.0.1", ["192.0.2.7" + ",10.0.0.2" * (MAX_HOPS - 1)], "192.0.2.7"),
        ("10.0.0.1", ["192.0.2.7" + ",10.0.0.2" * MAX_HOPS], None),
    ],
)
def test_caller_is_the_rightmost_address_that_no_trusted_proxy_has(
    peer: str | None, forwarded: list[str], expected: str | None
) -> None:
    found = client_address(peer, forwarded, PROXIES)
    assert found == (None if expected is None else ip_address(expected))


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.0.0.1", "::1", "203.0.113.9"])
def test_without_trusted_proxies_the_header_is_not_looked_at(peer: str) -> None:
    assert client_address(peer, ["192.0.2.7", "nonsense"], []) == ip_address(peer)


@pytest.mark.parametrize(
    ("network", "inside", "outside"),
    [
        ("10.1.2.2/31", ["10.1.2.2", "10.1.2.3"], ["10.1.2.1", "10.1.2.4"]),
        ("10.1.2.4/30", ["10.1.2.4", "10.1.2.7"], ["10.1.2.3", "10.1.2.8"]),
        ("10.1.2.0/24", ["10.1.2.0", "10.1.2.255"], ["10.1.1.255", "10.1.3.0"]),
        ("10.0.0.0/8", ["10.0.0.0", "10.255.255.255"], ["9.255.255.255", "11.0.0.0"]),
        ("2001:db8::2/127", ["2001:db8::2", "2001:db8::3"], ["2001:db8::1", "2001:db8::4"]),
        ("2001:db8::/64", ["2001:db8::", "2001:db8::ffff:ffff:ffff:ffff"], ["2001:db7::1", "2001:db8:0:1::"]),
        ("::ffff:10.0.0.0/104", ["10.0.0.0", "::ffff:10.255.255.255"], ["9.255.255.255", "::a00:0"]),
        ("::/0", ["::", "ffff::"], ["::ffff:192.0.2.7", "192.0.2.7"]),
        ("0.0.0.0/0", ["0.0.0.0", "::ffff:255.255.255.255"], ["::", "2001:db8::1"]),
        ("127.0.0.1", ["127.0.0.1"], ["64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "127.0.0.2"]),
    ],
)
def test_edges_of_a_network(network: str, inside: list[str], outside: list[str]) -> None:
    networks = [read_network(network)]
    assert all(is_within(read_address(text), networks) for text in inside)
    assert not any(is_within(read_address(text), networks) for text in outside)


def test_one_matching_network_is_enough() -> None:
    check_allowed(
        ip_address("192.0.2.7"), [read_network("::1"), read_network("192.0.2.0/24")], peer="192.0.2.7"
    )


@pytest.mark.parametrize(
    ("address", "networks", "problem"),
    [
        ("192.0.2.7", ["198.51.100.0/24", "::/0"], ""),
        ("192.0.2.7", [], ""),
        (None, ["0.0.0.0/0", "::/0"], "the caller's address cannot be found out"),
    ],
)
def test_refusal_carries_what_was_tried(address: str | None, networks: list[str], problem: str) -> None:
    with pytest.raises(AddressNotAllowed) as refused:
        check_allowed(
            None if address is None else ip_address(address),
            [read_network(entry) for entry in networks],
            peer="10.0.0.1",
        )
    assert refused.value.facts() == {
        "address": address,
        "peer": "10.0.0.1",
        "networks": networks,
        "problem": problem,
    }


def test_bound_of_the_walk() -> None:
    assert MAX_HOPS == 64


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("10.0.0.0/255.0.0.0", "the part behind the slash must be a prefix length"),
        ("10.0.0.1/24", "10.0.0.1/24 has host bits set"),
    ],
)
def test_refusal_of_an_entry_says_what_to_write(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match="is not a network") as refused:
        read_network(text)
    assert str(refused.value) == (
        f"{text!r} is not a network ({problem}): write an address or a network without host bits, "
        "such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32"
    )


def test_refusal_of_a_zone_says_why() -> None:
    with pytest.raises(ValueError, match="zone") as refused:
        read_network("fe80::1%eth0")
    assert str(refused.value) == ("'fe80::1%eth0' names a zone: addresses of one link only are not supported")
