"""A fixed key in one header."""

from __future__ import annotations

import hashlib

import pytest

from mockserver.access import api_key
from mockserver.access.api_key import MAX_KEY_BYTES, fingerprint, presented_key
from mockserver.errors import CredentialMalformed, CredentialMissing


@pytest.mark.parametrize("key", [b"secret", b"a", b"\xc3\xbf" * 32, b"null", b"a,b", b"x" * MAX_KEY_BYTES])
def test_presented_key_is_returned_as_it_is(key: bytes) -> None:
    assert presented_key([key], header="x-api-key") == key


def test_same_key_twice_is_one_key() -> None:
    assert presented_key([b"secret", b"secret"], header="x-api-key") == b"secret"


@pytest.mark.parametrize("values", [[], [b""], [b" "], [b"\t \t"]])
def test_no_key_is_missing(values: list[bytes]) -> None:
    with pytest.raises(CredentialMissing) as refused:
        presented_key(values, header="x-api-key")
    assert refused.value.facts() == {"check": "api_key", "place": "x-api-key"}


@pytest.mark.parametrize("values", [[b"good", b"bad"], [b"bad", b"good"], [b"good", b""], [b"a", b"a", b"b"]])
def test_two_different_keys_are_refused(values: list[bytes]) -> None:
    with pytest.raises(CredentialMalformed) as refused:
        presented_key(values, header="x-api-key")
    assert refused.value.facts() == {
        "check": "api_key",
        "place": "x-api-key",
        "problem": "the header appears more than once",
    }


def test_key_beyond_the_limit_is_refused() -> None:
    with pytest.raises(CredentialMalformed) as refused:
        presented_key([b"x" * (MAX_KEY_BYTES + 1)], header="x-api-key")
    assert refused.value.facts() == {
        "check": "api_key",
        "place": "x-api-key",
        "problem": "the key is too long",
    }


def test_limit_of_a_key() -> None:
    assert MAX_KEY_BYTES == 512


def test_fingerprint_is_the_sha256_of_the_bytes() -> None:
    assert fingerprint(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert fingerprint(b"\xff\x00") == hashlib.sha256(b"\xff\x00").hexdigest()


def test_only_what_can_be_a_key_is_remembered() -> None:
    api_key._remembered.cache_clear()
    assert fingerprint(b"x" * 513) == hashlib.sha256(b"x" * 513).hexdigest()
    assert api_key._remembered.cache_info().currsize == 0
    assert fingerprint(b"x" * 512) == hashlib.sha256(b"x" * 512).hexdigest()
    assert api_key._remembered.cache_info().currsize == 1


def test_keys_are_found_by_their_digest_alone() -> None:
    """Nothing of a key is compared with a stored one: how much of it is right cannot be timed.

    A key that differs in one character is looked up under a digest that has nothing in common.
    """
    key = b"fakeconserokey0000000000000000000000000000000000fakefake"
    near = [key[:shared] + b"x" * (len(key) - shared) for shared in (0, 8, 31, len(key) - 1)]
    assert len({fingerprint(other)[:4] for other in [key, *near]}) == 5
