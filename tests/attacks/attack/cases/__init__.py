"""All cases, scheme by scheme."""

from __future__ import annotations

from attack.case import Case
from attack.cases import addresses, api_keys, bodies, paths, signatures, tokens, values, wire

ALL: list[Case] = [
    *api_keys.CASES,
    *addresses.CASES,
    *signatures.CASES,
    *tokens.CASES,
    *values.CASES,
    *bodies.CASES,
    *paths.CASES,
    *wire.CASES,
]
