"""The named contracts of Constructor."""

from contracts.contract import Register

REGISTER = Register()

from contracts.constructor.named import archive, exams, header_token, sessions, start  # noqa: E402, F401 - they register
