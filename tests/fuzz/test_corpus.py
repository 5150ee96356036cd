"""What a fuzzer has found is tried again, without the fuzzer."""

from __future__ import annotations

import pytest

from tests.fuzz.corpus import FOLDER, OUTCOMES, inputs_of
from tests.fuzz.targets import TARGETS

KEPT = [
    pytest.param(target, data, is_read, id=f"{target}-{outcome}-{number}")
    for target in TARGETS
    for is_read, outcome in OUTCOMES.items()
    for number, data in enumerate(inputs_of(target, is_read=is_read))
]


@pytest.mark.parametrize(("target", "data", "is_read"), KEPT)
def test_input_is_read_or_refused_as_before(target: str, data: bytes, is_read: bool) -> None:
    assert TARGETS[target](data) is is_read


def test_every_target_has_inputs_of_both_kinds() -> None:
    assert {folder.name for folder in FOLDER.iterdir()} == set(TARGETS)
    assert all(inputs_of(target, is_read=is_read) for target in TARGETS for is_read in OUTCOMES)
