"""`contracts list` and `contracts show`: statements and what exercises them, without a server."""

from collections import defaultdict
from textwrap import indent, wrap

from contracts.contract import Contract
from contracts.statements import VENDORS, find_statement, load_statements
from contracts.surface import load_surface
from contracts.undecidable import load_undecidable
from contracts.vendors import load_vendor


def list_statements(vendor: str | None, evidence: str | None) -> str:
    """One line a statement: id, evidence, how many named contracts (- where no run can decide it), text."""
    lines = []
    for name in _vendors(vendor):
        exercised = _contracts_by_statement(name)
        reasons = _reasons(name)
        for statement in load_statements(name).values():
            if evidence is None or statement.evidence == evidence:
                count = len(exercised[statement.id])
                mark = "-" if statement.id in reasons and not count else str(count)
                lines.append(f"{statement.id}  {statement.evidence:<10}  {mark:>2}  {statement.text}")
    return "\n".join(lines)


def list_contracts(vendor: str | None) -> str:
    """One line a named contract: id, lowest profile, summary, statements."""
    lines = []
    for name in _vendors(vendor):
        for contract in load_vendor(name).register:
            control = " (control)" if contract.control else ""
            statements = " ".join(contract.statements)
            lines.append(
                f"{contract.id}  {contract.profile.label}{control}\n    {contract.summary}\n    {statements}"
            )
    return "\n".join(lines)


def show_statement(statement_id: str) -> str:
    """One statement in full.

    Raises: UnknownStatementError.
    """
    statement = find_statement(statement_id.upper())
    reason = _reasons(statement.vendor).get(statement.id)
    contracts = _contracts_by_statement(statement.vendor)[statement.id]
    parts = [
        f"{statement.id}  {statement.vendor}  {statement.evidence}",
        indent("\n".join(wrap(statement.text, 96)), "  "),
        "Source:\n" + indent("\n".join(statement.source), "  "),
        "Applies to: " + ", ".join(statement.applies_to),
    ]
    if reason is not None and not contracts:
        parts.append(f"Not decidable from outside: {reason}")
    elif contracts:
        named = [f"{contract.id} ({contract.profile.label}): {contract.summary}" for contract in contracts]
        parts.append("Exercised by:\n" + indent("\n".join(named), "  "))
    else:
        parts.append("No named contract; requests generated from the document may exercise it.")
    return "\n".join(parts)


def _reasons(vendor: str) -> dict[str, str]:
    """Why some statements are decided by no run: of themselves, or because no request can carry them."""
    return {**load_surface(vendor).not_expressible, **load_undecidable(vendor)}


def _contracts_by_statement(vendor: str) -> defaultdict[str, list[Contract]]:
    found: defaultdict[str, list[Contract]] = defaultdict(list)
    for contract in load_vendor(vendor).register:
        for statement in contract.statements:
            found[statement].append(contract)
    return found


def _vendors(vendor: str | None) -> tuple[str, ...]:
    return VENDORS if vendor is None else (vendor,)
