"""Faults kept in the store, so that every worker knows them; checked when they are armed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mockserver.faults import registry
from mockserver.faults.kinds import ANY_FAULT, AnyFault
from mockserver.faults.kinds.status import Status
from mockserver.path_patterns import can_fit
from mockserver.store import Connection, Row, Statement
from mockserver.store.ids import next_id
from mockserver.vendor import Operation, Vendor

BY_HAND, BY_SEED_FILE = "control API", "seed file"
NOUN = "fault"

_ADD = Statement(
    """
    INSERT INTO fault (sandbox_id, id, number, rule, remaining, asked, struck, armed_by)
    VALUES (:sandbox_id, :id, :number, :rule, :remaining, 0, 0, :armed_by)
    """
)
_ADD_AT_START = Statement(
    """
    INSERT INTO fault (sandbox_id, id, number, rule, remaining, asked, struck, armed_by)
    VALUES (:sandbox_id, :id, :number, :rule, :remaining, 0, 0, :armed_by)
    ON CONFLICT (sandbox_id, id) DO UPDATE
    SET number = excluded.number, rule = excluded.rule, remaining = excluded.remaining, asked = 0, struck = 0,
        armed_by = excluded.armed_by
    WHERE fault.armed_by <> excluded.armed_by
    """
)
_REMOVE_EARLIER = Statement(
    """
    DELETE FROM fault
    WHERE sandbox_id = :sandbox_id AND armed_by LIKE :any_start AND armed_by <> :armed_by
    """
)
_LIST = Statement("SELECT * FROM fault WHERE sandbox_id = :sandbox_id ORDER BY number")
_ARMED = Statement(
    """
    SELECT id, rule, armed_by FROM fault
    WHERE sandbox_id = :sandbox_id AND (remaining IS NULL OR remaining > 0) ORDER BY number
    """
)
_SHOW = Statement("SELECT * FROM fault WHERE sandbox_id = :sandbox_id AND id = :id")
_REMOVE = Statement("DELETE FROM fault WHERE sandbox_id = :sandbox_id AND id = :id")
_CLEAR = Statement("DELETE FROM fault WHERE sandbox_id = :sandbox_id")
_TOUCH = Statement("UPDATE sandbox SET revision = revision + 1 WHERE id = :id")


class RuleMeansNothing(ValueError):
    """A rule that no call can ever fit; the message says which of its fields is why."""


@dataclass(frozen=True)
class Armed:
    """A fault that may strike."""

    id: str
    rule: AnyFault
    by: str


def check(rule: AnyFault, vendors: Sequence[Vendor]) -> None:
    """Refuse a rule that can match nothing.

    Raises:
        RuleMeansNothing: with the field that excludes everything, and what there is instead.
    """
    names = [vendor.name for vendor in vendors]
    if rule.vendor is not None and rule.vendor not in names:
        raise RuleMeansNothing(f"vendor: there is none called {rule.vendor!r}, use one of {', '.join(names)}")
    left = [
        (vendor, operation)
        for vendor in vendors
        for operation in vendor.operations
        if rule.vendor in (None, vendor.name)
    ]
    if rule.operation is not None:
        known = dict.fromkeys(operation.id for _, operation in left)
        left = [(vendor, operation) for vendor, operation in left if operation.id == rule.operation]
        if not left:
            raise RuleMeansNothing(
                f"operation: there is no {rule.operation!r}, use one of {', '.join(known)}"
            )
    if rule.method is not None:
        allowed = sorted({method for _, operation in left for method in methods_of(operation)})
        left = [(vendor, operation) for vendor, operation in left if rule.method in methods_of(operation)]
        if not left:
            raise RuleMeansNothing(
                f"method: no such operation takes {rule.method}, only {', '.join(allowed)}"
            )
    if rule.path is not None:
        paths = sorted({vendor.path_of(operation) for vendor, operation in left})
        left = [
            (vendor, operation)
            for vendor, operation in left
            if can_fit(rule.path, vendor.path_of(operation))
            or can_fit(rule.path, f"/{vendor.name}{vendor.path_of(operation)}")
        ]
        if not left:
            raise RuleMeansNothing(f"path: {rule.path} fits none of {', '.join(paths)}")
    if isinstance(rule, Status) and not any(rule.suits(vendor, operation) for vendor, operation in left):
        codes = {error.name for vendor, operation in left for error in registry.errors_of(vendor, operation)}
        raise RuleMeansNothing(
            f"code: none of these operations documents {rule.code}"
            + (f" number {rule.variant}" if rule.variant > 1 else "")
            + f", only {', '.join(sorted(codes))}, and 500, 502, 503, 504 as gateways answer"
        )


def methods_of(operation: Operation) -> tuple[str, ...]:
    """Return the methods that reach an operation: HEAD also where GET does."""
    return (*operation.methods, "HEAD") if "GET" in operation.methods else operation.methods


def arm(db: Connection, sandbox_id: str, rule: AnyFault, *, by: str = BY_HAND) -> dict[str, Any]:
    """Keep a rule that `check` has passed, and return it as the control API shows it."""
    number = next_id(db, sandbox_id, NOUN)
    fault_id = f"fault-{number}"
    db.run(
        _ADD,
        sandbox_id=sandbox_id,
        id=fault_id,
        number=number,
        rule=rule.model_dump_json(exclude_none=True),
        remaining=rule.times,
        armed_by=by,
    )
    touch(db, sandbox_id)
    row = db.one(_SHOW, sandbox_id=sandbox_id, id=fault_id)
    assert row is not None
    return as_json(row)


def arm_at_start(db: Connection, sandbox_id: str, rules: Sequence[AnyFault], *, run: str) -> None:
    """Arm the faults of a seed file, once for each start of the server however many workers it has.

    `run` names the start. What an earlier one armed is removed.
    """
    by = f"{BY_SEED_FILE}/{run}"
    for number, rule in enumerate(rules, start=1):
        db.run(
            _ADD_AT_START,
            sandbox_id=sandbox_id,
            id=f"seed-{number}",
            number=number - len(rules) - 1,  # before those that are armed later
            rule=rule.model_dump_json(exclude_none=True),
            remaining=rule.times,
            armed_by=by,
        )
    db.run(_REMOVE_EARLIER, sandbox_id=sandbox_id, any_start=f"{BY_SEED_FILE}/%", armed_by=by)
    touch(db, sandbox_id)


def listed(db: Connection, sandbox_id: str) -> list[dict[str, Any]]:
    """Return every fault of a sandbox, oldest first, those used up as well."""
    return [as_json(row) for row in db.all(_LIST, sandbox_id=sandbox_id)]


def armed(db: Connection, sandbox_id: str) -> tuple[Armed, ...]:
    """Return the faults that may still strike, oldest first."""
    rows = db.all(_ARMED, sandbox_id=sandbox_id)
    return tuple(Armed(row["id"], ANY_FAULT.validate_json(row["rule"]), row["armed_by"]) for row in rows)


def remove(db: Connection, sandbox_id: str, fault_id: str) -> bool:
    """Disarm one fault; return whether there was one."""
    removed = db.run(_REMOVE, sandbox_id=sandbox_id, id=fault_id)
    touch(db, sandbox_id)
    return bool(removed)


def clear(db: Connection, sandbox_id: str) -> None:
    """Disarm every fault of a sandbox."""
    db.run(_CLEAR, sandbox_id=sandbox_id)
    touch(db, sandbox_id)


def touch(db: Connection, sandbox_id: str) -> None:
    """Let every worker see with the next request that the faults of a sandbox changed."""
    db.run(_TOUCH, id=sandbox_id)


def as_json(row: Row) -> dict[str, Any]:
    """Return a kept fault with what became of it."""
    rule = ANY_FAULT.validate_json(row["rule"])
    return {
        "id": row["id"],
        **rule.model_dump(mode="json", exclude_none=True),
        "remaining": row["remaining"],
        "asked": row["asked"],
        "struck": row["struck"],
        "armed_by": row["armed_by"].partition("/")[0],
    }
