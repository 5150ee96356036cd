"""The catalogue is whole: every mistake that can be named is made by a client in a test of this folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mockserver import explain

NAMED = re.compile(r'(?:Mistake|entry)\(\s*"([a-z0-9_]+)"', re.IGNORECASE)
SOURCES = sorted(Path(explain.__file__).parent.rglob("*.py"))
NAMES = sorted({name for source in SOURCES for name in NAMED.findall(source.read_text(encoding="utf-8"))})
TESTS = "".join(
    test.read_text(encoding="utf-8")
    for test in Path(__file__).parent.glob("test_*.py")
    if test.name != Path(__file__).name
)


def test_catalogue_is_read() -> None:
    assert len(NAMES) >= 105


@pytest.mark.parametrize("name", NAMES)
def test_mistake_has_a_client_that_makes_it(name: str) -> None:
    assert re.search(rf'["+]{name}["+]', TESTS)
