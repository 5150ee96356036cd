"""Authorization: JWT …, looked at before anything else."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from constructor_calls import EXAMPLE, NOW_SECONDS, SECRET, Integration, token

INVALID = {"detail": "Invalid token."}
IN_30_SECONDS = {"exp": NOW_SECONDS + 30}
OPERATIONS = [
    ("POST", "/exams/"),
    ("POST", "/sessions/b3875623/finish/"),
    ("GET", "/sessions/b3875623/status/"),
]
each_operation = pytest.mark.parametrize(("method", "path"), OPERATIONS)


def segment(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def signed(payload: str, algorithm: str = "HS256") -> str:
    """Sign a payload as it stands, be it good or bad."""
    signing_input = f"{segment({'alg': algorithm, 'typ': 'JWT'})}.{segment(payload)}"
    signature = hmac.digest(SECRET.encode(), signing_input.encode(), algorithm.replace("HS", "sha"))
    return f"{signing_input}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


@each_operation
def test_caller_without_token_is_refused(integration: Integration, method: str, path: str) -> None:
    """CP-012, CP-023, CP-259."""
    headers = {"content-type": "application/json"}
    answer = integration.client.request(method, integration.lms + path, headers=headers)
    assert answer.status_code == 401
    assert answer.json() == INVALID
    assert answer.headers["content-type"] == "application/json"


@each_operation
def test_token_of_another_secret_is_refused(integration: Integration, method: str, path: str) -> None:
    """CP-015, CP-257, CP-259."""
    headers = integration.header(secret="another secret of more than 32 bytes")
    answer = integration.client.request(method, integration.lms + path, headers=headers)
    assert answer.status_code == 401
    assert answer.json() == INVALID


def test_token_lets_in_for_thirty_seconds(integration: Integration) -> None:
    """CP-016, CP-017, CP-018: on and after exp it has expired, by the sandbox's clock."""
    header, path = integration.header(seconds=30), f"{integration.lms}/exams/"
    integration.passes(29.999)
    assert integration.client.post(path, json=EXAMPLE, headers=header).status_code == 200
    integration.passes(0.001)
    assert integration.client.post(path, json=EXAMPLE, headers=header).status_code == 401
    explanation = integration.journal()[0]["explanation"]
    assert explanation["reason"] == "The token is not acceptable: it has expired."


@pytest.mark.parametrize("seconds", [0.5, 300, 3600])
def test_token_may_last_longer_than_the_recipe_says(integration: Integration, seconds: float) -> None:
    """CP-021, CP-022: the vendor's own plugin sends 300 s; fractions are numbers as well."""
    assert integration.put_exam(EXAMPLE, seconds=seconds).status_code == 200


def test_lifetime_can_be_capped(integration: Integration) -> None:
    """CP-022."""
    integration.configure(max_lifetime_seconds=30)
    assert integration.put_exam(EXAMPLE, seconds=30).status_code == 200
    assert integration.put_exam(EXAMPLE, seconds=31).status_code == 401


def test_leeway_can_be_given(integration: Integration) -> None:
    """CP-022."""
    integration.configure(leeway_seconds=5)
    assert integration.put_exam(EXAMPLE, seconds=-4).status_code == 200
    assert integration.put_exam(EXAMPLE, seconds=-5).status_code == 401


def test_token_can_be_used_again_with_another_body(integration: Integration) -> None:
    """CP-020: it says nothing about the body."""
    header, path = integration.header(), f"{integration.lms}/exams/"
    other = {**EXAMPLE, "examName": "Another"}
    assert integration.client.post(path, json=EXAMPLE, headers=header).status_code == 200
    assert integration.client.post(path, json=other, headers=header).status_code == 200


@pytest.mark.parametrize(
    "value",
    [
        "JWT eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE2MTI5OTQxMzF9.PRzN",  # as printed (CP-019)
        f"JWT {token({'exp': 1234567890})}",  # CP-019
        f"Bearer {token(IN_30_SECONDS)}",  # CP-012
        f"Token {token(IN_30_SECONDS)}",
        token(IN_30_SECONDS),
        f"JWT  {token(IN_30_SECONDS)}",
        f"JWT {token(IN_30_SECONDS)} x",
        f"JWT\t{token(IN_30_SECONDS)}",
        "JWT",
        "JWT ",
        "JWT a.b.c",
        f"JWT {token(IN_30_SECONDS)}.x",
        f"JWT {token(IN_30_SECONDS)}==",
        f"JWT {token({})}",  # no exp (CP-016)
        f"JWT {token({'exp': True})}",
        f"JWT {signed(json.dumps(IN_30_SECONDS), 'HS384')}",  # CP-257
        f"JWT {signed(json.dumps(IN_30_SECONDS), 'HS512')}",
        f"JWT {token(IN_30_SECONDS, '', algorithm='none')}",
        f"JWT {segment({'alg': 'none'})}.{segment(IN_30_SECONDS)}.",
        f"JWT {segment({'alg': 'HS256'})}.{segment(IN_30_SECONDS)}.",
        f"JWT {segment({'alg': 'RS256'})}.{segment(IN_30_SECONDS)}.{segment('x' * 32)}",
        f"JWT {token(IN_30_SECONDS, headers={'crit': ['exp']})}",
        f"JWT {token(IN_30_SECONDS, headers={'typ': 'at+jwt'})}",
        f"JWT {token({**IN_30_SECONDS, 'nbf': IN_30_SECONDS['exp']})}",
        f"JWT {'x' * 70_000}.x.x",
    ],
    ids=range(25),
)
def test_anything_else_is_refused_in_the_same_words(default_integration: Integration, value: str) -> None:
    """CP-012, CP-015, CP-257, CP-259: one refusal, one body."""
    answer = default_integration.client.post(
        f"{default_integration.lms}/exams/", json=EXAMPLE, headers={"Authorization": value}
    )
    assert answer.status_code == 401
    assert answer.json() == INVALID


