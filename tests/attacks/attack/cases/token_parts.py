"""What the cases about Constructor's tokens are made of."""

from __future__ import annotations

from typing import Any

from attack.case import Case, one
from attack.requests import Late, Tokened
from attack.shapes import CONSTRUCTOR_REFUSED, anything, exactly, expect, server
from attack.world import World

OK = expect(200, shape=anything)
REFUSED = expect(401, shape=exactly(CONSTRUCTOR_REFUSED))
TOO_LARGE = expect(431, shape=server, close=True)
EXAMS = "/api/v2/integration/simple/{integration_name}/exams/"


def exp(world: World) -> float:
    return world.now_ms / 1000 + 30


def claims(**others: Any) -> Late:
    return lambda world: {"exp": exp(world), **others}


def written(template: str | bytes) -> Late:
    """Return claims written by hand, with the time of expiry in the place of EXP."""
    raw = template.encode() if isinstance(template, str) else template
    return lambda world: raw.replace(b"EXP", str(int(exp(world))).encode())


def head(**others: Any) -> dict[str, Any]:
    return {"alg": "HS256", "typ": "JWT", **others}


def expiring(value: Any) -> Late:
    """Return claims whose `exp` is this, worked out from now where it is a function of it."""
    return lambda world: {"exp": value(world.now_ms / 1000) if callable(value) else value}


def accepted(tokens: dict[str, Late]) -> list[Case]:
    return [
        one(name.partition(" ")[0], "jwt", name.partition(" ")[2], Tokened(token=token), OK)
        for name, token in tokens.items()
    ]


def refused(tokens: dict[str, Late | None]) -> list[Case]:
    """Return a case of reading and one of writing for each token: the door is the same."""
    return [
        case
        for name, token in tokens.items()
        for case in (
            one(name.partition(" ")[0], "jwt", name.partition(" ")[2], Tokened(token=token), REFUSED),
            one(
                name.partition(" ")[0] + "p",
                "jwt",
                f"{name.partition(' ')[2]}, POST",
                Tokened("POST", EXAMS, token=token, body=b"{}"),
                REFUSED,
            ),
        )
    ]
