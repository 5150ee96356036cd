"""Filling and emptying the world of a sandbox: seed, reset, removal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mockserver.faults.arming import arm_at_start
from mockserver.faults.kinds import AnyFault
from mockserver.sandboxes import DEFAULT, Sandbox, Sandboxes
from mockserver.store import Connection, Statement
from mockserver.vendor import Vendor

# Emptied by a reset, besides the tables of the rooms.
BUILDING_TABLES = ("nonce", "counter", "journal", "fault", "pending_event", "delivery", "delivery_attempt")
OWN_TABLES = ("snapshot", "credential", "journal_start")  # gone only when the sandbox itself goes

MOST_FORMER = 3_000  # credentials of removed sandboxes that are remembered, to explain why they open nothing

# Locks the one row of the building until the transaction ends: servers that start at once prepare in turn.
_TAKE_TURNS = Statement("UPDATE building SET schema_version = schema_version")
_REMEMBER = Statement(
    """
    INSERT INTO former_credential (vendor, fingerprint, name, removed_ms)
    SELECT credential.vendor, credential.fingerprint, sandbox.name, :now_ms
    FROM credential JOIN sandbox ON sandbox.id = credential.sandbox_id
    WHERE sandbox.id = :sandbox_id
    ON CONFLICT (vendor, fingerprint) DO NOTHING
    """
)
_FORGET = Statement(
    """
    DELETE FROM former_credential WHERE removed_ms <= (
        SELECT removed_ms FROM former_credential ORDER BY removed_ms DESC LIMIT 1 OFFSET :most
    )
    """
)
_REMOVE = Statement("DELETE FROM sandbox WHERE id = :sandbox_id")


def emptying(tables: Sequence[str]) -> dict[str, Statement]:
    """Return the statement that empties each table for one sandbox."""
    return {table: Statement(f"DELETE FROM {table} WHERE sandbox_id = :sandbox_id") for table in tables}  # noqa: S608 - names from our own declarations


class Worlds:
    """Knows every table that belongs to a sandbox, and how to seed it.

    `faults` are those of the seed file by sandbox, `run` names this start of the server.
    """

    def __init__(
        self,
        vendors: Sequence[Vendor],
        sandboxes: Sandboxes,
        *,
        faults: Mapping[str, Sequence[AnyFault]],
        run: str,
    ) -> None:
        self._vendors = vendors
        self._sandboxes = sandboxes
        self._faults = faults
        self._run = run
        self.tables = tuple(table for vendor in vendors for table in vendor.tables)
        self._empty = emptying((*self.tables, *BUILDING_TABLES))
        self._empty_own = emptying(OWN_TABLES)

    def prepare(self, db: Connection, now_ms: int) -> None:
        """Make sure that `default` exists, seeded, and opens with the credentials it is configured with.

        The same for every sandbox of the seed file, whose faults are armed.
        """
        db.put(_TAKE_TURNS)
        self._sandboxes.set_master_key(db)
        for sandbox_id in dict.fromkeys((DEFAULT, *self._faults)):
            sandbox = self._sandboxes.get(db, sandbox_id)
            if sandbox is None:
                sandbox = self._sandboxes.create(
                    db, sandbox_id, name=sandbox_id, seeded=True, expires_ms=None
                )
                self.seed(db, sandbox, now_ms)
            self._sandboxes.open_doors(db, sandbox)
            arm_at_start(db, sandbox_id, self._faults.get(sandbox_id, ()), run=self._run)

    def seed(self, db: Connection, sandbox: Sandbox, now_ms: int) -> None:
        """Fill an empty world: what its credentials need, and the examples of the pages if it is seeded."""
        for vendor in self._vendors:
            if vendor.essentials is not None:
                vendor.essentials(db, sandbox, now_ms)
            if sandbox.seeded:
                vendor.seed(db, sandbox, now_ms)

    def reset(self, db: Connection, sandbox: Sandbox, now_ms: int) -> None:
        """Bring a world back to its seed; nonces and journal are emptied, clock and settings stay."""
        self.empty(db, sandbox.id)
        self._sandboxes.close_extra_doors(db, sandbox)
        self.seed(db, sandbox, now_ms)
        arm_at_start(db, sandbox.id, self._faults.get(sandbox.id, ()), run=self._run)

    def empty(self, db: Connection, sandbox_id: str, *, keeping: Sequence[str] = ()) -> None:
        """Remove every row of a world, but not the sandbox and its own credentials."""
        for table, statement in self._empty.items():
            if table not in keeping:
                db.put(statement, sandbox_id=sandbox_id)

    def remove(self, db: Connection, sandbox_id: str, now_ms: int) -> None:
        """Remove a sandbox with all that belongs to it."""
        self.empty(db, sandbox_id)
        db.put(_REMEMBER, sandbox_id=sandbox_id, now_ms=now_ms)
        db.put(_FORGET, most=MOST_FORMER)
        for statement in self._empty_own.values():
            db.put(statement, sandbox_id=sandbox_id)
        db.put(_REMOVE, sandbox_id=sandbox_id)
        self._sandboxes.forget(sandbox_id)
