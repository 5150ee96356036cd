"""Constructor Proctor as the harness loads it."""

from contracts.constructor.auth import ask_for_credentials, signer
from contracts.constructor.generated import CASES
from contracts.constructor.named import REGISTER
from contracts.constructor.rules import RULES
from contracts.vendors import Vendor

VENDOR = Vendor(
    name="constructor",
    title="Constructor Proctor",
    rules=RULES,
    signer=signer,
    ask_for_credentials=ask_for_credentials,
    register=REGISTER,
    cases=CASES,
)
