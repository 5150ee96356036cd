"""What the rows of the building's own tables hold, and what rows of any table must agree on.

A world comes as a document that anybody can write. What no server would have left there is refused before
it breaks the first request that reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from mockserver.faults.kinds import AnyFault
from mockserver.imported_cells import MOST_COUNTED
from mockserver.moment import DeliveryOptions
from mockserver.store.counters import TABLE as COUNTER
from mockserver.stored import JSON, Belongs, StoredRow

NUMBERED_BY = ("id", "number")  # the columns whose values a counter gives


class StoredFault(StoredRow):
    """An armed fault."""

    rule: Annotated[AnyFault, JSON]


class StoredEvent(StoredRow):
    """What is still to happen; whether its vendor knows it is asked of the vendor."""

    body: Annotated[dict[str, Any], JSON]


class StoredDelivery(StoredRow):
    """A webhook."""

    body: Annotated[Any, JSON]
    options: Annotated[DeliveryOptions, JSON]
    state: Literal["waiting", "sending", "delivered", "given_up"]


class StoredAttempt(StoredRow):
    """A webhook sent once."""

    headers: Annotated[list[tuple[str, str]], JSON]


BUILDING_ROWS: Mapping[str, type[StoredRow]] = {
    "fault": StoredFault,
    "pending_event": StoredEvent,
    "delivery": StoredDelivery,
    "delivery_attempt": StoredAttempt,
}


def orphaned(tables: Mapping[str, Sequence[Mapping[str, Any]]], belongings: Iterable[Belongs]) -> str | None:
    """Return which row is left without the one it belongs to, None where there is none."""
    for it in belongings:
        owners = {tuple(row[key] for key in it.keys) for row in tables.get(it.owner, ())}
        for number, row in enumerate(tables.get(it.table, ())):
            if tuple(row[column] for column in it.columns) not in owners:
                missing = ", ".join(
                    f"{key} {row[column]!r}" for key, column in zip(it.keys, it.columns, strict=True)
                )
                return f"tables.{it.table}.rows.{number}: there is no row in {it.owner} with {missing}"
    return None


def miscounted(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> str | None:
    """Return why a server could give an id twice, None where it could not.

    A counter is called like the table whose rows it numbers, and stands at the last number given or behind.
    """
    counters = {row["noun"]: row["value"] for row in tables.get(COUNTER, ())}
    for noun, value in counters.items():
        if not 0 <= value <= MOST_COUNTED:
            return f"tables.{COUNTER}: {noun!r} stands at {value}, use 0 to {MOST_COUNTED}"
    for table, rows in tables.items():
        numbers = [row[name] for row in rows for name in NUMBERED_BY if isinstance(row.get(name), int)]
        if numbers and max(numbers) > counters.get(table, 0):
            return (
                f"tables.{COUNTER}: {table!r} stands at {counters.get(table, 0)}, "
                f"but there is a row {max(numbers)} already"
            )
    return None
