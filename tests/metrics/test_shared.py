"""Counts of several workers: whichever is asked tells the sum, and a worker that died stays in it."""

from __future__ import annotations

from pathlib import Path

from mockserver.metrics.counts import Counts, added_up
from mockserver.metrics.shared import SharedCounts

KEY = ("consero", "examinations.list", 200, None)


def worker(folder: Path, name: str, answers: int) -> SharedCounts:
    counts = Counts()
    for _ in range(answers):
        counts.add(*KEY, 0.25)
    return SharedCounts(str(folder), name, counts)


def test_each_worker_tells_the_sum(tmp_path: Path) -> None:
    first, second = worker(tmp_path, "first", 3), worker(tmp_path, "second", 4)
    first.write()
    second.write()
    sums = [sum(added_up(one.rows())[KEY][1:]) for one in (first, second)]
    assert sums == [7, 7]


def test_seconds_are_added_up(tmp_path: Path) -> None:
    first = worker(tmp_path, "first", 3)
    worker(tmp_path, "second", 1).write()
    assert added_up(first.rows())[KEY][0] == 1.0


def test_own_counts_need_not_be_written(tmp_path: Path) -> None:
    assert sum(added_up(worker(tmp_path, "alone", 2).rows())[KEY][1:]) == 2


def test_file_of_a_dead_worker_counts_on(tmp_path: Path) -> None:
    worker(tmp_path, "dead", 5).write()
    assert sum(added_up(worker(tmp_path, "successor", 1).rows())[KEY][1:]) == 6


def test_nothing_new_is_not_written_again(tmp_path: Path) -> None:
    one = worker(tmp_path, "one", 1)
    one.write()
    (tmp_path / "one.json").unlink()
    one.write()
    assert not list(tmp_path.iterdir())
