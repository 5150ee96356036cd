"""Signing at send time: what holds a placeholder is filled in, everything else stays as it is."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from contracts.claims import claims_in, token_for
from contracts.consero.auth import Signer as ConseroSigner
from contracts.constructor.auth import Signer as ConstructorSigner
from contracts.constructor.auth import jws
from contracts.credentials import Credentials
from contracts.proctorexam.auth import Signer as ProctorExamSigner
from contracts.proctorexam.auth import sign, text_to_sign
from contracts.runclock import RunClock
from contracts.surface import load_surface
from contracts.vendors import PLACEHOLDER

BASE = "https://vendor.example/api/v3"
NOW = {"nonce": "1527500365", "timestamp": "1527500365052"}

# Computed with the unmodified signer of a public client on made-up inputs and the key "secret" (PE-054).
VECTORS = [
    (NOW, "5cb43f67fd691c0c4cb21400f01a6dadfe21a56719e7eb4f53f1a09ffd15309a"),
    ({**NOW, "id": "1"}, "309065927e055ae773b23982f4d97ee616ec7a8deffc5fe6ac86a2bc379bcc6c"),
    (
        {
            **NOW,
            "name": "ProctorExam",
            "short_name": "pe",
            "global_proctor": "true",
            "global_reviewer": "true",
        },
        "3346855ee43826881fe2704d3ae7317ebd9acb7b4264b158f4c1a7112b1b2417",
    ),
    (
        {**NOW, "name": "Zoë & Co = 100%?", "short_name": "a+b c"},
        "aebc652e5dbee8b24a663a4710a7e2f39a7c47ef792f82d51a665fcf2103994c",
    ),
    (
        {
            **NOW,
            "id": "1",
            "name": "Student 1",
            "email": "student1@example.com",
            "individual_info": "individual_info for user 1",
            "is_individual_info_html": "true",
            "skip_requirements": "true",
        },
        "cde7af03716207386e98d5934695111a6c7719ad089d65b1baf26bda27507d79",
    ),
]


@pytest.mark.parametrize(("parameters", "expected"), VECTORS)
def test_signature_is_that_of_other_clients(parameters: dict[str, str], expected: str) -> None:
    assert sign(parameters.items(), "secret") == expected


def proctorexam(sign_url_ids: bool = True) -> ProctorExamSigner:
    keys = Credentials("proctorexam", {"api_token": "the-token", "secret_key": "secret"})
    return ProctorExamSigner(keys, load_surface("proctorexam"), BASE, RunClock(), sign_url_ids)


def query_of(request: requests.PreparedRequest) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url or "").query).items()}


def prepared(method: str, path: str, query: dict[str, str], **parts: Any) -> requests.PreparedRequest:
    headers = {"Authorization": f"Token token={PLACEHOLDER}", **parts.pop("headers", {})}
    return requests.Request(method, BASE + path, params=query, headers=headers, **parts).prepare()


ALL = {"timestamp": PLACEHOLDER, "nonce": PLACEHOLDER, "signature": PLACEHOLDER}


@pytest.mark.parametrize(
    ("path", "sign_url_ids", "extra"),
    [
        ("/exams", True, {}),
        ("/exams/7", True, {"id": "7"}),
        ("/exams/7/documents/8", True, {"exam_id": "7", "id": "8"}),
        ("/exams/7", False, {}),
    ],
)
def test_path_ids_are_signed_under_the_names_of_the_template(
    path: str, sign_url_ids: bool, extra: dict[str, str]
) -> None:
    sent = query_of(proctorexam(sign_url_ids)(prepared("GET", path, ALL)))
    signature = sent.pop("signature")
    assert signature == sign({**sent, **extra}.items(), "secret")


@pytest.mark.parametrize(
    ("parts", "signed"),
    [
        (
            {"json": {"name": "Zoë", "skip": True, "n": 5, "none": None}},
            {"name": "Zoë", "skip": "true", "n": "5", "none": ""},
        ),
        ({"data": {"name": "a b&c"}}, {"name": "a b&c"}),
        ({"files": {"name": (None, "x"), "document": ("f.txt", b"content")}}, {"name": "x"}),
    ],
)
def test_body_is_part_of_the_signature_but_files_are_not(
    parts: dict[str, Any], signed: dict[str, str]
) -> None:
    sent = query_of(proctorexam()(prepared("POST", "/exams", ALL, **parts)))
    signature = sent.pop("signature")
    assert signature == sign({**sent, **signed}.items(), "secret")


def test_every_send_has_a_nonce_of_its_own() -> None:
    signer = proctorexam()
    nonces = {query_of(signer(prepared("GET", "/exams", ALL)))["nonce"] for _ in range(50)}
    assert len(nonces) == 50


@pytest.mark.parametrize("name", ["timestamp", "nonce"])
def test_broken_value_stays_broken_and_is_signed(name: str) -> None:
    sent = query_of(proctorexam()(prepared("GET", "/exams", {**ALL, name: "soon"})))
    signature = sent.pop("signature")
    assert (sent[name], signature) == ("soon", sign(sent.items(), "secret"))


@pytest.mark.parametrize("name", ["timestamp", "nonce", "signature"])
def test_missing_parameter_stays_missing(name: str) -> None:
    query = {key: value for key, value in ALL.items() if key != name}
    assert name not in query_of(proctorexam()(prepared("GET", "/exams", query)))


def test_other_credentials_are_left_alone() -> None:
    request = prepared("GET", "/exams", {"signature": "abc"}, headers={"Authorization": "Bearer mine"})
    signed = proctorexam()(request)
    assert (signed.headers["Authorization"], query_of(signed)) == ("Bearer mine", {"signature": "abc"})


@pytest.mark.parametrize(("given", "sent"), [(PLACEHOLDER, "the-key-1"), ("wrong", "wrong")])
def test_consero_key_replaces_the_placeholder_alone(given: str, sent: str) -> None:
    request = requests.Request("GET", BASE, headers={"x-api-key": given}).prepare()
    signer = ConseroSigner(Credentials("consero", {"api_key": "the-key-1"}))
    assert signer(request).headers["x-api-key"] == sent


def constructor() -> ConstructorSigner:
    keys = Credentials("constructor", {"integration_name": "school", "jwt_secret": "jwt-secret"})
    return ConstructorSigner(keys, RunClock())


def verified(token: str) -> dict[str, Any]:
    """The claims of a token, its signature checked by other code than the signer's."""
    signed, _, signature = token.rpartition(".")
    expected = hmac.new(b"jwt-secret", signed.encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(signature + "=") == expected
    payload = signed.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def test_header_token_expires_in_thirty_seconds() -> None:
    request = requests.Request("GET", BASE, headers={"Authorization": f"JWT {PLACEHOLDER}"}).prepare()
    scheme, _, token = constructor()(request).headers["Authorization"].partition(" ")
    assert (scheme, verified(token)["exp"] - int(RunClock().now()) in {29, 30}) == ("JWT", True)


def test_data_token_carries_its_claims_in_a_form() -> None:
    claims = {"userId": "1", "lastName": "Müller"}
    request = requests.Request("POST", BASE, data={"token": token_for(claims)}).prepare()
    body = constructor()(request).body
    assert verified(parse_qs(bytes(body).decode())["token"][0]) == claims  # type: ignore[arg-type]


def test_length_of_a_signed_body_is_right() -> None:
    request = requests.Request("POST", BASE, data={"token": token_for({"a": 1})}).prepare()
    signed = constructor()(request)
    assert signed.headers["Content-Length"] == str(len(signed.body or b""))


@pytest.mark.parametrize("text", ["", "no token", "a.b.c", "a.!!!.c"])
def test_text_that_is_no_token_has_no_claims(text: str) -> None:
    assert claims_in(text) is None


def test_token_shows_its_claims() -> None:
    assert claims_in(jws({"alg": "HS256"}, {"a": 1}, "k")) == {"a": 1}


def test_text_to_sign_is_ordered_by_name() -> None:
    assert text_to_sign([("b", "2"), ("a", "1?=")]) == "a=1?=?b=2"
