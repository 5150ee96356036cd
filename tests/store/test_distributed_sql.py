"""The SQL keeps to what PostgreSQL-compatible distributed engines accept (Citus, YugabyteDB, CockroachDB).

Rows are spread by `sandbox_id`: it leads every key, and whoever reads or writes rows of a sandbox names it.
"""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from server_statements import STATEMENTS
from sqlalchemy import Table
from sqlmodel import SQLModel

import mockserver.vendors

ONE_NODE_ONLY = re.compile(
    r"advisory|\bLISTEN\b|\bNOTIFY\b|\bctid\b|\bxmin\b|\bLOCK TABLE\b|\bFOR (UPDATE|SHARE)\b|\bTEMP(ORARY)?\b"
    r"|\bnextval\b|\bsetval\b|\bcurrval\b|\bDECLARE\b|\bMERGE\b",
    re.IGNORECASE,
)
BUILDING_WIDE = {"building", "sandbox", "credential", "former_credential"}  # small; a copy on every node
ORDERED_FOR_ALL = {"journal"}  # its number is the request id, one sequence for all sandboxes
FOR_ALL_SANDBOXES = {
    # which sandboxes have something to do: asked by the courier ten times a second, on no request's way
    "SELECT DISTINCT sandbox_id FROM pending_event",
    "SELECT DISTINCT sandbox_id FROM delivery WHERE state IN ('waiting', 'sending')",
    # which have nonces to forget: asked by the upkeep twice a minute
    "SELECT id FROM sandbox WHERE EXISTS ( SELECT 1 FROM nonce"
    " WHERE nonce.sandbox_id = sandbox.id AND nonce.kept_until_ms <= :running_ms ) ORDER BY id",
    # figures for Prometheus
    "SELECT COUNT(*) AS held FROM (SELECT nonce FROM nonce LIMIT :most) AS counted",
    "SELECT COUNT(*) AS held FROM (SELECT number FROM journal LIMIT :most) AS counted",
    "SELECT COUNT(*) AS held FROM ( SELECT number FROM delivery WHERE state IN ('waiting', 'sending')"
    " LIMIT :most ) AS counted",
}


def tables() -> dict[str, Table]:
    """Every table of the server, by name."""
    importlib.import_module("mockserver.store.tables")
    for room in pkgutil.iter_modules(mockserver.vendors.__path__):
        importlib.import_module(f"mockserver.vendors.{room.name}.tables")
    return dict(SQLModel.metadata.tables)


def sandboxes_tables(statement: str) -> set[str]:
    """Return the tables with rows of sandboxes that a statement names."""
    words = set(re.findall(r"[a-z_]+", statement))
    return (words & TABLES.keys()) - BUILDING_WIDE


TABLES = tables()
SPREAD = sorted(TABLES.keys() - BUILDING_WIDE - ORDERED_FOR_ALL)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_has_a_primary_key(name: str) -> None:
    assert list(TABLES[name].primary_key)


@pytest.mark.parametrize("name", SPREAD)
def test_sandbox_leads_the_key(name: str) -> None:
    assert next(iter(TABLES[name].primary_key)).name == "sandbox_id"


@pytest.mark.parametrize("name", SPREAD)
def test_unique_index_holds_the_sandbox(name: str) -> None:
    unique = [index for index in TABLES[name].indexes if index.unique]
    assert all("sandbox_id" in index.columns for index in unique)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda one: one[:60])
def test_statement_needs_no_trick_of_a_single_node(statement: str) -> None:
    assert ONE_NODE_ONLY.search(statement) is None


@pytest.mark.parametrize(
    "statement",
    [one for one in STATEMENTS if sandboxes_tables(one) and one not in FOR_ALL_SANDBOXES],
    ids=lambda one: one[:60],
)
def test_statement_on_rows_of_a_sandbox_names_it(statement: str) -> None:
    inserts = re.match(r"INSERT INTO \w+ \(\s*sandbox_id, .* VALUES \(\s*:sandbox_id,", statement)
    assert inserts or "sandbox_id = :sandbox_id" in statement


@pytest.mark.parametrize("text", sorted(FOR_ALL_SANDBOXES))
def test_exception_is_still_one(text: str) -> None:
    assert text in STATEMENTS
