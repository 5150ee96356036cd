"""Addresses as programs read them differently: one reading here, and none where others see two."""

from __future__ import annotations

import pytest

from mockserver.access.address import client_address, read_address, read_network
from tests.vectors.addresses import ADDRESSES, FORWARDED, NO_NETWORKS, NONE

PROXIES = [read_network("10.0.0.0/8"), read_network("fd00::/8")]


@pytest.mark.parametrize(("text", "address"), ADDRESSES.items())
def test_address_is_read(text: str, address: str) -> None:
    assert str(read_address(text)) == address


@pytest.mark.parametrize("text", NONE)
def test_text_that_is_no_address_is_none(text: str) -> None:
    assert read_address(text) is None
    assert client_address(text, [], []) is None


@pytest.mark.parametrize("text", [text for text in NONE if "/" not in text])
def test_text_that_is_no_address_is_on_no_list(text: str) -> None:
    with pytest.raises(ValueError, match=r"write an address or a network|zone"):
        read_network(text)


@pytest.mark.parametrize("text", NO_NETWORKS)
def test_text_that_is_no_network_is_on_no_list(text: str) -> None:
    with pytest.raises(ValueError, match=r"write an address or a network|zone"):
        read_network(text)


@pytest.mark.parametrize(("fields", "caller"), FORWARDED)
def test_caller_behind_trusted_proxies(fields: list[str], caller: str | None) -> None:
    found = client_address("10.0.0.1", fields, PROXIES)
    assert (None if found is None else str(found)) == caller


@pytest.mark.parametrize(("fields", "_caller"), FORWARDED)
def test_nobody_else_is_believed(fields: list[str], _caller: str | None) -> None:
    assert str(client_address("203.0.113.9", fields, PROXIES)) == "203.0.113.9"
    assert str(client_address("10.0.0.1", fields, [])) == "10.0.0.1"
