"""The short form of `python -m tests.simulation`, and that a simulation notices and repeats what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from mockserver.store import nonces
from tests.simulation.model import Violation
from tests.simulation.run import Trace, simulate

AT_A_TIME = 25
CLAIM = nonces.claim


@pytest.mark.parametrize("first", range(0, 100, AT_A_TIME))
def test_nothing_is_lost_or_let_in_twice(tmp_path: Path, first: int) -> None:
    traces = simulate_all(range(first, first + AT_A_TIME), tmp_path / "store")
    assert sum(trace.crashes for trace in traces) > 0
    assert sum(trace.failures for trace in traces) > 0
    assert sum(trace.answers[200] for trace in traces) > 0


def test_equal_seeds_have_equal_histories(tmp_path: Path) -> None:
    assert simulate(7, tmp_path / "store").lines == simulate(7, tmp_path / "store").lines


def forgetful(*arguments: Any, **facts: Any) -> None:
    """A memory that remembers nothing."""


def forgetting_early(*arguments: Any, **facts: Any) -> None:
    """A memory of an hour."""
    CLAIM(*arguments, **{**facts, "remembered_until_ms": facts["now_ms"] + 3_600_000})


@pytest.mark.parametrize("wrong", [forgetful, forgetting_early])
def test_server_that_forgets_nonces_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: Callable[..., None]
) -> None:
    monkeypatch.setattr(nonces, "claim", wrong)
    with pytest.raises(Violation, match=r"was let in at .* and again at") as found:
        simulate_all(range(40), tmp_path / "store")
    assert "Replay: python -m tests.simulation --seed " in str(found.value)


def simulate_all(seeds: Iterable[int], folder: Path) -> list[Trace]:
    return [simulate(seed, folder) for seed in seeds]
