"""What happens on a vendor's side: a candidate finishes, a proctor concludes, a warning is raised.

A room declares its events; the control API plays them now, `later` at a time of the sandbox's clock.
"""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ConfigDict, Field, ValidationError

from mockserver.complaints import sentences
from mockserver.moment import AS_DOCUMENTED, DeliveryOptions, Moment
from mockserver.store import Connection, Statement
from mockserver.store.ids import next_id
from mockserver.strict_json import JsonError, read_json
from mockserver.wire import WireModel

if TYPE_CHECKING:
    from mockserver.vendor import Vendor

log = logging.getLogger("mockserver")
Handler = TypeVar("Handler", bound=Callable[..., dict[str, Any]])

_ADD = Statement(
    """
    INSERT INTO pending_event (sandbox_id, number, vendor, event, body, due_ms)
    VALUES (:sandbox_id, :number, :vendor, :event, :body, :due_ms)
    """
)
_NEXT = Statement(
    """
    SELECT number, vendor, event, body, due_ms FROM pending_event
    WHERE sandbox_id = :sandbox_id AND due_ms <= :now_ms ORDER BY due_ms, number LIMIT 1
    """
)
_PENDING = Statement("SELECT DISTINCT sandbox_id FROM pending_event")
_TAKE = Statement("DELETE FROM pending_event WHERE sandbox_id = :sandbox_id AND number = :number")


class EventRefused(Exception):
    """The event cannot happen as things are; the message says why and what to do."""


class EventUnreadable(EventRefused):
    """No such event, or fields that it does not take."""


class EventBody(WireModel):
    """What every event takes besides its own fields."""

    model_config = ConfigDict(extra="forbid")

    deliveries: DeliveryOptions = Field(
        default=AS_DOCUMENTED, description="How the webhooks of this event are sent."
    )


@dataclass(frozen=True)
class Event:
    """One declared event: what it reads, and what it does to the sandbox."""

    name: str
    summary: str
    statements: tuple[str, ...]
    reads: type[EventBody]
    handler: Callable[..., dict[str, Any]]


class Events(dict[str, Event]):
    """The events of a room, filled by decorators at the handlers `(moment, body) -> what has changed`."""

    def add(self, name: str, *, statements: str) -> Callable[[Handler], Handler]:
        """Declare the decorated handler as `name`; `statements` are words separated by blanks."""

        def declare(handler: Handler) -> Handler:
            reads = inspect.signature(handler, eval_str=True).parameters["body"].annotation
            summary = (inspect.getdoc(handler) or name).partition("\n")[0]
            self[name] = Event(name, summary, tuple(statements.split()), reads, handler)
            return handler

        return declare


def happen(vendor: Vendor, name: str, body: Mapping[str, Any], moment: Moment) -> dict[str, Any]:
    """Let an event happen now and return what has changed.

    Raises:
        EventUnreadable: no such event, or wrong fields.
        EventRefused: not possible as things are.
    """
    event, values = _read(vendor, name, body)
    with moment.db.savepoint():
        return event.handler(replace(moment, deliveries=values.deliveries), values)


def check(vendor: Vendor, name: str, body: Mapping[str, Any]) -> None:
    """Refuse what can never happen, before it is due.

    Raises:
        EventUnreadable: no such event, or wrong fields.
    """
    _read(vendor, name, body)


def _read(vendor: Vendor, name: str, body: Mapping[str, Any]) -> tuple[Event, EventBody]:
    event = vendor.events.get(name)
    if event is None:
        known = ", ".join(sorted(vendor.events)) or "none"
        raise EventUnreadable(f"{vendor.name} has no event {name!r}; it has: {known}.")
    try:
        read_json(json.dumps(body).encode())  # the store takes no NUL, no lone surrogate, no huge number
        return event, event.reads.model_validate(body)
    except JsonError as problem:
        raise EventUnreadable(f"{name}: {problem}.") from None
    except ValidationError as problem:
        fields = ", ".join(event.reads.model_fields)
        raise EventUnreadable(f"{name}: {sentences(problem.errors())}. Fields: {fields}.") from None


def later(moment: Moment, vendor: str, name: str, body: Mapping[str, Any], after_seconds: float) -> None:
    """Let an event happen `after_seconds` on the sandbox's clock."""
    moment.db.put(
        _ADD,
        sandbox_id=moment.sandbox.id,
        number=next_id(moment.db, moment.sandbox.id, "pending_event"),
        vendor=vendor,
        event=name,
        body=json.dumps(body),
        due_ms=moment.now_ms + round(after_seconds * 1000),
    )


def happen_due(vendors: Sequence[Vendor], moment: Moment) -> bool:
    """Let the earliest event that is due happen; return whether there was one.

    It happens at the time for which it was due, even where the clock has jumped far beyond it. Taking the
    row decides who plays it: with several servers on one store it happens once.
    """
    row = moment.db.one(_NEXT, sandbox_id=moment.sandbox.id, now_ms=moment.now_ms)
    if row is None:
        return False
    if not moment.db.run(_TAKE, sandbox_id=moment.sandbox.id, number=row["number"]):
        return True
    room = next(vendor for vendor in vendors if vendor.name == row["vendor"])
    try:
        happen(room, row["event"], json.loads(row["body"]), replace(moment, now_ms=row["due_ms"]))
    except EventRefused as problem:  # e.g. an exam that was finished by hand in the meantime
        log.info("%s: %s did not happen: %s", moment.sandbox.id, row["event"], problem)
    return True


def pending_sandboxes(db: Connection) -> list[str]:
    """Return the ids of sandboxes in which something is still to happen."""
    return [row["sandbox_id"] for row in db.all(_PENDING)]
