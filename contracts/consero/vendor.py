"""Consero as the harness loads it."""

from contracts.consero.auth import ask_for_credentials, signer
from contracts.consero.generated import CASES
from contracts.consero.named import REGISTER
from contracts.consero.rules import RULES
from contracts.vendors import Vendor

VENDOR = Vendor(
    name="consero",
    title="Consero",
    rules=RULES,
    signer=signer,
    ask_for_credentials=ask_for_credentials,
    register=REGISTER,
    cases=CASES,
)
