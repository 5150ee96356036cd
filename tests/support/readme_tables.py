"""The tables of README.md that are made from documents, statements and routes.

`python tests/support/readme_tables.py` writes them anew; a test says when that is due.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from citations import citations

from contracts.documents import load_document, rows
from contracts.statements import ALL_OPERATIONS, VENDORS, load_statements
from contracts.undecidable import load_undecidable
from mockserver.vendors import all_vendors

README = Path(__file__).parent.parent.parent / "README.md"
SEEDS = {
    "seed:consero": "Consero, all four operations",
    "seed:proctorexam-institutes-create": "ProctorExam, creating an institute",
    "seed:proctorexam-student-sessions-update": "ProctorExam, updating a student session",
    "seed:constructor-exams": "Constructor Proctor, creating an exam by LMS",
}


def operations_table() -> str:
    """One line per resource: its operations, how much is documented and served, and what is held there.

    A full run holds every documented statement but those of `undecidable.yaml`; tests/contracts says so.
    """
    served = {vendor.name: {operation.id for operation in vendor.operations} for vendor in all_vendors()}
    lines = [
        "| vendor | resource | operations | documented path | served | statements held |",
        "|---|---|---|---|---|---|",
    ]
    for vendor in VENDORS:
        operations: dict[str, bool] = {}
        for row in rows(load_document(vendor)):
            if not row.webhook:
                evidence = row.definition.get("x-evidence", "documented")
                operations[row.operation] = operations.get(row.operation, True) and evidence == "documented"
        resources: dict[str, list[str]] = {}
        for operation in operations:
            resources.setdefault(operation.rpartition(".")[0], []).append(operation)
        for resource, names in resources.items():
            verbs = ", ".join(name.rpartition(".")[2] for name in names)
            documented = sum(operations[name] for name in names)
            there = sum(name in served[vendor] for name in names)
            of_all = f"of {len(names)}"
            lines.append(
                f"| {vendor} | {resource} | {verbs} | {documented} {of_all} | {there} {of_all} "
                f"| {held_statements(vendor, names)} |"
            )
        lines.append(f"| {vendor} | every operation | | | | {held_statements(vendor, [ALL_OPERATIONS])} |")
    return "\n".join(lines)


def held_statements(vendor: str, operations: list[str]) -> str:
    """How many of the documented statements about these operations a full run holds at our own server."""
    undecidable = load_undecidable(vendor)
    documented = [
        statement.id
        for statement in load_statements(vendor).values()
        if statement.evidence == "documented" and not set(operations).isdisjoint(statement.applies_to)
    ]
    held = sum(statement not in undecidable for statement in documented)
    return f"{held} of {len(documented)}" if documented else ""


def seeds_table() -> str:
    """One line per seed document: its statements, and how many of them tests cite."""
    cited = citations("tests")
    statements: Counter[str] = Counter()
    tested: Counter[str] = Counter()
    for vendor in VENDORS:
        for statement in load_statements(vendor).values():
            for source in statement.source:
                if source in SEEDS and statement.evidence == "documented":
                    statements[source] += 1
                    tested[source] += statement.id in cited
    lines = ["| document | statements | with a test |", "|---|---|---|"]
    lines += [f"| {title} | {statements[seed]} | {tested[seed]} |" for seed, title in SEEDS.items()]
    return "\n".join(lines)


def evidence_table() -> str:
    """One line per vendor: how many statements there are of each level of evidence."""
    lines = ["| vendor | documented | client | inferred |", "|---|---|---|---|"]
    for vendor in VENDORS:
        levels = Counter(statement.evidence for statement in load_statements(vendor).values())
        lines.append(f"| {vendor} | {levels['documented']} | {levels['client']} | {levels['inferred']} |")
    return "\n".join(lines)


def with_tables(text: str) -> str:
    """Return README's text with every generated table as it should be."""
    tables = {"operations": operations_table(), "seeds": seeds_table(), "evidence": evidence_table()}
    for name, table in tables.items():
        text = re.sub(
            rf"(<!-- table: {name} -->\n).*?(<!-- end -->)",
            lambda found, table=table: f"{found[1]}{table}\n{found[2]}",
            text,
            flags=re.DOTALL,
        )
    return text


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
