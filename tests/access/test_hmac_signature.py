"""The text that is signed, the digest over it, and what a signature may look like."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.access.hmac_signature import (
    check_signature,
    read_signature,
    sign,
    string_to_sign,
    value_text,
)
from mockserver.errors import CredentialMalformed, CredentialMissing, SignatureMismatch
from mockserver.strict_json import Decimal

DOCUMENTED = "8aac70c9906ad0812f4fbc34617322f985b4ac978cec861724f142cb572b88ff"
SHOWN = {"nonce": "1527500365", "timestamp": "1527500365052"}
STUDENT = {
    "name": "Student 1",
    "email": "student1@example.com",
    "individual_info": "individual_info for user 1",
    "is_individual_info_html": True,
    "skip_requirements": True,
    "id": "1",
}

# PE-054: computed by the signer of a public client on made-up inputs, with the key "secret".
VECTORS = [
    pytest.param({}, "5cb43f67fd691c0c4cb21400f01a6dadfe21a56719e7eb4f53f1a09ffd15309a", id="list"),
    pytest.param(
        {"id": "1"},
        "309065927e055ae773b23982f4d97ee616ec7a8deffc5fe6ac86a2bc379bcc6c",
        id="show, path id signed",
    ),
    pytest.param(
        {"name": "ProctorExam", "short_name": "pe", "global_proctor": True, "global_reviewer": True},
        "3346855ee43826881fe2704d3ae7317ebd9acb7b4264b158f4c1a7112b1b2417",
        id="institute create",
    ),
    pytest.param(
        STUDENT,
        "cde7af03716207386e98d5934695111a6c7719ad089d65b1baf26bda27507d79",
        id="student update, path id signed",
    ),
    pytest.param(
        {"name": "Zoë & Co = 100%?", "short_name": "a+b c"},
        "aebc652e5dbee8b24a663a4710a7e2f39a7c47ef792f82d51a665fcf2103994c",
        id="unencoded specials",
    ),
    pytest.param(
        {"x": ["a", "b"]},
        "58c348c4311efdfd4c58ff2e5ac27c49845aa1af3a284f26736b7dbe6e19272e",
        id="list value",
    ),
    pytest.param(
        {"global_proctor": "True"},
        "1199db29a9b45c40e13df148563f7b214031d076587f98b5dde2416db491bc67",
        id="Python boolean as text",
    ),
]

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def digest_of(parameters: dict[str, Any], secret: bytes = b"secret") -> str:
    return sign(secret, string_to_sign(parameters))


@pytest.mark.parametrize(("parameters", "signature"), VECTORS)
def test_independent_vectors_agree(parameters: dict[str, Any], signature: str) -> None:
    """PE-026, PE-027, PE-028, PE-033, PE-045, PE-048, PE-054."""
    assert digest_of({**SHOWN, **parameters}) == signature


def test_a_python_boolean_signed_as_true_does_not_match_the_json_boolean() -> None:
    """PE-046."""
    assert digest_of({**SHOWN, "global_proctor": True}) != digest_of({**SHOWN, "global_proctor": "True"})


def test_signed_text_of_the_seed_document_is_ordered_joined_and_unencoded() -> None:
    """PE-027, PE-028, PE-030, PE-038: neither a separator at the ends nor an encoding."""
    assert string_to_sign({**SHOWN, **STUDENT}) == (
        "email=student1@example.com?id=1?individual_info=individual_info for user 1"
        "?is_individual_info_html=true?name=Student 1?nonce=1527500365?skip_requirements=true"
        "?timestamp=1527500365052"
    )


def test_names_are_ordered_by_bytes() -> None:
    """PE-039: capitals before small letters, ASCII before the rest, code points beyond 16 bits last."""
    names = ["b", "a_b", "a", "B", "ab", "é", "\uffff", "\U0001f600"]
    ordered = sorted(names, key=str.encode)
    assert string_to_sign(dict.fromkeys(names, "1")) == "?".join(f"{name}=1" for name in ordered)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("as it is + %20 é ?=&", "as it is + %20 é ?=&"),
        ("", ""),
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (1527500365052, "1527500365052"),
        (Decimal("1.0"), "1.0"),
        (Decimal("1e3"), "1e3"),
        (Decimal("0.10"), "0.10"),
        ([], "[]"),
        (["a", "b"], '["a", "b"]'),
        (["é"], '["é"]'),
        ({"a": 1}, '{"a": 1}'),
    ],
)
def test_values_enter_the_text_as_they_were_written(value: Any, text: str) -> None:
    """PE-028, PE-045, PE-047, PE-048."""
    assert value_text(value) == text


@given(st.dictionaries(NAMES, VALUES, max_size=8), st.randoms(use_true_random=False))
def test_order_in_which_parameters_arrive_does_not_matter(parameters: dict[str, str], random: Any) -> None:
    shuffled = list(parameters.items())
    random.shuffle(shuffled)
    assert string_to_sign(dict(shuffled)) == string_to_sign(parameters)


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=8))
def test_every_parameter_stands_in_the_text_once_and_nothing_else(parameters: dict[str, str]) -> None:
    pairs = [f"{name}={value}" for name, value in parameters.items()]
    text = string_to_sign(parameters)
    assert len(text) == sum(map(len, pairs)) + len(pairs) - 1
    assert sorted(text) == sorted("".join(pairs) + "?" * (len(pairs) - 1))


@given(st.dictionaries(NAMES, VALUES, max_size=5), st.binary(max_size=100))
def test_digest_is_the_one_of_the_standard_library(parameters: dict[str, str], secret: bytes) -> None:
    text = string_to_sign(parameters)
    assert sign(secret, text) == hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


@given(VALUES, VALUES)
def test_another_value_has_another_digest(one: str, other: str) -> None:
    assert (digest_of({"a": one}) == digest_of({"a": other})) == (one == other)


@pytest.mark.parametrize("value", [None, ""])
def test_absent_signature_is_missing(value: Any) -> None:
    with pytest.raises(CredentialMissing) as refused:
        read_signature(value)
    assert (refused.value.check, refused.value.place) == ("signature", "signature")


def test_text_that_no_encoding_holds_is_signed_without_a_crash() -> None:
    """It comes from JSON escapes, and is refused later: what a caller sends never breaks the check."""
    lone = hmac.digest(b"secret", b"a=\xed\xa0\x80", "sha256").hex()
    assert sign(b"secret", "a=\ud800") == lone


@pytest.mark.parametrize(
    "value",
    [
        DOCUMENTED[:-1],
        DOCUMENTED + "0",
        DOCUMENTED + "\n",
        DOCUMENTED.upper(),
        " " + DOCUMENTED,
        "sha256=" + DOCUMENTED,
        "g" * 64,
        "８" * 64,
        "é" * 32,
        DOCUMENTED[:32],
        0,
        True,
        [DOCUMENTED],
        {"hex": DOCUMENTED},
    ],
)
def test_signature_is_64_lower_case_hexadecimal_digits(value: Any) -> None:
    """PE-032."""
    with pytest.raises(CredentialMalformed) as refused:
        read_signature(value)
    assert (refused.value.check, refused.value.place) == ("signature", "signature")
    assert refused.value.problem == "it is not 64 lower-case hexadecimal digits"


def test_wellformed_signature_is_returned_as_it_is() -> None:
    assert read_signature(DOCUMENTED) == DOCUMENTED


@pytest.mark.parametrize(("text", "name"), [("a=1", "short"), ("a=1?id=1", "long")])
def test_matching_candidate_is_named(text: str, name: str) -> None:
    """PE-036: a text with the ids of the URL and one without them may both be signed."""
    candidates = [("short", "a=1"), ("long", "a=1?id=1")]
    assert check_signature(sign(b"secret", text), b"secret", candidates) == name


@pytest.mark.parametrize(
    ("secret", "text"),
    [(b"secret", "a=2"), (b"other", "a=1"), (b"", "a=1"), (b"secret", ""), (b"secret", "?a=1")],
)
def test_other_text_or_other_secret_is_refused(secret: bytes, text: str) -> None:
    presented = sign(secret, text)
    with pytest.raises(SignatureMismatch) as refused:
        check_signature(presented, b"secret", [("only", "a=1")])
    assert refused.value.presented == presented
    assert refused.value.strings_to_sign == {"only": "a=1"}


def test_signature_printed_in_the_documentation_is_no_vector() -> None:
    """PE-053: it is the same on every page."""
    with pytest.raises(SignatureMismatch):
        check_signature(DOCUMENTED, b"secret", [("list", string_to_sign(SHOWN))])


@pytest.mark.parametrize("algorithm", ["sha1", "md5", "sha512"])
def test_other_digests_are_refused(algorithm: str) -> None:
    presented = hmac.new(b"secret", b"a=1", algorithm).hexdigest()
    with pytest.raises(SignatureMismatch):
        check_signature(presented, b"secret", [("only", "a=1")])
