"""What attacks must not leave behind: credentials in files, differences between refusals, a queue."""

from __future__ import annotations

import contextlib
import dataclasses
import time
from collections.abc import Callable

import pytest
from attack.cases.token_claims import REFUSALS as CLAIMS
from attack.cases.tokens import REFUSALS as FORMS
from attack.combinations import COMBINATIONS, USUAL
from attack.requests import Keyed, Signed, Tokened, jws
from attack.world import NOW_MS, SECONDS, World, control
from raw_http import RawAnswer, RawConnection
from starlette.testclient import TestClient

HALF_SENT = {
    "heads": b"POST /consero/api/v1/report HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    "bodies": b"POST /consero/api/v1/report HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{",
}
GOOD = Keyed(keys=("fakeconserokey0000000000000000000000000000000000fakefake",))
TOKENS = {**FORMS, **CLAIMS}
WRONG_TOKENS = [
    token for name, token in TOKENS.items() if name.partition(" ")[0] in ("J02", "J10", "J26", "J28", "J54a")
]


@pytest.fixture
def world(world_of: Callable[[str], World]) -> World:
    return world_of(USUAL)


def test_whatever_is_wrong_with_a_token_the_answer_is_the_same(world: World) -> None:
    """No header, another key, no token, expired, no claims: nobody can tell which it was."""
    answers = [world.exchange(Tokened(token=token).raw(world))[0] for token in WRONG_TOKENS]
    assert len(answers) == 5
    assert [comparable(answer) for answer in answers] == [comparable(answers[0])] * 5


def comparable(answer: RawAnswer) -> tuple[int, dict[str, str], bytes]:
    """Return an answer without its number and time."""
    told = ("x-mock-request-id", "date")
    return (
        answer.status,
        {name: value for name, value in answer.headers.items() if name not in told},
        answer.body,
    )


@pytest.mark.parametrize("combination", [name for name in COMBINATIONS if name.startswith("sqlite-1")])
def test_no_credential_is_left_in_files(world_of: Callable[[str], World], combination: str) -> None:
    """Neither in the database and its write-ahead log nor in the log of the server.

    In a sandbox of its own: attacks put the keys of the other one into places where none is looked for.
    """
    world = in_new_sandbox(world_of(combination))
    token = jws()(world)
    for request in (Keyed(), Signed(), Tokened(token=lambda _: token), Keyed(keys=(token,))):
        world.exchange(request.raw(world))
    written = b"".join(file.read_bytes() for file in world.log_file.parent.iterdir())
    secrets = [
        world.credentials["consero"]["api_key"],
        world.credentials["proctorexam"]["api_token"],
        world.credentials["proctorexam"]["secret_key"],
        world.credentials["constructor"]["jwt_secret"],
        token.rpartition(".")[2],
    ]
    assert world.sandbox_id.encode() in written
    assert [secret for secret in secrets if secret.encode() in written] == []


def in_new_sandbox(world: World) -> World:
    sandbox = control(world.url, "POST", "/__admin/sandboxes", {})
    found = dataclasses.replace(world, sandbox_id=sandbox["id"], credentials=sandbox["credentials"])
    found.control("PUT", "/clock", {"mode": "frozen", "at": "2026-11-21T19:37:12Z"})
    return dataclasses.replace(found, now_ms=NOW_MS)


def test_caller_without_an_address_is_refused(open_client: Callable[..., TestClient]) -> None:
    """As over a Unix socket: what has no address is on no allowlist."""
    nobody = TestClient(open_client().app, client=None)  # type: ignore[arg-type]
    answer = nobody.get("/consero/api/v1/examinations", headers={"x-api-key": GOOD.keys[0]})  # type: ignore[index,dict-item]
    assert answer.status_code == 403


@pytest.mark.parametrize("sent", HALF_SENT.values(), ids=HALF_SENT)
def test_half_open_connections_hold_nobody_up(world: World, sent: bytes) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(RawConnection(world.url)).send(sent)
        began = time.monotonic()
        answer, _, _ = world.exchange(GOOD.raw(world))
        assert answer.status == 200
        assert time.monotonic() - began < SECONDS
