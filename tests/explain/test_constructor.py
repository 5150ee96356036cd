"""Why Constructor Proctor's door refused: tokens made wrong by hand, each mistake named."""

from __future__ import annotations

import base64
import hmac
import itertools
import json
import random
import time
from typing import Any

import pytest
from starlette.testclient import TestClient

from mockserver.explain.jwt_mistakes import Attempt, find

SECRET = "fake-constructor-jwt-secret-fake-fake-fake"
NAME = "fake-integration"
PATH = f"/constructor/api/v2/integration/simple/{NAME}/sessions/b3875623/status/"
START = f"/constructor/integration/simple/{NAME}/start/"
WITH_NEWLINE = f"{SECRET}\n".encode()
HEADER = {"alg": "HS256", "typ": "JWT"}


def segment(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def written(value: Any) -> str:
    return segment(json.dumps(value, separators=(",", ":")).encode())


def token(
    claims: dict[str, Any],
    *,
    header: dict[str, Any] = HEADER,
    secret: bytes = SECRET.encode(),
    algorithm: str = "sha256",
) -> str:
    signed = f"{written(header)}.{written(claims)}"
    return f"{signed}.{segment(hmac.new(secret, signed.encode(), algorithm).digest())}"


def changed(text: str, claims: dict[str, Any]) -> str:
    """Return a token whose payload was replaced behind its signer's back."""
    header, _, signature = text.split(".")
    return f"{header}.{written(claims)}.{signature}"


def in_standard_base64(expiry: int) -> str:
    """Return a token whose parts hold + and / for - and _."""
    text = next(
        text for number in itertools.count() if {"-", "_"} & set(text := token({"exp": expiry, "n": number}))
    )
    return text.replace("-", "+").replace("_", "/")


def with_hex_signature(claims: dict[str, Any]) -> str:
    signed = f"{written(HEADER)}.{written(claims)}"
    return f"{signed}.{hmac.new(SECRET.encode(), signed.encode(), 'sha256').hexdigest()}"


def with_other_header(claims: dict[str, Any]) -> str:
    """Return a token to whose header something was added after signing."""
    _, payload, signature = token(claims).split(".")
    return f"{written({**HEADER, 'kid': 'one'})}.{payload}.{signature}"


def now() -> int:
    return int(time.time())


def explained(client: TestClient, authorization: str | None, path: str = PATH) -> dict[str, Any]:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = client.get(path, headers=headers)
    assert answer.status_code == 401
    entry = client.get(f"/__admin/sandboxes/default/requests/{answer.headers['x-mock-request-id']}")
    assert SECRET not in entry.text
    found: dict[str, Any] = entry.json()["explanation"]
    return found


@pytest.mark.parametrize(
    ("authorization_at", "name"),
    [
        (lambda at: f"Bearer {token({'exp': at + 30})}", "scheme_bearer"),
        (lambda at: token({"exp": at + 30}), "scheme_missing"),
        (lambda at: f"JWT  {token({'exp': at + 30})}", "scheme_written_otherwise"),
        (lambda at: f"JWT: {token({'exp': at + 30})}", "scheme_written_otherwise"),
        (
            lambda at: f"JWT {token({'exp': at + 30}, secret=NAME.encode())}",
            "integration_name_used_as_secret",
        ),
        (lambda at: f"JWT {token({'exp': at + 30}, secret=WITH_NEWLINE)}", "secret_with_newline"),
        (
            lambda at: f"JWT {token({'exp': at + 30}, secret=base64.b64encode(SECRET.encode()))}",
            "secret_base64_encoded",
        ),
        (lambda at: f"JWT {token({'exp': at + 30}, secret=b'')}", "secret_empty"),
        (
            lambda at: (
                f"JWT {token({'exp': at + 30}, header={'alg': 'HS384', 'typ': 'JWT'}, algorithm='sha384')}"
            ),
            "algorithm_hs384",
        ),
        (
            lambda at: (
                f"JWT {token({'exp': at + 30}, header={'alg': 'HS512', 'typ': 'JWT'}, algorithm='sha512')}"
            ),
            "algorithm_hs512",
        ),
        (lambda at: f"JWT {written({'alg': 'none'})}.{written({'exp': at + 30})}.", "token_not_signed"),
        (lambda at: f"JWT {token({'exp': str(at + 30)})}", "exp_as_text"),
        (lambda _: f"JWT {token({})}", "exp_missing"),
        (lambda at: f"JWT {token({'exp': at - 5})}", "clock_skew"),
        (lambda at: f"JWT {token({'exp': at + 3700, 'iat': at + 3670})}", "clock_skew"),
        (
            lambda at: f"JWT {changed(token({'exp': at + 30}), {'exp': at + 86_400})}",
            "payload_changed_after_signing",
        ),
        (
            lambda at: f"JWT {changed(token({'exp': at + 30}), {'exp': at + 30, 'admin': True})}",
            "payload_changed_after_signing",
        ),
        (lambda at: f"JWT {token({'exp': at + 30})}=", "base64_with_padding"),
        (lambda at: f"JWT {in_standard_base64(at + 30)}", "base64_not_url_safe"),
        (lambda at: f"JWT {with_hex_signature({'exp': at + 30})}", "signature_in_hex"),
        (lambda at: f"JWT {with_other_header({'exp': at + 30})}", "header_changed_after_signing"),
        (lambda at: f"JWT {token({'exp': at + 30}, secret=b'a secret that nobody has here')}", None),
        (lambda at: f"JWT {token({'exp': at + 30}, header={'alg': 'RS256'})}", None),
        (lambda _: "JWT rubbish", None),
        (lambda _: None, None),
    ],
)
def test_mistake_with_the_token_is_named(client: TestClient, authorization_at: Any, name: str | None) -> None:
    found = explained(client, authorization_at(now()))
    assert found["check"] == "token"
    assert (found["likely_mistake"] or {}).get("name") == name


def test_base64_decoded_secret_is_named() -> None:
    secret = base64.b64encode(b"what the secret decodes to").decode()
    sent = token({"exp": now() + 30}, secret=b"what the secret decodes to")
    found = find(Attempt(sent, secret, NAME, now() * 1000))
    assert found is not None
    assert found.name == "secret_base64_decoded"


def test_exp_in_milliseconds_is_named_where_lifetimes_are_capped(client: TestClient) -> None:
    settings = "/__admin/sandboxes/default/settings"
    client.patch(settings, json={"constructor.max_lifetime_seconds": 300})
    found = explained(client, f"JWT {token({'exp': (now() + 30) * 1000})}")
    client.patch(settings, json={"constructor.max_lifetime_seconds": None})
    assert found["likely_mistake"]["name"] == "exp_in_milliseconds"


def test_secret_of_another_sandbox_is_named(client: TestClient) -> None:
    other = client.post("/__admin/sandboxes", json={"name": "other"}).json()["credentials"]["constructor"]
    found = explained(client, f"JWT {token({'exp': now() + 30}, secret=other['jwt_secret'].encode())}")
    assert found["likely_mistake"]["name"] == "secret_of_another_sandbox"
    assert "the sandbox 'other'" in found["likely_mistake"]["remedy"]


@pytest.mark.parametrize(
    ("name", "mistake"),
    [
        ("{integration_name}", "integration_name_not_filled_in"),
        ("FAKE-INTEGRATION", "integration_name_in_other_letters"),
        ("nobody", None),
    ],
)
def test_unknown_integration_is_looked_up(client: TestClient, name: str, mistake: str | None) -> None:
    found = explained(client, f"JWT {token({'exp': now() + 30})}", PATH.replace(NAME, name))
    assert (found["likely_mistake"] or {}).get("name") == mistake


def test_integration_of_a_removed_sandbox_is_named(client: TestClient) -> None:
    made = client.post("/__admin/sandboxes", json={"name": "gone"}).json()
    client.delete(f"/__admin/sandboxes/{made['id']}")
    path = PATH.replace(NAME, made["credentials"]["constructor"]["integration_name"])
    found = explained(client, f"JWT {token({'exp': now() + 30})}", path)
    assert found["likely_mistake"]["name"] == "integration_of_another_sandbox"
    assert "the sandbox 'gone', which was removed" in found["likely_mistake"]["remedy"]


def test_token_in_the_query_is_named(client: TestClient) -> None:
    found = explained(client, None, f"{PATH}?token={token({'exp': now() + 30})}")
    assert found["likely_mistake"]["name"] == "token_in_another_place"
    assert "query as token" in found["likely_mistake"]["remedy"]


def test_each_claim_is_shown_with_its_age(client: TestClient) -> None:
    found = explained(client, f"JWT {token({'exp': now() - 100, 'iat': now() - 130})}")
    assert 99 <= found["facts"]["moments"]["exp"]["seconds_ago"] <= 105
    assert 129 <= found["facts"]["moments"]["iat"]["seconds_ago"] <= 135
    assert found["facts"]["jwt_secret"] == "…fake"


def test_accepted_token_says_how_long_it_was_good_for(client: TestClient) -> None:
    answer = client.get(PATH, headers={"Authorization": f"JWT {token({'exp': now() + 300})}"})
    entry = client.get(f"/__admin/sandboxes/default/requests/{answer.headers['x-mock-request-id']}").json()
    assert 295 <= entry["notes"]["token_good_for_seconds"] <= 300


def test_data_token_is_explained_as_well(client: TestClient) -> None:
    answer = client.post(START, data={"token": token({"userId": "1"}, secret=NAME.encode())})
    assert answer.status_code == 401
    entry = client.get(f"/__admin/sandboxes/default/requests/{answer.headers['x-mock-request-id']}").json()
    assert entry["explanation"]["likely_mistake"]["name"] == "integration_name_used_as_secret"


def test_random_signatures_get_no_hint() -> None:
    drawn = random.Random(3)
    at = now()
    signed = f"{written(HEADER)}.{written({'exp': at + 30})}"
    found = {
        find(Attempt(f"{signed}.{segment(drawn.randbytes(32))}", SECRET, NAME, at * 1000)) for _ in range(300)
    }
    assert found == {None}


def test_search_is_bounded_in_time() -> None:
    sent = token({"exp": now() + 30, "more": "x" * 4000}, secret=b"unknown")
    durations = []
    for _ in range(10):
        start = time.thread_time()
        find(Attempt(sent, SECRET, NAME, now() * 1000))
        durations.append(time.thread_time() - start)
    assert min(durations) < 0.005


def test_missing_slash_at_the_end_of_the_path_is_named(client: TestClient) -> None:
    answer = client.get(
        PATH.removesuffix("/"), headers={"Authorization": f"JWT {token({'exp': now() + 30})}"}
    )
    assert answer.status_code == 404
    entry = client.get(f"/__admin/sandboxes/default/requests/{answer.headers['x-mock-request-id']}").json()
    assert entry["explanation"]["likely_mistake"]["name"] == "trailing_slash_missing"
