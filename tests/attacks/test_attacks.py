"""Every case of the attack suite, against a real server; what must hold after each stands in `survives`."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from attack.case import Advance, Case, Expected, Request, Settings
from attack.cases import ALL
from attack.combinations import tried
from attack.requests import Keyed
from attack.world import SECONDS, World

LEAKS = re.compile(
    rb"Traceback|File \"|sqlite3|psycopg|pydantic|site-packages|/usr/|/tmp/|mockserver/"
    rb"|SELECT |INSERT |UPDATE |master_key"
)
GOOD = Keyed(keys=("fakeconserokey0000000000000000000000000000000000fakefake",))
TRIED = [
    pytest.param(combination, case, id=f"{combination}-{case.id}-{case.case[:50]}")
    for combination, case in tried(ALL)
]


@pytest.mark.parametrize(("combination", "case"), TRIED)
def test_attack(world: World, case: Case) -> None:
    for step in case.steps:
        match step:
            case Advance(seconds):
                world.advance(seconds)
            case Settings(changes):
                world.control("PATCH", "/settings", changes)
            case (request, expected):
                attack(world, request, expected)


def attack(world: World, request: Request, expected: Expected) -> None:
    """Send one request and check its answer, the rows, the log, and that a good request still works."""
    before = world.rows_before()
    answer, closed, seconds = world.exchange(request.raw(world), request.source)
    assert answer.status in expected.statuses, answer
    expected.shape(answer.status, answer.body)
    assert seconds < SECONDS
    assert closed >= expected.close
    assert expected.echo is None or echoed(answer.body, *expected.echo)
    world.known = world.rows()
    written = {table for table, _ in world.known ^ before}
    assert expected.writes or written <= ({"nonce"} if expected.uses_nonce else set())
    assert no_secret(world, answer.body + repr(answer.headers).encode())
    assert not LEAKS.search(answer.body)
    survives(world)


def survives(world: World) -> None:
    """A good request of another sandbox works, the process lives, the log tells nothing that it must not."""
    answer, _, seconds = world.exchange(GOOD.raw(world))
    assert answer.status == 200
    assert seconds < SECONDS
    assert world.process.poll() is None
    log = world.new_log()
    assert not LEAKS.search(log.encode())
    assert no_secret(world, log.encode())
    assert all(character.isprintable() or character == "\n" for character in log)


def no_secret(world: World, text: bytes) -> bool:
    """Tell whether `text` is free of the sandbox's secrets."""
    secrets = [
        world.credentials["consero"]["api_key"],
        world.credentials["proctorexam"]["secret_key"],
        world.credentials["constructor"]["jwt_secret"],
    ]
    return not any(secret.encode() in text for secret in secrets)


def echoed(body: bytes, path: tuple[str, ...], value: Any) -> bool:
    """Tell whether the JSON of an answer holds `value` at `path`."""
    found = json.loads(body)
    for name in path:
        found = found[name]
    return bool(found == value)


def test_every_case_has_an_id_of_its_own() -> None:
    ids = [case.id for case in ALL]
    assert len(ids) == len(set(ids))


def test_suite_is_as_large_as_promised() -> None:
    assert len(ALL) > 400
