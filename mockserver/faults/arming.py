"""Faults kept in the store, so that every worker knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mockserver.faults.kinds import ANY_FAULT, AnyFault
from mockserver.store import Connection, Row, Statement
from mockserver.store.ids import next_id

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


@dataclass(frozen=True)
class Armed:
    """A fault that may strike."""

    id: str
    rule: AnyFault
    by: str


def arm(db: Connection, sandbox_id: str, rule: AnyFault, *, by: str = BY_HAND) -> dict[str, Any]:
    """Keep a rule that `rule_check` has passed, and return it as the control API shows it."""
    number = next_id(db, sandbox_id, NOUN)
    fault_id = f"fault-{number}"
    db.put(
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
        db.put(
            _ADD_AT_START,
            sandbox_id=sandbox_id,
            id=f"seed-{number}",
            number=number - len(rules) - 1,  # before those that are armed later
            rule=rule.model_dump_json(exclude_none=True),
            remaining=rule.times,
            armed_by=by,
        )
    db.put(_REMOVE_EARLIER, sandbox_id=sandbox_id, any_start=f"{BY_SEED_FILE}/%", armed_by=by)
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
    db.put(_CLEAR, sandbox_id=sandbox_id)
    touch(db, sandbox_id)


def touch(db: Connection, sandbox_id: str) -> None:
    """Let every worker see with the next request that the faults of a sandbox changed."""
    db.put(_TOUCH, id=sandbox_id)


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
