"""All cases, scheme by scheme."""

from __future__ import annotations

from attack.case import Case
from attack.cases import (
    addresses,
    api_keys,
    bodies,
    paths,
    replays,
    signatures,
    signed_forms,
    texts,
    timestamps,
    token_claims,
    token_places,
    tokens,
    values,
    wire,
)

ALL: list[Case] = [
    *api_keys.CASES,
    *addresses.CASES,
    *signatures.CASES,
    *signed_forms.CASES,
    *timestamps.CASES,
    *replays.CASES,
    *tokens.CASES,
    *token_claims.CASES,
    *token_places.CASES,
    *values.CASES,
    *texts.CASES,
    *bodies.CASES,
    *paths.CASES,
    *wire.CASES,
]
