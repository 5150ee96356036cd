"""HMAC-SHA256 as RFC 4231 and Wycheproof try it: known answers, and everything that is nearly one."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from mockserver.access.hmac_signature import check_signature, read_signature, sign
from mockserver.errors import CredentialMalformed, SignatureMismatch

# Test cases of RFC 4231 whose data is text; cases 3 and 4 sign bytes that no parameter can hold.
ANSWERS = {
    "1": (
        b"\x0b" * 20,
        "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    ),
    "2, short key": (
        b"Jefe",
        "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    "6, key beyond a block": (
        b"\xaa" * 131,
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ),
    "7, key and data beyond a block": (
        b"\xaa" * 131,
        "This is a test using a larger than block-size key and a larger than block-size data. "
        "The key needs to be hashed before being used by the HMAC algorithm.",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ),
    "empty key and text": (b"", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
}
KEY, TEXT = b"\x1e" * 32, "name=Institute?nonce=1?timestamp=1"
GOOD = sign(KEY, TEXT)


@pytest.mark.parametrize(("key", "text", "answer"), ANSWERS.values(), ids=ANSWERS)
def test_known_answer(key: bytes, text: str, answer: str) -> None:
    assert sign(key, text) == answer
    assert check_signature(read_signature(answer), key, [("only", text)]) == "only"


@pytest.mark.parametrize("length", [0, 1, 54, 55, 56, 63, 64, 65, 119, 127, 128, 129, 4096])
def test_every_length_around_a_block(length: int) -> None:
    text, key = "é" * length, bytes(range(256)) * 16
    expected = hmac.new(key[:length], text.encode(), hashlib.sha256).hexdigest()
    assert sign(key[:length], text) == expected


@pytest.mark.parametrize("bit", range(256))
def test_one_bit_makes_another_signature(bit: int) -> None:
    changed = f"{int(GOOD, 16) ^ (1 << bit):064x}"
    with pytest.raises(SignatureMismatch):
        check_signature(read_signature(changed), KEY, [("only", TEXT)])


@pytest.mark.parametrize(
    "signature",
    [
        "0" * 64,
        "f" * 64,
        f"{int(GOOD, 16) ^ (2**256 - 1):064x}",
        GOOD[::-1],
        GOOD[32:] + GOOD[:32],
        bytes.fromhex(GOOD)[::-1].hex(),
        hmac.new(KEY, TEXT.encode(), "sha3_256").hexdigest(),
        hmac.new(KEY, TEXT.encode(), "sha512").hexdigest()[:64],
        hmac.new(KEY, TEXT.encode(), "blake2s").hexdigest(),
        hashlib.sha256(KEY + TEXT.encode()).hexdigest(),
        hashlib.sha256(TEXT.encode() + KEY).hexdigest(),
    ],
)
def test_signature_of_something_else_does_not_hold(signature: str) -> None:
    with pytest.raises(SignatureMismatch):
        check_signature(read_signature(signature), KEY, [("only", TEXT)])


@pytest.mark.parametrize(
    "signature",
    [
        *(GOOD[:length] for length in (1, 2, 8, 16, 32, 40, 48, 62, 63)),  # RFC 4231, 5: cut tags
        *(GOOD + "0" * more for more in (1, 2, 64)),
        GOOD.upper(),
        GOOD[:-1] + "g",
        "0x" + GOOD[2:],
        GOOD + "\n",
        "\ufeff" + GOOD,
        "sha256=" + GOOD,
    ],
)
def test_signature_of_another_form_is_malformed(signature: str) -> None:
    with pytest.raises(CredentialMalformed):
        read_signature(signature)
