"""A purge that is killed: what it had finished is gone, the rest and what is still remembered is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from processes import running_process

from mockserver.errors import NonceReused
from mockserver.store import Connection, Statement, nonces, open_store

OLD, DAY_MS = 20_000, nonces.KEEP_MS
COUNT = Statement("SELECT count(*) AS many FROM nonce")
FILL = Statement(
    """
    INSERT INTO nonce (sandbox_id, subject, nonce, first_seen_ms, remembered_until_ms, kept_until_ms)
    VALUES ('s', 'u', :nonce, 0, :until_ms, :until_ms)
    """
)
PURGING = """
import sys
from mockserver.store import nonces, open_store
store = open_store(sys.argv[1])
while True:
    store.run_now(lambda db: nonces.purge(db, sandbox_id="s", now_ms=10**9, running_ms=10**9))
    print("slice", flush=True)
"""


def test_purge_that_is_killed_has_done_whole_slices(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/a.db"
    store = open_store(database)
    store.run_now(lambda db: [db.run(FILL, nonce=str(number), until_ms=DAY_MS) for number in range(OLD)])
    store.run_now(lambda db: db.run(FILL, nonce="fresh", until_ms=10**9 + DAY_MS))
    store.close()
    command = [sys.executable, "-c", PURGING, database]
    with running_process(command, stdout=subprocess.PIPE) as purging:
        assert purging.stdout is not None
        assert purging.stdout.readline() == b"slice\n"
        purging.kill()
    store = open_store(database)
    row = store.run_now(lambda db: db.one(COUNT))
    assert row is not None
    assert (row["many"] - 1) % nonces.PURGE_SLICE == 0
    assert 1 < row["many"] <= OLD + 1 - nonces.PURGE_SLICE
    problem = store.run_now(_claimed_again)
    store.close()
    assert problem is not None
    assert problem.nonce == "fresh"


def _claimed_again(db: Connection) -> NonceReused | None:
    try:
        nonces.claim(
            db,
            sandbox_id="s",
            subject="u",
            nonce="fresh",
            now_ms=10**9,
            remembered_until_ms=10**9 + DAY_MS,
            running_ms=10**9,
        )
    except NonceReused as problem:
        return problem
    return None
