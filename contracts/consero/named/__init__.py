"""The named contracts of Consero."""

from contracts.contract import Register

REGISTER = Register()

from contracts.consero.named import access, allocations, examinations, reports  # noqa: E402, F401 - they register
