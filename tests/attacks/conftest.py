"""Servers to attack: each store, one and four workers, both parsers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from attack.combinations import COMBINATIONS
from attack.world import PROXY, World, attacked, rows_of

# The suite takes minutes, so it is asked for: MOCKSERVER_TEST_ATTACKS=usual or =all (combinations.py).
collect_ignore = [] if os.environ.get("MOCKSERVER_TEST_ATTACKS") else ["test_attacks.py"]


@pytest.fixture(scope="module", params=COMBINATIONS)
def combination(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def world(
    combination: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A server of this combination with one sandbox."""
    store, workers, parser, _ = COMBINATIONS[combination]
    folder: Path = tmp_path_factory.mktemp(combination)
    database = f"sqlite:///{folder}/proctormock.db"
    if store == "postgresql":
        database = request.getfixturevalue("new_postgresql_url")()
    options = (
        "--database",
        database,
        "--workers",
        workers,
        "--http",
        parser,
        "--trusted-proxies",
        f"{PROXY}/32",
    )
    with attacked(folder, *options, query=rows_of) as found:
        yield found
