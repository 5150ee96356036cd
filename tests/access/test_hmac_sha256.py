"""HMAC-SHA256 with prepared keys is the HMAC-SHA256 of the standard library."""

from __future__ import annotations

import hmac

from hypothesis import given
from hypothesis import strategies as st

from mockserver.access.hmac_sha256 import hmac_sha256


@given(key=st.binary(max_size=200), messages=st.lists(st.binary(max_size=300), min_size=1, max_size=4))
def test_one_key_signs_message_after_message(key: bytes, messages: list[bytes]) -> None:
    found = [hmac_sha256(key, message) for message in messages]
    assert found == [hmac.digest(key, message, "sha256") for message in messages]
