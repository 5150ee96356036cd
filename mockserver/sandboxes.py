"""Sandboxes: isolated worlds, chosen by the credentials of a request.

Nothing is held in a process that the store does not confirm: the look-up of a credential brings the
sandbox's revision along, and a copy is used only while it is the current one. So a change by one worker
is obeyed by all of them with the next request.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from mockserver import doors
from mockserver.access.api_key import fingerprint
from mockserver.clock import Clock, Machine
from mockserver.credentials import Derive, deriving
from mockserver.faults.arming import Armed, armed
from mockserver.store import Connection, Statement
from mockserver.vendor import Vendor

DEFAULT = "default"
MAX_COPIES = 2_000

_FIND = Statement(
    """
    SELECT credential.sandbox_id, credential.subject, sandbox.revision, sandbox.expires_ms
    FROM credential JOIN sandbox ON sandbox.id = credential.sandbox_id
    WHERE credential.vendor = :vendor AND credential.fingerprint = :fingerprint
    """
)
_LOAD = Statement(
    "SELECT id, name, revision, seeded, created_ms, expires_ms, clock, settings FROM sandbox WHERE id = :id"
)
_REVISION = Statement("SELECT revision FROM sandbox WHERE id = :id")
_LIST = Statement(
    """
    SELECT id, name, created_ms, expires_ms FROM sandbox
    WHERE expires_ms IS NULL OR expires_ms > :machine_ms ORDER BY created_ms, id
    """
)
_INSERT = Statement(
    """
    INSERT INTO sandbox (id, name, revision, seeded, created_ms, expires_ms, clock, settings)
    VALUES (:id, :name, :revision, :seeded, :created_ms, :expires_ms, :clock, :settings)
    """
)
_UPDATE = Statement(
    "UPDATE sandbox SET clock = :clock, settings = :settings, revision = :revision WHERE id = :id"
)
_MASTER_KEY = Statement("SELECT master_key FROM building")
_SET_MASTER_KEY = Statement("UPDATE building SET master_key = :master_key WHERE master_key = ''")


@dataclass(frozen=True)
class Sandbox:
    """One world as it is now: clock, settings per vendor, armed faults, and how to derive its credentials."""

    id: str
    name: str
    revision: int
    seeded: bool
    created_ms: int
    expires_ms: int | None
    clock: Clock
    settings: Mapping[str, Any]
    credentials: Mapping[str, Mapping[str, str]]
    derive: Derive
    faults: tuple[Armed, ...] = ()
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """What a list says of a sandbox."""

    id: str
    name: str
    created_ms: int
    expires_ms: int | None
    credentials: Mapping[str, Mapping[str, str]]


class Sandboxes:
    """Finds and keeps sandboxes in the store."""

    def __init__(
        self,
        vendors: Sequence[Vendor],
        machine: Machine,
        *,
        credentials: Mapping[str, Mapping[str, str]],
        vendor_settings: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self._vendors = vendors
        self._machine = machine
        self._default_credentials = {
            vendor.name: {**vendor.default_credentials, **credentials.get(vendor.name, {})}
            for vendor in vendors
        }
        self._defaults = vendor_settings
        self._copies: dict[str, Sandbox] = {}
        self._master_key: str | None = None

    def find(self, db: Connection, vendor: str, presented: str) -> tuple[Sandbox, str] | None:
        """Return the sandbox that a credential opens and the credential's subject."""
        row = db.known(
            _FIND, vendor=vendor, fingerprint=fingerprint(presented.encode("utf-8", "surrogatepass"))
        )
        if row is None:
            return None
        expires_ms = row["expires_ms"]
        if expires_ms is not None and expires_ms <= self._machine.now_ms():
            return None
        copy = self._copies.get(row["sandbox_id"])
        if copy is None or copy.revision != row["revision"]:
            copy = self._load(db, row["sandbox_id"])
        return (copy, row["subject"]) if copy else None

    def get(self, db: Connection, sandbox_id: str) -> Sandbox | None:
        """Return a sandbox by its id, None where there is none or its time to live is over."""
        row = db.one(_REVISION, id=sandbox_id)
        if row is None:
            return None
        copy = self._copies.get(sandbox_id)
        if copy is None or copy.revision != row["revision"]:
            copy = self._load(db, sandbox_id)
        if copy and copy.expires_ms is not None and copy.expires_ms <= self._machine.now_ms():
            return None
        return copy

    def default(self, db: Connection) -> Sandbox:
        """Return the sandbox `default`, which always exists."""
        sandbox = self.get(db, DEFAULT)
        assert sandbox is not None, "the sandbox default was removed behind the server's back"
        return sandbox

    def listed(self, db: Connection) -> list[Listed]:
        """Return every sandbox that is not past its time to live, oldest first; none of them is loaded."""
        return [
            Listed(
                **row,
                credentials={name: self.credentials_of(db, row["id"], name) for name in self.vendor_names},
            )
            for row in db.all(_LIST, machine_ms=self._machine.now_ms())
        ]

    def create(
        self, db: Connection, sandbox_id: str, *, name: str, seeded: bool, expires_ms: int | None
    ) -> Sandbox:
        """Make a sandbox with credentials of its own; seeding it is up to the caller."""
        db.put(
            _INSERT,
            id=sandbox_id,
            name=name,
            revision=self._new_revision(),
            seeded=int(seeded),
            created_ms=self._machine.now_ms(),
            expires_ms=expires_ms,
            clock=json.dumps({}),
            settings=json.dumps({}),
        )
        sandbox = self._load(db, sandbox_id)
        assert sandbox is not None
        self.open_doors(db, sandbox)
        return sandbox

    def change(
        self,
        db: Connection,
        sandbox: Sandbox,
        *,
        clock: Clock | None = None,
        settings: Mapping[str, BaseModel] | None = None,
    ) -> Sandbox:
        """Store another clock or other settings and return the sandbox as it is then."""
        chosen = {**sandbox.settings, **(settings or {})}
        db.put(
            _UPDATE,
            id=sandbox.id,
            revision=self._new_revision(),
            clock=json.dumps(vars(clock or sandbox.clock)),
            settings=json.dumps(
                {name: model.model_dump(mode="json", exclude_unset=True) for name, model in chosen.items()}
            ),
        )
        changed = self._load(db, sandbox.id)
        assert changed is not None
        return changed

    def open_doors(self, db: Connection, sandbox: Sandbox) -> None:
        """Register the sandbox's own credentials, so that they choose it; others of the same subject end."""
        for vendor in self._vendors:
            for text, subject in vendor.doors(sandbox.credentials[vendor.name]).items():
                doors.close_those_of(db, sandbox.id, vendor.name, subject)
                doors.open_door(db, sandbox.id, vendor.name, text, subject)

    def close_extra_doors(self, db: Connection, sandbox: Sandbox) -> None:
        """Forget the credentials of users who were created since the seed; those of the sandbox stay."""
        doors.close_all(db, sandbox.id)
        self.open_doors(db, sandbox)

    def forget_all(self) -> None:
        """Drop every copy, after a commit that failed."""
        self._copies.clear()

    def _new_revision(self) -> int:
        """Return a revision that no sandbox ever had, not even in a transaction that came to nothing."""
        return int.from_bytes(self._machine.random_bytes(7), "big")

    def forget(self, sandbox_id: str) -> None:
        """Drop the copy of a sandbox that was removed."""
        self._copies.pop(sandbox_id, None)

    def set_master_key(self, db: Connection) -> None:
        """Give a new store the key from which credentials are derived."""
        db.put(_SET_MASTER_KEY, master_key=self._machine.random_bytes(32).hex())

    def credentials_of(self, db: Connection, sandbox_id: str, vendor: str) -> Mapping[str, str]:
        """Return what opens a sandbox for one vendor, without loading the sandbox."""
        if sandbox_id == DEFAULT:
            return self._default_credentials[vendor]
        room = next(room for room in self._vendors if room.name == vendor)
        return room.new_credentials(self._deriving(db, sandbox_id), sandbox_id)

    @property
    def vendor_names(self) -> list[str]:
        """The names of the vendors that sandboxes have credentials for."""
        return [vendor.name for vendor in self._vendors]

    def _deriving(self, db: Connection, sandbox_id: str) -> Derive:
        if self._master_key is None:
            found = db.one(_MASTER_KEY)
            assert found is not None
            self._master_key = str(found["master_key"])
        return deriving(self._master_key, sandbox_id)

    def _load(self, db: Connection, sandbox_id: str) -> Sandbox | None:
        row = db.one(_LOAD, id=sandbox_id)
        if row is None:
            return None
        derive = self._deriving(db, sandbox_id)
        stored = json.loads(row["settings"])
        credentials = (
            self._default_credentials
            if sandbox_id == DEFAULT
            else {vendor.name: vendor.new_credentials(derive, sandbox_id) for vendor in self._vendors}
        )
        sandbox = Sandbox(
            id=row["id"],
            name=row["name"],
            revision=row["revision"],
            seeded=bool(row["seeded"]),
            created_ms=row["created_ms"],
            expires_ms=row["expires_ms"],
            clock=Clock(**json.loads(row["clock"])),
            settings={
                vendor.name: vendor.settings.model_validate(
                    {**self._defaults.get(vendor.name, {}), **stored.get(vendor.name, {})}
                )
                for vendor in self._vendors
            },
            credentials=credentials,
            derive=derive,
            faults=armed(db, sandbox_id),
            secrets=tuple(
                value
                for values in credentials.values()
                for name, value in values.items()
                if not name.endswith("_name")  # an integration's name stands in every path
            ),
        )
        if len(self._copies) >= MAX_COPIES:
            self._copies.clear()
        self._copies[sandbox_id] = sandbox
        return sandbox
