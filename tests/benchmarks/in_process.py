"""Requests per second of a Python test whose server runs in the same process: with a socket and without."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.testclient import TestClient

from mockserver.app import create_app
from mockserver.settings import Settings
from mockserver.testing import proctormock
from tests.benchmarks.signed import OPERATIONS, signed_made
from tests.benchmarks.subjects import access_at

LOADS = ("institutes.create", "exams.upsert", "candidates.allocate", "examinations.list")


def measure(*, rounds: int, seconds: int) -> dict[str, Any]:
    """Return the rates of one caller that waits for each answer."""
    with proctormock() as mock, _without_socket() as client:
        address = urlsplit(mock.url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port)

        def over_socket(method: str, url: str, headers: dict[str, str], body: bytes) -> int:
            connection.request(method, url, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status

        def without_socket(method: str, url: str, headers: dict[str, str], body: bytes) -> int:
            return client.request(method, url, content=body, headers=headers).status_code

        ways = {
            "proctormock(), http.client": (mock.url, over_socket),
            "create_app() in Starlette's TestClient": ("http://127.0.0.1:8000", without_socket),
        }
        rates: dict[str, list[float]] = {}
        for _ in range(rounds):
            connection.close()  # the server ends one that is idle while the other way has its turn
            for way, (base_url, send) in ways.items():
                for operation in LOADS:
                    rate = _rate(operation, base_url, send, seconds=seconds)
                    rates.setdefault(f"{way}: {operation}", []).append(rate)
    return {
        name: {"min": round(min(them)), "median": round(statistics.median(them)), "max": round(max(them))}
        for name, them in rates.items()
    }


def table(result: dict[str, Any]) -> str:
    """Return the figures as text."""
    return "\n".join(
        f"{name:64} {rate['median']:>6}/s ({rate['min']} to {rate['max']})" for name, rate in result.items()
    )


def _rate(
    operation: str, base_url: str, send: Callable[[str, str, dict[str, str], bytes], int], *, seconds: float
) -> float:
    """Sign beforehand, send one after the other for a while; every answer must be a success."""
    access = access_at(base_url)
    vendor, wish = OPERATIONS[operation]
    spent, sent = 0.0, 0
    while spent < seconds:
        made = [signed_made(vendor, wish(), access) for _ in range(200)]
        began = time.perf_counter()
        for one in made:
            status = send(one.method, one.url, dict(one.headers), one.body)
            assert status < 300, (operation, status)
        spent += time.perf_counter() - began
        sent += len(made)
    return sent / spent


def _without_socket() -> TestClient:
    app = create_app(Settings(database="sqlite://"))
    return TestClient(app, client=("127.0.0.1", 50_000))
