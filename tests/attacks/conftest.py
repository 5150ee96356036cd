"""Servers to attack: each store, one and four workers, both parsers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest
from attack.combinations import COMBINATIONS
from attack.world import PROXY, World, attacked


@pytest.fixture(scope="session")
def world_of(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], World]]:
    """Return the server of a combination, started when it is first asked for and kept until the end.

    A fixture per combination would start its server anew whenever pytest-xdist steals a test of it.
    """
    running: dict[str, World] = {}
    with contextlib.ExitStack() as stack:

        def started(combination: str) -> World:
            store, workers, parser = COMBINATIONS[combination]
            folder = tmp_path_factory.mktemp(combination)
            database = f"sqlite:///{folder}/proctormock.db"
            if store == "postgresql":
                database = request.getfixturevalue("new_postgresql_url")()
            options = ("--workers", workers, "--http", parser)
            trust = ("--trusted-proxies", f"{PROXY}/32")
            return stack.enter_context(attacked(folder, database, *options, *trust))

        def world_of(combination: str) -> World:
            if combination not in running:
                running[combination] = started(combination)
            return running[combination]

        yield world_of


@pytest.fixture
def world(combination: str, world_of: Callable[[str], World]) -> World:
    """The server of this test's combination, with one sandbox."""
    return world_of(combination)
