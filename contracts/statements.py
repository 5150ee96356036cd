"""The numbered statements about each vendor, read from `<vendor>/statements.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast, get_args

import yaml

Evidence = Literal["documented", "client", "inferred"]

EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)
PREFIXES: Mapping[str, str] = MappingProxyType({"consero": "CO", "proctorexam": "PE", "constructor": "CP"})
VENDORS: tuple[str, ...] = tuple(PREFIXES)
ALL_OPERATIONS = "all"

_FIELDS = ("id", "text", "evidence", "source", "applies_to")
# libyaml reads the largest file in a tenth of the time of the pure Python loader.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class StatementsError(Exception):
    """A statements file cannot be used; the message names the file, the statement and the fault."""


class UnknownVendorError(StatementsError):
    """No statements exist for a vendor of that name."""


class UnknownStatementError(StatementsError):
    """No statement has that id."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One numbered fact about a vendor's interface.

    `applies_to` holds operation and webhook ids of the vendor's OpenAPI document, or only `all`.
    """

    id: str
    vendor: str
    text: str
    evidence: Evidence
    source: tuple[str, ...]
    applies_to: tuple[str, ...]

    @property
    def applies_to_all(self) -> bool:
        """Whether the statement is about the whole interface rather than named operations."""
        return self.applies_to == (ALL_OPERATIONS,)


@cache
def load_statements(vendor: str) -> Mapping[str, Statement]:
    """Read one vendor's statements, keyed by id, in the order of their numbers.

    Raises: UnknownVendorError, StatementsError.
    """
    if vendor not in PREFIXES:
        raise UnknownVendorError(f"No vendor is called {vendor!r}. Known vendors: {', '.join(VENDORS)}.")
    resource = files("contracts") / vendor / "statements.yaml"
    return parse_statements(
        resource.read_text(encoding="utf-8"), vendor, f"contracts/{vendor}/statements.yaml"
    )


@cache
def load_all() -> Mapping[str, Statement]:
    """Read the statements of every vendor, keyed by id."""
    return MappingProxyType({id_: one for vendor in VENDORS for id_, one in load_statements(vendor).items()})


def find_statement(statement_id: str) -> Statement:
    """Look one statement up by its id, whichever vendor it is about.

    Raises: UnknownStatementError.
    """
    vendor = next((name for name, prefix in PREFIXES.items() if statement_id.startswith(f"{prefix}-")), None)
    found = load_statements(vendor).get(statement_id) if vendor else None
    if found is None:
        raise UnknownStatementError(f"No statement is numbered {statement_id!r}. Ids look like CO-001.")
    return found


def statements_of(vendor: str, operation: str) -> tuple[Statement, ...]:
    """List the statements that name an operation or webhook; those about `all` are not among them."""
    return tuple(one for one in load_statements(vendor).values() if operation in one.applies_to)


def parse_statements(text: str, vendor: str, name: str) -> Mapping[str, Statement]:
    """Turn the text of a statements file into statements; `name` stands in the messages.

    Raises: StatementsError.
    """
    try:
        content = yaml.load(text, Loader=LOADER)  # noqa: S506 - both choices of LOADER are safe loaders
    except yaml.YAMLError as error:
        raise StatementsError(f"{name} is not valid YAML: {error}") from error
    rows = content.get("statements") if isinstance(content, dict) else None
    if not isinstance(rows, list) or not rows:
        raise StatementsError(f"{name} has no list under the key 'statements'.")
    statements = [
        _statement(row, vendor, f"{name}, entry {number}") for number, row in enumerate(rows, start=1)
    ]
    _refuse_broken_numbering(statements, PREFIXES[vendor], name)
    return MappingProxyType({one.id: one for one in statements})


def _statement(row: object, vendor: str, place: str) -> Statement:
    if not isinstance(row, dict):
        raise StatementsError(f"{place} is not a mapping.")
    if isinstance(row.get("id"), str):
        place = f"{place} ({row['id']})"
    missing = [field for field in _FIELDS if field not in row]
    if missing:
        raise StatementsError(f"{place} lacks {', '.join(missing)}.")
    unknown = sorted(str(key) for key in row if key not in _FIELDS)
    if unknown:
        raise StatementsError(f"{place} has unknown keys: {', '.join(unknown)}.")
    if row["evidence"] not in EVIDENCE:
        raise StatementsError(f"{place}: evidence is {row['evidence']!r}; use {', '.join(EVIDENCE)}.")
    return Statement(
        id=_text(row["id"], f"{place}: id"),
        vendor=vendor,
        text=_text(row["text"], f"{place}: text"),
        evidence=cast("Evidence", row["evidence"]),
        source=_texts(row["source"], f"{place}: source"),
        applies_to=_applies_to(row["applies_to"], place),
    )


def _applies_to(value: object, place: str) -> tuple[str, ...]:
    if value == ALL_OPERATIONS:
        return (ALL_OPERATIONS,)
    operations = _texts(value, f"{place}: applies_to")
    if ALL_OPERATIONS in operations:
        raise StatementsError(f"{place}: applies_to mixes 'all' with operations; write one or the other.")
    return operations


def _texts(value: object, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise StatementsError(f"{place} must be a list with at least one text.")
    return tuple(_text(item, place) for item in value)


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise StatementsError(f"{place} must be a text that is not empty.")
    return value


def _refuse_broken_numbering(statements: list[Statement], prefix: str, name: str) -> None:
    """Refuse ids that are not 001, 002, … in order: an id, once given, is never lost or reused."""
    for number, one in enumerate(statements, start=1):
        if not re.fullmatch(rf"{prefix}-\d{{3}}", one.id):
            raise StatementsError(f"{name}: {one.id!r} is not a valid id; write {prefix}- and three digits.")
        expected = f"{prefix}-{number:03d}"
        if one.id != expected:
            raise StatementsError(
                f"{name}: {one.id} stands where {expected} belongs. Ids are permanent: "
                "keep every number once, in order, and add new statements at the end."
            )
