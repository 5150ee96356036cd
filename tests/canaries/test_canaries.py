"""Secrets planted as canaries are found nowhere but in their documented place: the sandbox's credentials."""

from __future__ import annotations

import http.client
import json
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from mockserver.signing import sign
from mockserver.signing.wish import SignedRequest, Wish
from tests.crashes.servers import CrashingServer, crashing

MARK = b"cAnArY"
CANARIES = {
    "MOCKSERVER_CONSERO_API_KEY": "cAnArY-consero-key-000000000000000000000000000000000000000",
    "MOCKSERVER_PROCTOREXAM_API_TOKEN": "cAnArY-proctorexam-token-000000000000",
    "MOCKSERVER_PROCTOREXAM_SECRET_KEY": "cAnArY-proctorexam-secret-00000000000",
    "MOCKSERVER_CONSTRUCTOR_JWT_SECRET": "cAnArY-constructor-secret-000000000000",
    "MOCKSERVER_ADMIN_TOKEN": "cAnArY-admin-token-00000000000000000000",
}
PASSWORD = "cAnArY-1-password!"
DOCUMENTED = {"/__admin/sandboxes", "/__admin/sandboxes/{sandbox_id}"}
ENDLESS = {"/__admin/sandboxes/{sandbox_id}/requests/stream"}
ADMIN = {"Authorization": f"Bearer {CANARIES['MOCKSERVER_ADMIN_TOKEN']}"}
MISUSED = [
    "/proctorexam/api/v3/institutes?api_token={MOCKSERVER_PROCTOREXAM_API_TOKEN}",
    "/proctorexam/api/v3/institutes?secret_key={MOCKSERVER_PROCTOREXAM_SECRET_KEY}",
    "/consero/api/v1/examinations?api_key={MOCKSERVER_CONSERO_API_KEY}",
    "/consero/{MOCKSERVER_CONSERO_API_KEY}",
    "/constructor/api/{MOCKSERVER_CONSTRUCTOR_JWT_SECRET}",
    "/{MOCKSERVER_CONSTRUCTOR_JWT_SECRET}",
]


@dataclass(frozen=True)
class Place:
    """Where something was written, and what."""

    name: str
    content: bytes


def asked(
    server: CrashingServer, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
) -> Place:
    """Send any request; the answer, its head among it, is a place."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return Place(path, str(answer.headers).encode() + answer.read())
    finally:
        connection.close()


def sent(server: CrashingServer, vendor: str, wish: Wish) -> Place:
    now_ms = time.time_ns() // 1_000_000
    access = server.ready["vendors"][vendor]
    signed: SignedRequest = sign(vendor, wish, access, now_ms=now_ms, random_bytes=secrets.token_bytes)
    place = urlsplit(signed.url)
    return asked(server, signed.method, f"{place.path}?{place.query}", dict(signed.headers), signed.body)


@pytest.fixture(scope="module", params=["text", "json"])
def places(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Place]:
    """Every place that a server writes to, after requests of all kinds, with the log in each format."""
    folder: Path = tmp_path_factory.mktemp("canaries")
    options = ("--log-format", request.param, "--log-requests", "all")
    with crashing(folder, f"sqlite:///{folder}/a.db", *options, environment=CANARIES) as server:
        found = [*vendors_answers(server), *misused_secrets(server)]
        found += [Place(path, content(server, path)) for path in admin_paths(server)]
        server.stop()
        found += [Place(file.name, file.read_bytes()) for file in folder.iterdir()]
    return found


def vendors_answers(server: CrashingServer) -> list[Place]:
    user = {"name": "Ann", "email": "ann@example.org", "role": "administrator"}
    passwords = {"password": PASSWORD, "password_confirmation": PASSWORD}
    institute = {"name": "University", "short_name": "uni"}
    wrong = {"signature": "0" * 64}
    return [
        sent(server, "consero", Wish("GET", "/examinations")),
        sent(server, "proctorexam", Wish("POST", "/institutes", institute)),
        sent(server, "proctorexam", Wish("POST", "/institutes", institute, overrides=wrong)),
        sent(server, "proctorexam", Wish("POST", "/institutes/1/users", user | passwords)),
        sent(server, "constructor", Wish("POST", "/api/v2/integration/simple/fake-integration/exams/", {})),
    ]


def misused_secrets(server: CrashingServer) -> list[Place]:
    """Send secrets where they do not belong, and slightly wrong ones where they do."""
    headers = {
        "Authorization": f"Token token={CANARIES['MOCKSERVER_PROCTOREXAM_API_TOKEN']}x",
        "x-api-key": CANARIES["MOCKSERVER_CONSERO_API_KEY"] + "x",
        "Cookie": f"session={CANARIES['MOCKSERVER_CONSERO_API_KEY']}",
        "X-Mock-Explain": "1",
    }
    admin = {"Authorization": f"Bearer {CANARIES['MOCKSERVER_ADMIN_TOKEN']}x"}
    vendors = [path.format(**CANARIES) for path in MISUSED]
    answers = [asked(server, "GET", path, headers) for path in vendors]
    return [*answers, asked(server, "GET", "/__admin/health", admin)]


def admin_paths(server: CrashingServer) -> list[str]:
    """Return every path of the control API that shows something, but the documented places."""
    document: Any = json.loads(content(server, "/__admin/openapi.json"))
    shown = {f"/__admin{path}" for path, methods in document["paths"].items() if "get" in methods}
    return sorted(shown - DOCUMENTED - ENDLESS)


def content(server: CrashingServer, path: str) -> bytes:
    (request,) = json.loads(asked_body(server, "/__admin/sandboxes/default/requests?limit=1"))
    path = path.replace("{sandbox_id}", "default").replace("{request_id}", request["request_id"])
    return asked_body(server, path)


def asked_body(server: CrashingServer, path: str) -> bytes:
    return asked(server, "GET", path, ADMIN).content.partition(b"\n\n")[2]


def test_canaries_are_planted(tmp_path: Path) -> None:
    """The documented place shows them, so that looking for them means something."""
    with crashing(tmp_path, "sqlite://", environment=CANARIES) as server:
        shown = asked(server, "GET", "/__admin/sandboxes/default", ADMIN).content
        server.stop()
    assert len(set(re.findall(MARK + rb"-[a-z-]+", shown))) == len(CANARIES) - 1


def test_no_secret_is_written_anywhere(places: list[Place]) -> None:
    echoing = {
        path.format(**CANARIES) for path in MISUSED
    }  # an answer may name the path that was asked for, to its caller
    found = [place.name for place in places if MARK in place.content and place.name not in echoing]
    assert found == []
    assert len(places) > 30
