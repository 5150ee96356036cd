"""Every attack that reviewers have named stands in the suite, or has its test elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attack.cases import ALL

ROOT = Path(__file__).parent.parent.parent
LINES = Path(__file__).with_name("named.txt").read_text(encoding="utf-8").splitlines()
NAMED = [line.split(" | ") for line in LINES if not line.startswith("#")]
HERE = [row[0] for row in NAMED if len(row) == 2]
ELSEWHERE = {row[0]: row[2] for row in NAMED if len(row) == 3}


@pytest.mark.parametrize("case_id", HERE)
def test_named_attack_is_a_case(case_id: str) -> None:
    assert [case for case in ALL if re.fullmatch(f"{case_id}[a-z0-9]*", case.id)]


@pytest.mark.parametrize(("case_id", "test"), ELSEWHERE.items())
def test_named_attack_has_its_test(case_id: str, test: str) -> None:
    file, _, function = test.partition("::")
    assert f"def {function}(" in (ROOT / file).read_text(encoding="utf-8")


def test_no_attack_is_named_twice() -> None:
    assert len({row[0] for row in NAMED}) == len(NAMED)
    assert len(NAMED) > 200
