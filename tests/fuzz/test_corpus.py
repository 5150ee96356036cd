"""What a fuzzer has found is tried again, without the fuzzer."""

from __future__ import annotations

import pytest

from tests.fuzz.corpus import FOLDER, inputs_of
from tests.fuzz.targets import TARGETS

KEPT = [
    pytest.param(target, data, id=f"{target}-{number}")
    for target in TARGETS
    for number, data in enumerate(inputs_of(target))
]


@pytest.mark.parametrize(("target", "data"), KEPT)
def test_input_is_read_or_refused(target: str, data: bytes) -> None:
    TARGETS[target](data)


def test_every_target_has_inputs() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == set(TARGETS)
