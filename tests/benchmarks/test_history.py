"""The comparison with earlier runs: no ratio becomes 15 % worse without a word on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.compare import bouts
from tests.benchmarks.history import HISTORY, last, record, worsened
from tests.benchmarks.ratios import WANTED, ratios
from tests.benchmarks.subjects import FLOORS, OURS


def rate(median: float) -> dict[str, Any]:
    return {"median": median, "more_is_better": True}


def cost(median: float) -> dict[str, Any]:
    return {"median": median, "more_is_better": False}


@pytest.mark.parametrize(
    ("before", "now", "share"),
    [
        (rate(2.0), rate(1.69), 0.155),
        (rate(2.0), rate(1.0), 0.5),
        (cost(1.0), cost(1.2), 0.1667),
        (cost(0.5), cost(2.0), 0.75),
    ],
)
def test_ratio_that_became_worse_is_named(before: dict[str, Any], now: dict[str, Any], share: float) -> None:
    (found,) = worsened({"start": before}, {"start": now})
    assert (found.name, found.before, found.now) == ("start", before["median"], now["median"])
    assert found.share == pytest.approx(share, abs=1e-3)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (rate(2.0), rate(1.71)),
        (rate(2.0), rate(9.0)),
        (cost(1.0), cost(1.17)),
        (cost(1.0), cost(0.1)),
        (rate(0.0), rate(0.0)),
    ],
)
def test_what_is_tolerated_is_not_named(before: dict[str, Any], now: dict[str, Any]) -> None:
    assert worsened({"start": before}, {"start": now}) == []


def test_ratio_of_one_run_alone_is_not_judged() -> None:
    assert worsened({"gone": rate(2.0)}, {"new": rate(1.0)}) == []


def test_first_run_is_recorded(tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    assert record({"start": rate(1.0)}, {"rounds": 5}, note=None, file=file) == []
    kept = last(file)
    assert kept is not None
    assert (kept["ratios"], kept["method"], kept["note"]) == ({"start": rate(1.0)}, {"rounds": 5}, None)


def test_worse_run_is_not_recorded_without_a_word(tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    record({"start": rate(1.0)}, {}, note=None, file=file)
    assert [one.name for one in record({"start": rate(0.5)}, {}, note=None, file=file)] == ["start"]
    assert len(file.read_text().splitlines()) == 1


def test_worse_run_is_recorded_with_a_word(tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    record({"start": rate(1.0)}, {}, note=None, file=file)
    assert record({"start": rate(0.5)}, {}, note="the journal keeps bodies now", file=file) == []
    kept = last(file)
    assert kept is not None
    assert kept["note"] == "the journal keeps bodies now"


def test_kept_history_can_be_read() -> None:
    lines = HISTORY.read_text("utf-8").splitlines() if HISTORY.exists() else []
    assert all({"date", "commit", "method", "ratios", "note"} <= json.loads(line).keys() for line in lines)


def test_ratio_is_taken_turn_by_turn() -> None:
    sides = {"ours": {"rates": [10.0, 40.0, 90.0]}, "theirs": {"rates": [10.0, 20.0, 30.0]}}
    results = {"proctormock": {}, "Prism": {"beside": {"POST": {"institutes.create": sides}}}}
    found = ratios(results)["signed write / Prism POST"]
    assert (found["min"], found["median"], found["max"]) == (1.0, 2.0, 3.0)
    assert (found["target"], found["holds"]) == (1.3, True)


def test_those_who_are_compared_have_their_turns_side_by_side() -> None:
    present = {one.name: one for one in (OURS, *FLOORS)}
    planned = bouts(present)
    assert (("proctormock", "institutes.create"), ("naive SQLModel", "POST")) in planned
    assert {side for bout in planned for side in bout} == {
        (name, load) for name, subject in present.items() for load in subject.loads
    }
    assert len(planned) == len(set(planned))


def test_peer_that_is_missing_leaves_no_ratio() -> None:
    results = {
        "proctormock": {"loads": {"institutes.create": {"rates": [10.0]}}, "start_seconds": [0.4]},
        "Prism": {"missing": "npm is not installed"},
    }
    assert ratios(results) == {}


def test_start_is_better_when_it_is_shorter() -> None:
    results = {"proctormock": {"start_seconds": [0.4, 0.4]}, "Prism": {"start_seconds": [0.8, 0.8]}}
    found = ratios(results)["start / Prism"]
    assert (found["median"], found["more_is_better"], found["holds"]) == (0.5, False, True)


def test_names_of_ratios_are_unique() -> None:
    assert len({wanted.name for wanted in WANTED}) == len(WANTED)
