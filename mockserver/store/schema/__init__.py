"""The schema as numbered SQL files, one folder per database.

The first file of each is generated from the SQLModel tables: `python -m mockserver.store.schema.generate`.
A later change of a table comes as a further file `NNNN_<what>.sql`, written by hand for both databases; a
test applies them all and compares the result with the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

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


def migrations(database: str, found: SchemaVersion, *, where: str) -> Iterator[SchemaVersion]:
    """Yield the versions that are still to be applied after `found` (0: an empty database).

    Raises:
        UsageError: the database was made by a newer server.
    """
    known = versions(database)
    if found.number > known[-1].number:
        raise UsageError(
            f"{where!r} was made by a newer mockserver (schema {found.number}, this one knows "
            f"{known[-1].number}): upgrade proctormock, or name another database"
        )
    for version in known:
        if version.number > found.number:
            record = f"UPDATE building SET schema_version = {version.number}"  # noqa: S608 - our own number
            if version.number == 1:
                record = (
                    "INSERT INTO building (id, schema_version, master_key, running_ms) VALUES (1, 1, '', 0)"
                )
            yield SchemaVersion(version.number, (*version.statements, record))


def _statements(text: str) -> tuple[str, ...]:
    lines = (line for line in text.splitlines() if not line.startswith("--"))
    return tuple(part.strip() for part in "\n".join(lines).split(";") if part.strip())
