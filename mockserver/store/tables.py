"""The building's own tables; each room adds its own in `vendors/<vendor>/tables.py`.

Declared with SQLModel, from which the schema files are generated (`python -m mockserver.store.schema`).
The server itself never imports this module: it reads the generated files, which keeps its start quick.
Times are whole milliseconds since 1970, documents are JSON text, so that both databases hold the same.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Identity, Index, Integer
from sqlmodel import Field, SQLModel

Number = BigInteger().with_variant(Integer(), "sqlite")  # SQLite's integers have 64 bits anyway


class Building(SQLModel, table=True):
    """One row: the schema's version, the key that all credentials are derived from, and how long servers ran.

    `schema_digest` tells the files that made the tables from others with the same version (`schema/`).
    `running_ms` is the store's own clock for the memory of nonces (`nonces.py`): it never jumps.
    """

    __tablename__ = "building"
    id: int = Field(sa_column=Column(Number, primary_key=True, autoincrement=False))
    schema_version: int = Field(sa_type=Number)
    schema_digest: str
    master_key: str
    running_ms: int = Field(sa_type=Number)


class Sandbox(SQLModel, table=True):
    """One isolated world. A new `revision` after every change keeps anybody from working on an old copy."""

    __tablename__ = "sandbox"
    id: str = Field(primary_key=True)
    name: str
    revision: int = Field(sa_type=Number)
    seeded: int = Field(sa_type=Number)
    created_ms: int = Field(sa_type=Number)
    expires_ms: int | None = Field(default=None, sa_type=Number, index=True)
    clock: str
    settings: str


class Credential(SQLModel, table=True):
    """Whose request it is: the digest of a key, token or name, and the sandbox it opens."""

    __tablename__ = "credential"
    __table_args__ = {"sqlite_with_rowid": False}
    vendor: str = Field(primary_key=True)
    fingerprint: str = Field(primary_key=True)
    sandbox_id: str = Field(index=True)
    subject: str


class FormerCredential(SQLModel, table=True):
    """A credential whose sandbox was removed, as digest: to explain for a while why it opens nothing."""

    __tablename__ = "former_credential"
    __table_args__ = {"sqlite_with_rowid": False}
    vendor: str = Field(primary_key=True)
    fingerprint: str = Field(primary_key=True)
    name: str
    removed_ms: int = Field(sa_type=Number, index=True)


class Fault(SQLModel, table=True):
    """An armed fault: its rule, how often it may still strike, how often it was asked and has struck."""

    __tablename__ = "fault"
    sandbox_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    number: int = Field(sa_type=Number)
    rule: str
    remaining: int | None = Field(default=None, sa_type=Number)
    asked: int = Field(sa_type=Number)
    struck: int = Field(sa_type=Number)
    armed_by: str


class Nonce(SQLModel, table=True):
    """A nonce that was accepted. The key is what decides a race.

    `kept_until_ms` is on the store's own clock (`nonces.py`), the other times on the sandbox's.
    """

    __tablename__ = "nonce"
    __table_args__ = (Index("nonce_kept_until", "sandbox_id", "kept_until_ms"), {"sqlite_with_rowid": False})
    sandbox_id: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    nonce: str = Field(primary_key=True)
    first_seen_ms: int = Field(sa_type=Number)
    remembered_until_ms: int = Field(sa_type=Number)
    kept_until_ms: int = Field(sa_type=Number)


class Counter(SQLModel, table=True):
    """The last id that a sandbox gave to one kind of thing."""

    __tablename__ = "counter"
    __table_args__ = {"sqlite_with_rowid": False}
    sandbox_id: str = Field(primary_key=True)
    noun: str = Field(primary_key=True)
    value: int = Field(sa_type=Number)


class JournalEntry(SQLModel, table=True):
    """One request and its answer; `number` orders them.

    `injected_by` says what demanded the answer instead of the vendor's rules; `unread` counts the fields that
    nobody read; `duration_us` lasted from the head to the answer, in microseconds; `size` is the length of
    `entry`, in bytes.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index("journal_sandbox", "sandbox_id", "number", "size"),
        {"sqlite_autoincrement": True},
    )
    number: int | None = Field(
        default=None, sa_column=Column(Number, Identity(always=False), primary_key=True, autoincrement=True)
    )
    sandbox_id: str
    at_ms: int = Field(sa_type=Number)
    vendor: str
    operation: str | None = None
    method: str
    path: str
    status: int = Field(sa_type=Number)
    refused_by: str | None = None
    injected_by: str | None = None
    unread: int = Field(sa_type=Number)
    duration_us: int = Field(sa_type=Number)
    size: int = Field(sa_type=Number)
    entry: bytes  # JSON, stored as it was written: turning it into text and back took as long as writing it


class JournalStart(SQLModel, table=True):
    """Where the kept entries of a sandbox begin: those up to `number` were removed."""

    __tablename__ = "journal_start"
    __table_args__ = {"sqlite_with_rowid": False}
    sandbox_id: str = Field(primary_key=True)
    number: int = Field(sa_type=Number)


class PendingEvent(SQLModel, table=True):
    """Something that will happen on a vendor's side when the sandbox's clock reaches `due_ms`."""

    __tablename__ = "pending_event"
    __table_args__ = {"sqlite_with_rowid": False}
    sandbox_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_type=Number)
    vendor: str
    event: str
    body: str
    due_ms: int = Field(sa_type=Number)


class Delivery(SQLModel, table=True):
    """A webhook: where it goes and what it says.

    `state` is `waiting` (for `due_ms` on the sandbox's clock), `sending` (by the server that holds the
    lease, on the machine's clock), `delivered` (answered with 2xx) or `given_up`.
    """

    __tablename__ = "delivery"
    __table_args__ = (Index("delivery_open", "state", "sandbox_id", "due_ms"),)
    sandbox_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_type=Number)
    vendor: str
    kind: str
    url: str
    body: str
    options: str
    state: str
    attempts: int = Field(sa_type=Number)
    created_ms: int = Field(sa_type=Number)
    due_ms: int = Field(sa_type=Number)
    lease_until_ms: int = Field(sa_type=Number)


class DeliveryAttempt(SQLModel, table=True):
    """One attempt of a delivery and what came back: a status with its answer, or a problem."""

    __tablename__ = "delivery_attempt"
    __table_args__ = {"sqlite_with_rowid": False}
    sandbox_id: str = Field(primary_key=True)
    delivery: int = Field(primary_key=True, sa_type=Number)
    attempt: int = Field(primary_key=True, sa_type=Number)
    at_ms: int = Field(sa_type=Number)
    elapsed_ms: int = Field(sa_type=Number)
    headers: str
    status: int | None = Field(default=None, sa_type=Number)
    answer: str
    problem: str | None = None


class Snapshot(SQLModel, table=True):
    """A whole world as one JSON document, to be restored by name."""

    __tablename__ = "snapshot"
    sandbox_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    taken_ms: int = Field(sa_type=Number)
    document: str
