"""Two processes that take ids in one sandbox at the same time, on both stores."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from processes import running_process

from mockserver.store import open_store

IDS = 150
TAKE_IDS = """
import asyncio, json, sys
from mockserver.store import open_store
from mockserver.store.ids import next_id

store = open_store(sys.argv[1])

async def take(count):
    return [await store.run(lambda db: next_id(db, "s", "thing")) for _ in range(count)]

async def all_takers():
    return await asyncio.gather(*(take(int(sys.argv[2])) for _ in range(4)))

print("ready", flush=True)
sys.stdin.readline()
print(json.dumps(asyncio.run(all_takers())))
store.close()
"""


@pytest.fixture
def two_processes(database_url: str) -> Iterator[list[Any]]:
    """Two processes with the same database that begin when they read a line."""
    open_store(database_url).close()
    command = [sys.executable, "-c", TAKE_IDS, database_url, str(IDS)]
    pipe = subprocess.PIPE
    with (
        running_process(command, stdin=pipe, stdout=pipe, text=True) as one,
        running_process(command, stdin=pipe, stdout=pipe, text=True) as other,
    ):
        yield [one, other]


def test_two_processes_in_one_sandbox_give_each_id_once(two_processes: list[Any]) -> None:
    assert [process.stdout.readline() for process in two_processes] == ["ready\n"] * 2
    for process in two_processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    taken = [ids for process in two_processes for ids in json.loads(process.stdout.readline())]
    assert taken == [sorted(ids) for ids in taken]
    assert sorted(itertools.chain(*taken)) == list(range(1, 8 * IDS + 1))
