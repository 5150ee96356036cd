"""The clock of a sandbox: real, frozen or shifted; every check obeys it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from mockserver.admin.control import Controls, Desk
from mockserver.admin.problem import AdminProblem
from mockserver.clock import LATEST_MS, Clock, as_ms, iso
from mockserver.sandboxes import Sandbox

controls = Controls()
MOST_SECONDS = 250_000_000_000  # further than any clock can go; keeps arithmetic within range


class NewClock(BaseModel):
    """How the clock shall go on."""

    model_config = ConfigDict(extra="forbid")

    mode: Literal["real", "frozen", "shifted"]
    at: AwareDatetime | None = Field(
        default=None, description="Where it stands (frozen) or goes on from (shifted); now when left out."
    )
    offset_seconds: float | None = Field(
        default=None, ge=-MOST_SECONDS, le=MOST_SECONDS, description="How far it is ahead (shifted)."
    )


class Step(BaseModel):
    """How far to move the clock."""

    model_config = ConfigDict(extra="forbid")

    seconds: float = Field(ge=-MOST_SECONDS, le=MOST_SECONDS, description="Forward, or back when negative.")


class ShownClock(BaseModel):
    """How a clock goes, and what it shows."""

    mode: Literal["real", "frozen", "shifted"]
    at: str | None = Field(default=None, description="Where it stands, if it is frozen.")
    offset_seconds: float | None = Field(default=None, description="How far it is ahead, if it is shifted.")
    now: str


@controls.add("GET", "/sandboxes/{sandbox_id}/clock", "clock.show", problems=(404,), answers=ShownClock)
def show(desk: Desk, sandbox_id: str) -> dict[str, Any]:
    """Show what time it is in a sandbox."""
    return as_json(desk, desk.sandbox(sandbox_id))


@controls.add("PUT", "/sandboxes/{sandbox_id}/clock", "clock.set", problems=(404,), answers=ShownClock)
def put(desk: Desk, sandbox_id: str, body: NewClock) -> dict[str, Any]:
    """Let the clock be real, stand still, or be shifted."""
    sandbox = desk.sandbox(sandbox_id)
    return as_json(desk, desk.house.sandboxes.change(desk.db, sandbox, clock=_clock(desk, sandbox, body)))


@controls.add(
    "POST", "/sandboxes/{sandbox_id}/clock/advance", "clock.advance", problems=(404,), answers=ShownClock
)
def advance(desk: Desk, sandbox_id: str, body: Step) -> dict[str, Any]:
    """Move the clock forward, or back with negative seconds."""
    sandbox = desk.sandbox(sandbox_id)
    try:
        clock = sandbox.clock.advanced(body.seconds, desk.now_ms)
    except ValueError as problem:
        raise AdminProblem(422, f"seconds: {problem}") from None
    return as_json(desk, desk.house.sandboxes.change(desk.db, sandbox, clock=clock))


def as_json(desk: Desk, sandbox: Sandbox) -> dict[str, Any]:
    """Return the clock and what it shows."""
    return {**sandbox.clock.as_json(), "now": iso(sandbox.clock.now_ms(desk.now_ms))}


def _clock(desk: Desk, sandbox: Sandbox, wish: NewClock) -> Clock:
    if wish.mode == "real":
        if wish.at is not None or wish.offset_seconds is not None:
            raise AdminProblem(422, "A real clock takes neither 'at' nor 'offset_seconds'.")
        return Clock()
    if wish.mode == "frozen":
        if wish.offset_seconds is not None:
            raise AdminProblem(422, "A frozen clock takes 'at'; 'offset_seconds' is for a shifted one.")
        return Clock("frozen", at_ms=_moment(desk, sandbox, wish))
    if (wish.at is None) == (wish.offset_seconds is None):
        raise AdminProblem(422, "A shifted clock takes either 'at' or 'offset_seconds'.")
    if wish.offset_seconds is not None:
        return Clock("shifted", offset_ms=round(wish.offset_seconds * 1000))
    return Clock("shifted", offset_ms=_moment(desk, sandbox, wish) - desk.now_ms)


def _moment(desk: Desk, sandbox: Sandbox, wish: NewClock) -> int:
    at_ms = sandbox.clock.now_ms(desk.now_ms) if wish.at is None else as_ms(wish.at)
    if not 0 <= at_ms <= LATEST_MS:
        raise AdminProblem(422, "at: the clock cannot leave the years 1970 to 9999.")
    return at_ms
