"""The string to sign: the order of parameters does not matter, everything else does."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mockserver.access.hmac_signature import check_signature, read_signature, sign, string_to_sign, value_text
from mockserver.errors import CredentialMalformed, SignatureMismatch

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PARAMETERS = st.dictionaries(TEXT, TEXT, min_size=1)
SECRET = b"fake-secret"


@given(PARAMETERS, st.randoms(use_true_random=False))
def test_order_of_sending_does_not_matter(parameters: dict[str, str], random: object) -> None:
    names = list(parameters)
    random.shuffle(names)  # type: ignore[attr-defined]
    assert string_to_sign({name: parameters[name] for name in names}) == string_to_sign(parameters)


@given(PARAMETERS)
def test_parameters_are_ordered_by_the_bytes_of_their_names(parameters: dict[str, str]) -> None:
    pairs = sorted(parameters.items(), key=lambda pair: pair[0].encode())
    assert string_to_sign(parameters) == "?".join(f"{name}={value}" for name, value in pairs)


@given(PARAMETERS, st.data())
def test_changed_value_changes_the_signature(parameters: dict[str, str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(parameters)))
    changed = {**parameters, name: data.draw(TEXT)}
    assume(changed != parameters)
    signature = sign(SECRET, string_to_sign(parameters))
    with pytest.raises(SignatureMismatch):
        check_signature(signature, SECRET, [("only", string_to_sign(changed))])


@given(PARAMETERS, st.binary(min_size=1))
def test_signature_is_the_hmac_of_the_text(parameters: dict[str, str], secret: bytes) -> None:
    text = string_to_sign(parameters)
    signature = sign(secret, text)
    assert signature == hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
    assert read_signature(signature) == signature
    assert check_signature(signature, secret, [("other", text + "x"), ("this", text)]) == "this"


@given(PARAMETERS, st.binary(min_size=1, max_size=64), st.binary(min_size=1, max_size=64))
def test_other_secret_does_not_sign(parameters: dict[str, str], secret: bytes, other: bytes) -> None:
    assume(secret.ljust(64, b"\0") != other.ljust(64, b"\0"))  # HMAC fills keys up with zeros (RFC 2104)
    text = string_to_sign(parameters)
    with pytest.raises(SignatureMismatch):
        check_signature(sign(other, text), secret, [("only", text)])


@given(st.text().filter(lambda text: text != ""))
def test_anything_but_64_hexadecimal_digits_is_no_signature(text: str) -> None:
    with pytest.raises(CredentialMalformed):
        read_signature(text)


@given(st.integers() | st.booleans() | st.none() | TEXT | st.lists(st.integers()))
def test_every_value_has_a_text(value: object) -> None:
    assert isinstance(value_text(value), str)
