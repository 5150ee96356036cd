"""A whole world as one document: what snapshots keep, and what export and import carry from server to server.

Rows of every table of the rooms, nonces, counters, faults, what is still to happen and to be delivered, the
clock and the settings. Not the journal: it says what happened, and that stays true. No credentials: another
sandbox has its own.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mockserver.clock import LATEST_MS, Clock
from mockserver.complaints import sentence
from mockserver.events import EventUnreadable
from mockserver.events import check as check_event
from mockserver.faults.arming import touch
from mockserver.imported_cells import suits
from mockserver.imported_rows import BUILDING_ROWS, miscounted, orphaned
from mockserver.sandboxes import Sandbox, Sandboxes
from mockserver.store import Connection, Statement
from mockserver.store.counters import TABLE as COUNTER
from mockserver.store.schema.columns import columns_of
from mockserver.vendor import Vendor
from mockserver.worlds import BUILDING_TABLES, Worlds

KEPT_TABLES = tuple(table for table in BUILDING_TABLES if table not in ("journal", COUNTER))

Cell = str | int | float | None


class CopyUnusable(ValueError):
    """A document that is no world of this server; the message says which part is why."""


class ClockCopy(BaseModel):
    """A clock as it was."""

    model_config = ConfigDict(extra="forbid")

    mode: Literal["real", "frozen", "shifted"] = "real"
    at_ms: int = Field(default=0, ge=0, le=LATEST_MS)
    offset_ms: int = Field(default=0, ge=-LATEST_MS, le=LATEST_MS)


class TableCopy(BaseModel):
    """The rows of one table, without the sandbox they belong to."""

    model_config = ConfigDict(extra="forbid")

    columns: list[str]
    rows: list[list[Cell]]


class WorldCopy(BaseModel):
    """A world. `format` names the kind and version of the document."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["proctormock world 1"] = "proctormock world 1"
    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\x20-\x7e]+$")]
    seeded: bool
    clock: ClockCopy
    settings: dict[str, dict[str, Any]]
    tables: dict[str, TableCopy]


class Copies:
    """Takes worlds down as documents and puts them back."""

    def __init__(self, vendors: Sequence[Vendor], sandboxes: Sandboxes, worlds: Worlds) -> None:
        self._vendors = vendors
        self._sandboxes = sandboxes
        self._worlds = worlds
        # On PostgreSQL others may write meanwhile: rooms declare owners first, so what belongs to something
        # is read before it, and ids before the counter that gave them.
        self._tables = (*reversed((COUNTER, *KEPT_TABLES, *worlds.tables)),)
        self._rows = {
            **BUILDING_ROWS,
            **{table: row for vendor in vendors for table, row in vendor.rows().items()},
        }

    def take(self, db: Connection, sandbox: Sandbox) -> WorldCopy:
        """Return the world of a sandbox as it is now."""
        tables = {}
        for table in self._tables:
            names = _names(table)
            rows = db.all(_reading(table), sandbox_id=sandbox.id)
            if rows:
                tables[table] = TableCopy(columns=names, rows=[[row[name] for name in names] for row in rows])
        return WorldCopy(
            name=sandbox.name,
            seeded=sandbox.seeded,
            clock=ClockCopy(**vars(sandbox.clock)),
            settings={
                name: model.model_dump(mode="json", exclude_unset=True)
                for name, model in sandbox.settings.items()
            },
            tables=tables,
        )

    def put(self, db: Connection, sandbox: Sandbox, copy: WorldCopy) -> Sandbox:
        """Fill the world of a sandbox from a document, instead of what is in it; return the sandbox.

        Raises:
            CopyUnusable: a table, column, value or setting is not one of this server's.
        """
        rows = {name: self._checked(name, table) for name, table in copy.tables.items()}
        belongings = [one for vendor in self._vendors for one in vendor.belongings]
        if problem := miscounted(rows) or orphaned(rows, belongings):
            raise CopyUnusable(problem)
        settings = self._settings(copy)
        self._worlds.empty(db, sandbox.id, keeping=("journal",))
        for name, found in rows.items():
            self._fill(db, sandbox.id, name, found)
        self._sandboxes.close_extra_doors(db, sandbox)
        changed = self._sandboxes.change(
            db, sandbox, clock=Clock(**copy.clock.model_dump()), settings=settings
        )
        for vendor in self._vendors:
            if vendor.reopen is not None:
                vendor.reopen(db, changed)
        touch(db, sandbox.id)
        return changed

    def _checked(self, name: str, table: TableCopy) -> list[dict[str, Cell]]:
        """Return the rows of a table by column, each such as this server would write it."""
        if name not in self._tables:
            raise CopyUnusable(f"tables.{name}: this server has no such table")
        if sorted(table.columns) != sorted(_names(name)):
            raise CopyUnusable(f"tables.{name}.columns: they are {', '.join(_names(name))}")
        by_name = {column.name: column for column in columns_of(name)}
        columns = [by_name[column] for column in table.columns]
        vendors = {vendor.name: vendor for vendor in self._vendors}
        model = self._rows.get(name)
        found = []
        for number, values in enumerate(table.rows):
            place = f"tables.{name}.rows.{number}"
            if len(values) != len(columns):
                raise CopyUnusable(f"{place}: it has not one value for each column")
            for column, value in zip(columns, values, strict=True):
                if not suits(name, column, value, vendors):
                    raise CopyUnusable(f"{place}.{column.name}: the column cannot hold this value")
            row = dict(zip(table.columns, values, strict=True))
            try:
                if model is not None:
                    model.model_validate(row)
                if name == "pending_event":
                    check_event(vendors[str(row["vendor"])], str(row["event"]), json.loads(str(row["body"])))
            except ValidationError as problem:
                raise CopyUnusable(sentence(problem.errors()[0], place)) from None
            except EventUnreadable as problem:
                raise CopyUnusable(f"{place}: {str(problem).rstrip('.')}") from None
            found.append(row)
        return found

    def _settings(self, copy: WorldCopy) -> dict[str, BaseModel]:
        models = {vendor.name: vendor.settings for vendor in self._vendors}
        found: dict[str, BaseModel] = {}
        for name in {**models, **copy.settings}:
            if name not in models:
                raise CopyUnusable(f"settings.{name}: this server has no such vendor")
            try:
                found[name] = models[name].model_validate(copy.settings.get(name, {}))
            except ValidationError as problem:
                raise CopyUnusable(sentence(problem.errors()[0], "settings", name)) from None
        return found

    def _fill(self, db: Connection, sandbox_id: str, name: str, rows: Sequence[Mapping[str, Cell]]) -> None:
        writing = _writing(name)
        try:
            with db.savepoint():
                for row in rows:
                    db.put(writing, sandbox_id=sandbox_id, **row)
        except Exception as error:
            if db.breaks_unique_key(error):
                raise CopyUnusable(f"tables.{name}: two rows are the same where they must differ") from None
            raise


def _names(table: str) -> list[str]:
    return [column.name for column in columns_of(table) if column.name != "sandbox_id"]


@functools.cache
def _reading(table: str) -> Statement:
    columns = ", ".join(_names(table))
    return Statement(f"SELECT {columns} FROM {table} WHERE sandbox_id = :sandbox_id")  # noqa: S608 - our own names


@functools.cache
def _writing(table: str) -> Statement:
    names = ["sandbox_id", *_names(table)]
    values = ", ".join(f":{name}" for name in names)
    return Statement(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})")  # noqa: S608 - our own names
