"""The numbered statements can be read, are complete and never lose an id."""

import subprocess
import sys

import pytest

from contracts.statements import (
    StatementsError,
    UnknownStatementError,
    UnknownVendorError,
    find_statement,
    load_all,
    load_statements,
    parse_statements,
    statements_of,
)

ROW = """
  - id: {id}
    text: {text}
    evidence: {evidence}
    source: {source}
    applies_to: {applies_to}
"""
GOOD = {
    "id": "CO-001",
    "text": "A fact.",
    "evidence": "documented",
    "source": "[https://example.com]",
    "applies_to": "all",
}


def one_row(**changes: str) -> str:
    return "statements:" + ROW.format(**(GOOD | changes))


# The counts of the first edition. A file may grow at its end; it never shrinks.
@pytest.mark.parametrize(
    ("vendor", "prefix", "at_least", "documented"),
    [("consero", "CO", 87, 50), ("proctorexam", "PE", 462, 291), ("constructor", "CP", 258, 160)],
)
def test_no_statement_is_ever_lost(vendor: str, prefix: str, at_least: int, documented: int) -> None:
    statements = load_statements(vendor)

    assert list(statements) == [f"{prefix}-{number:03d}" for number in range(1, len(statements) + 1)]
    assert len(statements) >= at_least
    assert sum(one.evidence == "documented" for one in list(statements.values())[:at_least]) == documented


@pytest.mark.parametrize(
    ("vendor", "first_own"), [("consero", 88), ("proctorexam", 463), ("constructor", 259)]
)
def test_statements_added_here_are_marked_as_inferred(vendor: str, first_own: int) -> None:
    added = list(load_statements(vendor).values())[first_own - 1 :]

    assert {one.evidence for one in added} <= {"inferred"}


def test_all_vendors_together() -> None:
    assert {one.vendor for one in load_all().values()} == {"consero", "proctorexam", "constructor"}
    assert load_all()["PE-064"].vendor == "proctorexam"


def test_a_statement_is_found_by_its_id() -> None:
    statement = find_statement("CO-015")

    assert statement.text == "The status of the rejected-key answer is 401."
    assert statement.evidence == "documented"
    assert statement.applies_to_all


@pytest.mark.parametrize("statement_id", ["CO-999", "XX-001", "", "PE"])
def test_an_unknown_id_is_named(statement_id: str) -> None:
    with pytest.raises(UnknownStatementError, match="No statement is numbered"):
        find_statement(statement_id)


def test_an_unknown_vendor_is_named() -> None:
    with pytest.raises(UnknownVendorError, match=r"'acme'. Known vendors: consero, proctor"):
        load_statements("acme")


def test_statements_of_one_operation() -> None:
    ids = {one.id for one in statements_of("consero", "allocations.cancel")}

    assert {"CO-051", "CO-055"} <= ids
    assert "CO-009" not in ids  # about all operations
    assert "CO-059" not in ids  # about another operation


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            one_row(evidence="guessed"),
            r"entry 1 \(CO-001\): evidence is 'guessed'; use documented, client",
        ),
        (one_row(source="[]"), r"CO-001\): source must be a list with at least one text"),
        (one_row(text="''"), r"CO-001\): text must be a text that is not empty"),
        (one_row(id="12"), r"id must be a text"),
        (one_row(id="CO-1"), "'CO-1' is not a valid id; write CO- and three digits"),
        (one_row(id="PE-001"), "'PE-001' is not a valid id"),
        (one_row(id="CO-002"), "CO-002 stands where CO-001 belongs"),
        (one_row() + ROW.format(**GOOD), "CO-001 stands where CO-002 belongs"),
        (one_row(applies_to="[]"), "applies_to must be a list with at least one text"),
        (one_row(applies_to="[all, reports.get]"), "applies_to mixes 'all' with operations"),
        (one_row(applies_to="all\n    colour: red"), "has unknown keys: colour"),
        ("statements: [{id: CO-001}]", "lacks text, evidence, source, applies_to"),
        ("statements: [1]", "entry 1 is not a mapping"),
        ("statements: []", "has no list under the key 'statements'"),
        ("- 1", "has no list under the key 'statements'"),
        ("statements: [", "is not valid YAML"),
    ],
)
def test_a_bad_file_is_refused_with_its_fault(text: str, message: str) -> None:
    with pytest.raises(StatementsError, match=message) as refusal:
        parse_statements(text, "consero", "some.yaml")

    assert "some.yaml" in str(refusal.value)


def test_a_good_row_is_read() -> None:
    row = parse_statements(one_row(applies_to="[reports.get]"), "consero", "some.yaml")["CO-001"]

    assert (row.text, row.source, row.applies_to) == ("A fact.", ("https://example.com",), ("reports.get",))
    assert not row.applies_to_all


def test_statements_load_without_the_engine() -> None:
    code = "import sys, contracts.statements as s; s.load_all(); print('schemathesis' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