@pytest.mark.parametrize(
    "payload",
    [
        '{"exp":"1795289900"}',
        '{"exp":null}',
        '{"exp":{"a":1}}',
        '{"exp":1e400}',
        '{"exp":NaN}',
        '{"exp":[1795289900]}',
        '{"exp":1795289900,"exp":1795289900}',
        "[1795289900]",
        "1795289900",
    ],
)
def test_expiry_is_a_finite_number_in_an_object(default_integration: Integration, payload: str) -> None:
    """CP-016."""
    headers = {"Authorization": f"JWT {signed(payload)}"}
    answer = default_integration.client.post(
        f"{default_integration.lms}/exams/", json=EXAMPLE, headers=headers
    )
    assert answer.status_code == 401
    assert answer.json() == INVALID


def test_payload_changed_after_signing_is_refused(default_integration: Integration) -> None:
    """CP-015."""
    header, _, signature = token({"exp": 1}).split(".")
    forged = f"{header}.{segment(IN_30_SECONDS)}.{signature}"
    answer = default_integration.client.post(
        f"{default_integration.lms}/exams/", json=EXAMPLE, headers={"Authorization": f"JWT {forged}"}
    )
    assert answer.status_code == 401


def test_two_headers_are_refused(default_integration: Integration) -> None:
    value = f"JWT {token(IN_30_SECONDS)}"
    headers = [("Authorization", value), ("Authorization", value), ("Content-Type", "application/json")]
    answer = default_integration.client.post(
        f"{default_integration.lms}/exams/", content=json.dumps(EXAMPLE), headers=headers
    )
    assert answer.status_code == 401


def test_unknown_integration_is_refused_like_a_wrong_secret(integration: Integration) -> None:
    """CP-259."""
    wrong = integration.put_exam(EXAMPLE, secret="wrong" * 8)
    integration.name = "nobody"
    unknown = integration.put_exam(EXAMPLE)
    assert (unknown.status_code, unknown.content) == (wrong.status_code, wrong.content)


def test_token_is_looked_at_before_the_body(integration: Integration) -> None:
    headers = {"content-type": "application/json"}
    answer = integration.client.post(f"{integration.lms}/exams/", content=b"{", headers=headers)
    assert answer.status_code == 401


def test_integration_name_chooses_the_sandbox(
    integration: Integration, default_integration: Integration
) -> None:
    """CP-005: each sandbox has an integration and a secret of its own."""
    assert len(integration.secret) >= 32
    assert integration.put_exam(EXAMPLE, secret=default_integration.secret).status_code == 401
    assert integration.put_exam(EXAMPLE).status_code == 200


def test_host_of_the_vendor_works_like_its_mount(integration: Integration) -> None:
    path = f"{integration.lms}/exams/".removeprefix("/constructor")
    headers = {**integration.header(), "host": "constructor.localhost:8000"}
    assert integration.client.post(path, json=EXAMPLE, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"headers": {"typ": None}},  # CP-246: left out
        {"headers": {"kid": "x"}, "sort_headers": True},  # CP-244: another order
    ],
)
def test_header_of_the_token_may_be_written_otherwise(
    integration: Integration, options: dict[str, Any]
) -> None:
    assert integration.put_exam(EXAMPLE, **options).status_code == 200


def test_explanation_says_how_long_the_token_was_good_for(integration: Integration) -> None:
    integration.put_exam(EXAMPLE, seconds=-7)
    explanation = integration.journal()[0]["explanation"]
    assert explanation["check"] == "token"
    assert explanation["facts"]["claims"] == {"exp": NOW_SECONDS - 7}
    assert explanation["facts"]["now_ms"] == NOW_SECONDS * 1000


def test_secret_appears_nowhere(open_integration: Callable[..., Integration]) -> None:
    canary = "canary-of-forty-bytes-that-nobody-may-see"
    integration = open_integration(credentials={"constructor": {"jwt_secret": canary}})
    answer = integration.put_exam(EXAMPLE)
    assert answer.status_code == 200
    refusal = integration.put_exam(EXAMPLE, secret="another secret of more than 32 bytes")
    journal = integration.client.get(f"{integration.admin}/requests").text
    assert canary not in journal + answer.text + refusal.text
