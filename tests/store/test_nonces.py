"""The memory of nonces, on both stores (PE-058, PE-060, PE-063)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mockserver.errors import NonceReused
from mockserver.store import Connection, Statement, Store, nonces, open_store

DAY_MS = 86_400_000
NOW_MS = 1_795_289_832_000
COUNT = Statement("SELECT count(*) AS many FROM nonce")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    yield opened
    opened.close()


def claiming(nonce: str = "1527500365", **changed: Any) -> Callable[[Connection], None]:
    """Return a unit of work that claims a nonce now, remembered for a day unless told otherwise."""
    facts: dict[str, Any] = {"sandbox_id": "s", "subject": "proctorexam/1", "now_ms": NOW_MS, "running_ms": 0}
    facts |= changed
    facts.setdefault("remembered_until_ms", facts["now_ms"] + DAY_MS)
    return lambda db: nonces.claim(db, nonce=nonce, **facts)


def purging(**changed: Any) -> Callable[[Connection], int]:
    facts = {"sandbox_id": "s", "now_ms": NOW_MS, "running_ms": 0, **changed}
    return lambda db: nonces.purge(db, **facts)


def count(store: Store) -> int:
    row = store.run_now(lambda db: db.one(COUNT))
    assert row is not None
    return int(row["many"])


def test_nonce_is_good_once(store: Store) -> None:
    store.run_now(claiming())
    with pytest.raises(NonceReused) as refused:
        store.run_now(claiming(now_ms=NOW_MS + 60_000))
    assert refused.value.facts() == {
        "nonce": "1527500365",
        "first_seen_ms": NOW_MS,
        "remembered_until_ms": NOW_MS + DAY_MS,
    }


@pytest.mark.parametrize(
    "other", [{"nonce": "1527500366"}, {"subject": "proctorexam/2"}, {"sandbox_id": "t"}]
)
def test_other_nonces_users_and_sandboxes_are_not_concerned(store: Store, other: dict[str, Any]) -> None:
    store.run_now(claiming())
    store.run_now(claiming(**other))
    assert count(store) == 2


def test_nonce_is_forgotten_when_its_time_is_over_and_not_before(store: Store) -> None:
    store.run_now(claiming())
    with pytest.raises(NonceReused):
        store.run_now(claiming(now_ms=NOW_MS + DAY_MS - 1))
    store.run_now(claiming(now_ms=NOW_MS + DAY_MS))
    with pytest.raises(NonceReused) as refused:
        store.run_now(claiming(now_ms=NOW_MS + DAY_MS + 1))
    assert refused.value.first_seen_ms == NOW_MS + DAY_MS
    assert refused.value.remembered_until_ms == NOW_MS + 2 * DAY_MS
    assert count(store) == 1


def test_nonce_dated_ahead_is_remembered_for_longer(store: Store) -> None:
    store.run_now(claiming(remembered_until_ms=NOW_MS + 10 * DAY_MS))
    with pytest.raises(NonceReused):
        store.run_now(claiming(now_ms=NOW_MS + 10 * DAY_MS - 1))


@pytest.mark.parametrize("jump_ms", [-3_600_000, -NOW_MS, 25 * 3_600_000])
def test_clock_that_jumps_and_comes_back_forgets_nothing(store: Store, jump_ms: int) -> None:
    """H63, H64: the upkeep runs while the clock is wrong."""
    store.run_now(claiming())
    store.run_now(purging(now_ms=NOW_MS + jump_ms, running_ms=60_000))
    with pytest.raises(NonceReused):
        store.run_now(claiming(now_ms=NOW_MS + 1, running_ms=61_000))


@pytest.mark.parametrize(
    ("now_ms", "running_ms", "purged"),
    [
        (NOW_MS + DAY_MS, DAY_MS, 1),
        (NOW_MS + DAY_MS - 1, DAY_MS, 0),
        (NOW_MS + DAY_MS, DAY_MS - 1, 0),
        (NOW_MS + 100 * DAY_MS, 0, 0),
        (0, 100 * DAY_MS, 0),
    ],
)
def test_row_goes_when_both_clocks_have_outlived_it(
    store: Store, now_ms: int, running_ms: int, purged: int
) -> None:
    store.run_now(claiming())
    assert store.run_now(purging(now_ms=now_ms, running_ms=running_ms)) == purged
    assert count(store) == 1 - purged


def test_nonce_claimed_again_is_kept_from_then_on(store: Store) -> None:
    store.run_now(claiming())
    store.run_now(claiming(now_ms=NOW_MS + DAY_MS, running_ms=DAY_MS))
    assert store.run_now(purging(now_ms=NOW_MS + 3 * DAY_MS, running_ms=2 * DAY_MS - 1)) == 0
    assert store.run_now(purging(now_ms=NOW_MS + 3 * DAY_MS, running_ms=2 * DAY_MS)) == 1


def test_purging_goes_by_slices_and_by_sandboxes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert nonces.PURGE_SLICE == 500
    monkeypatch.setattr(nonces, "PURGE_SLICE", 2)
    works = [claiming(str(number)) for number in range(5)] + [claiming(sandbox_id="t")]
    store.run_now(lambda db: [work(db) for work in works])
    later = purging(now_ms=NOW_MS + DAY_MS, running_ms=DAY_MS)
    assert [store.run_now(later) for _ in range(4)] == [2, 2, 1, 0]
    assert count(store) == 1


def test_slice_that_is_interrupted_is_done_again(store: Store) -> None:
    def interrupted(db: Connection) -> None:
        purging(now_ms=NOW_MS + DAY_MS, running_ms=DAY_MS)(db)
        raise KeyError("killed")

    store.run_now(claiming())
    with pytest.raises(KeyError):
        store.run_now(interrupted)
    assert count(store) == 1
    assert store.run_now(purging(now_ms=NOW_MS + DAY_MS, running_ms=DAY_MS)) == 1


def test_claim_of_a_unit_that_is_undone_is_undone(store: Store) -> None:
    def undone(db: Connection) -> None:
        claiming()(db)
        raise KeyError("no")

    with pytest.raises(KeyError):
        store.run_now(undone)
    store.run_now(claiming())


def test_of_64_claims_at_once_one_holds(store: Store) -> None:
    async def go() -> list[Any]:
        return await asyncio.gather(*(store.run(claiming()) for _ in range(64)), return_exceptions=True)

    found = asyncio.run(go())
    assert found.count(None) == 1
    assert sum(isinstance(item, NonceReused) for item in found) == 63


def test_refusal_stands_even_when_the_row_goes_meanwhile() -> None:
    """On PostgreSQL the upkeep may delete a row between the claim that it refused and the look at it."""

    class Nothing:
        def expect_one(self, statement: Statement, **values: Any) -> bool:
            return False

        def one(self, statement: Statement, **values: Any) -> None:
            return None

    with pytest.raises(NonceReused) as refused:
        claiming()(Nothing())  # type: ignore[arg-type]
    assert refused.value.facts() == {
        "nonce": "1527500365",
        "first_seen_ms": NOW_MS,
        "remembered_until_ms": NOW_MS,
    }
