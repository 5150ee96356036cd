"""Every citation leads to a statement, and every statement of a seed document has a test."""

from __future__ import annotations

import pytest
from citations import citations, ids_in

from contracts.statements import VENDORS, Statement, load_statements

NOBODY = "999"  # what tests of the statements themselves cite: there is no such statement
STATEMENTS = {statement.id: statement for vendor in VENDORS for statement in load_statements(vendor).values()}
SEED = [
    statement
    for statement in STATEMENTS.values()
    if any(source.startswith("seed:") for source in statement.source) and statement.evidence == "documented"
]


@pytest.mark.parametrize("folder", ["mockserver", "contracts", "tests"])
def test_every_citation_leads_to_a_statement(folder: str) -> None:
    unknown = {
        statement: paths
        for statement, paths in citations(folder).items()
        if statement not in STATEMENTS and statement[3:] != NOBODY
    }
    assert unknown == {}


@pytest.mark.parametrize("statement", SEED, ids=lambda statement: statement.id)
def test_statement_of_a_seed_document_has_a_test(statement: Statement) -> None:
    assert statement.id in citations("tests"), f"no test cites: {statement.text}"


def test_run_of_citations_is_written_out() -> None:
    assert list(ids_in("CO-026 to CO-028, PE-001")) == ["CO-026", "CO-027", "CO-028", "PE-001"]
