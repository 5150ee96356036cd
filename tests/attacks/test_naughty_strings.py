"""Naughty strings in writes: kept and read back to the character, or refused in the vendor's words."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable

import pytest
from attack.cases.values import EXAM
from attack.combinations import USUAL
from attack.naughty import KEPT, REFUSED
from attack.requests import Signed, Tokened, jws
from attack.world import World
from raw_http import RawAnswer

ENCODINGS = ("json", "form", "multipart", "query")
EXAM_TEXTS = ("accountName", "examName", "examDesc", "courseCode")
EXAMS = "/api/v2/integration/simple/{integration_name}/exams/"


@pytest.fixture(scope="session")
def world(world_of: Callable[[str], World]) -> World:
    """A sandbox of their own: names are unique, and attacks use some of them."""
    return world_of(USUAL).neighbour()


def institute(world: World, text: str, encoding: str) -> RawAnswer:
    texts = {"name": text, "short_name": text}
    request = Signed("POST", "/institutes", parameters=texts, encoding=encoding)
    return world.exchange(request.raw(world))[0]


def exam(world: World, text: str) -> RawAnswer:
    body = {**EXAM, "examId": "naughty", **dict.fromkeys(EXAM_TEXTS, text), "rules": {"custom_rules": text}}
    request = Tokened("POST", EXAMS, token=jws(), body=json.dumps(body).encode())
    return world.exchange(request.raw(world))[0]


@pytest.mark.parametrize(
    ("text", "encoding"), list(zip(KEPT, itertools.cycle(ENCODINGS), strict=False)), ids=range(len(KEPT))
)
def test_proctorexam_keeps_it(world: World, text: str, encoding: str) -> None:
    made = institute(world, text, encoding)
    assert made.status == 200, made
    created = json.loads(made.body)["institute"]
    shown, _, _ = world.exchange(Signed(path=f"/institutes/{created['id']}").raw(world))
    found = json.loads(shown.body)["institute"]
    assert [created["name"], created["short_name"], found["name"], found["short_name"]] == [text] * 4


@pytest.mark.parametrize("text", KEPT, ids=range(len(KEPT)))
def test_constructor_keeps_it(world: World, text: str) -> None:
    made = exam(world, text)
    assert made.status in (200, 201), made
    kept = json.loads(made.body)
    assert [kept["rules"]["custom_rules"], *(kept[name] for name in EXAM_TEXTS)] == [text] * 5


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_proctorexam_refuses_it(world: World, text: str) -> None:
    refused = institute(world, text, "json")
    assert refused.status in (400, 403, 422)
    assert set(json.loads(refused.body)) in ({"error"}, {"errors"})


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_constructor_refuses_it(world: World, text: str) -> None:
    refused = exam(world, text)
    assert refused.status == 400
    assert set(json.loads(refused.body)) <= {"detail", *EXAM_TEXTS, "rules"}
