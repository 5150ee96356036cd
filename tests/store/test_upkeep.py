"""The upkeep goes into the sandboxes that have something to forget, however many others there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mockserver.store import Connection, Statement, Store, nonces, open_store
from mockserver.upkeep import waiting

NOW_MS = 1_795_289_832_000
SANDBOX = Statement(
    """
    INSERT INTO sandbox (id, name, revision, seeded, created_ms, expires_ms, clock, settings)
    VALUES (:id, :id, 1, 0, 0, :expires_ms, '{}', '{}')
    """
)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    yield opened
    opened.close()


def fill(db: Connection) -> None:
    """Add a sandbox with a nonce, one that lives for a minute, and one with neither."""
    for sandbox_id, expires_ms in (("a-nonce", None), ("b-minute", NOW_MS + 60_000), ("c-quiet", None)):
        db.run(SANDBOX, id=sandbox_id, expires_ms=expires_ms)
    nonces.claim(
        db,
        sandbox_id="a-nonce",
        subject="u",
        nonce="1",
        now_ms=NOW_MS,
        remembered_until_ms=NOW_MS + nonces.KEEP_MS,
        running_ms=0,
    )


@pytest.mark.parametrize(
    ("machine_ms", "running_ms", "found"),
    [
        (NOW_MS, 0, []),
        (NOW_MS + 59_999, nonces.KEEP_MS - 1, []),
        (NOW_MS + 60_000, 0, ["b-minute"]),
        (NOW_MS, nonces.KEEP_MS, ["a-nonce"]),
        (NOW_MS + 60_000, nonces.KEEP_MS, ["b-minute", "a-nonce"]),
    ],
)
def test_few_sandboxes_wait_for_the_upkeep(
    store: Store, machine_ms: int, running_ms: int, found: list[str]
) -> None:
    store.run_now(fill)
    assert store.run_now(lambda db: waiting(db, machine_ms=machine_ms, running_ms=running_ms)) == found
