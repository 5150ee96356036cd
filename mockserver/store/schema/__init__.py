"""The schema as numbered SQL files, one folder per database.

The first file of each is generated from the SQLModel tables: `python -m mockserver.store.schema.generate`.
A later change of a table comes as a further file `NNNN_<what>.sql`, written by hand for both databases; a
test applies them all and compares the result with the tables.

Until the first release the first file changes now and then. A database remembers a digest of the files that
made it, so that one with other tables is refused at the start and not met with errors, or worse, later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from mockserver.errors import UsageError


@dataclass(frozen=True)
class SchemaVersion:
    """A schema version and the statements that lead to it from the one before."""

    number: int
    statements: tuple[str, ...] = ()


def versions(database: str) -> list[SchemaVersion]:
    """Return all schema versions for `sqlite` or `postgresql`, oldest first."""
    folder = resources.files(__name__) / database
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name
    )
    return [
        SchemaVersion(int(file.name[:4]), _statements(file.read_text(encoding="utf-8"))) for file in files
    ]


def migrations(database: str, building: Mapping[str, Any] | None, *, where: str) -> Iterator[SchemaVersion]:
    """Yield the versions that are still to be applied to a database.

    `building` is what the database says of itself in its table of that name: None where there is no table at
    all, nothing where there are only others. `where` is what messages call the database.

    Raises:
        UsageError: the database was made by a newer server, by one with other tables, or by another program.
    """
    known = versions(database)
    number = building.get("schema_version") if building is not None else 0
    if number is None:
        raise UsageError(f"{where} holds another program's tables: name an empty database with --database")
    if number > known[-1].number:
        raise UsageError(
            f"{where} was made by a newer mockserver (schema {number}, this one knows "
            f"{known[-1].number}): upgrade proctormock, or name another database"
        )
    if building is not None and building.get("schema_digest") != digest(known[:number]):
        raise UsageError(
            f"{where} was made by an unreleased mockserver with other tables: "
            "remove it if nothing in it is needed, or name another database"
        )
    for version in known[number:]:
        made_by = digest(known[: version.number])
        record = f"UPDATE building SET schema_version = {version.number}, schema_digest = '{made_by}'"  # noqa: S608
        if version.number == 1:
            columns = "id, schema_version, schema_digest, master_key, running_ms"
            record = f"INSERT INTO building ({columns}) VALUES (1, 1, '{made_by}', '', 0)"  # noqa: S608
        yield SchemaVersion(version.number, (*version.statements, record))


def digest(applied: Sequence[SchemaVersion]) -> str:
    """Return what tells these versions from others of the same numbers."""
    statements = "\n".join(statement for version in applied for statement in version.statements)
    return hashlib.sha256(statements.encode()).hexdigest()[:16]


def _statements(text: str) -> tuple[str, ...]:
    lines = (line for line in text.splitlines() if not line.startswith("--"))
    return tuple(part.strip() for part in "\n".join(lines).split(";") if part.strip())
