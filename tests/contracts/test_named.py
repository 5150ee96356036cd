"""The named contracts cite what exists, and nothing stays without a contract or a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import contracts
from contracts.contract import Contract
from contracts.statements import VENDORS, load_statements
from contracts.surface import load_surface
from contracts.undecidable import load_undecidable
from contracts.vendors import load_vendor

CONTRACTS = [(vendor, contract) for vendor in VENDORS for contract in load_vendor(vendor).register]
IDS = [contract.id for _, contract in CONTRACTS]


@pytest.mark.parametrize(("vendor", "contract"), CONTRACTS, ids=IDS)
def test_contract_cites_statements_that_exist(vendor: str, contract: Contract) -> None:
    assert set(contract.statements) <= set(load_statements(vendor))


@pytest.mark.parametrize(("vendor", "contract"), CONTRACTS, ids=IDS)
def test_contract_cites_nothing_undecidable(vendor: str, contract: Contract) -> None:
    assert set(contract.statements) & set(load_undecidable(vendor)) == set()


@pytest.mark.parametrize(("vendor", "contract"), CONTRACTS, ids=IDS)
def test_contract_names_documented_operations(vendor: str, contract: Contract) -> None:
    assert set(contract.operations) <= {operation.id for operation in load_surface(vendor).operations}


@pytest.mark.parametrize(("vendor", "contract"), CONTRACTS, ids=IDS)
def test_contract_says_what_it_asks(vendor: str, contract: Contract) -> None:
    assert contract.summary.endswith(".")
    assert contract.id.startswith(f"{vendor}.")


@pytest.mark.parametrize("vendor", VENDORS)
def test_reasons_are_about_statements_that_exist(vendor: str) -> None:
    assert set(load_undecidable(vendor)) <= set(load_statements(vendor))


@pytest.mark.parametrize("vendor", VENDORS)
def test_first_contract_of_a_vendor_is_a_control(vendor: str) -> None:
    assert next(iter(load_vendor(vendor).register)).control


def test_only_the_engine_imports_schemathesis() -> None:
    package = Path(contracts.__file__ or "").parent
    importing = {
        file.name
        for file in package.rglob("*.py")
        if re.search(r"^\s*(from|import) schemathesis", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert importing == {"engine.py"}
