"""Units of work that share a transaction do what they would do one after the other, on both stores."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockserver.store import Connection, Statement, Store, open_store

ADD = Statement(
    "INSERT INTO snapshot (sandbox_id, name, taken_ms, document) VALUES (:sandbox_id, :name, :value, '')"
)
ADD_ONCE = Statement(
    "INSERT INTO snapshot (sandbox_id, name, taken_ms, document) VALUES (:sandbox_id, :name, :value, '') "
    "ON CONFLICT (sandbox_id, name) DO NOTHING"
)
CLAIM = Statement(
    "INSERT INTO snapshot (sandbox_id, name, taken_ms, document) VALUES (:sandbox_id, :name, :value, '') "
    "ON CONFLICT (sandbox_id, name) DO UPDATE SET taken_ms = excluded.taken_ms "
    "WHERE snapshot.taken_ms < excluded.taken_ms"
)
SET = Statement("UPDATE snapshot SET taken_ms = :value WHERE sandbox_id = :sandbox_id AND name = :name")
REMOVE = Statement("DELETE FROM snapshot WHERE sandbox_id = :sandbox_id AND name = :name")
GET = Statement("SELECT taken_ms FROM snapshot WHERE sandbox_id = :sandbox_id AND name = :name")
ALL = Statement("SELECT name, taken_ms FROM snapshot WHERE sandbox_id = :sandbox_id ORDER BY name")

NAMES, VALUES = st.sampled_from("abc"), st.integers(1, 4)
STEPS = st.one_of(
    st.tuples(st.sampled_from(["add", "add once", "claim", "set", "set and count"]), NAMES, VALUES),
    st.tuples(st.sampled_from(["remove", "get", "known"]), NAMES, st.just(0)),
    st.tuples(st.sampled_from(["id", "all"]), st.just(""), st.just(0)),
)
PARTS = st.tuples(st.lists(STEPS, max_size=4), st.booleans())
UNITS = st.lists(st.tuples(st.lists(PARTS, max_size=3), st.booleans()), min_size=2, max_size=6)
Part = tuple[list[tuple[str, str, int]], bool]
Unit = tuple[list[Part], bool]
numbers = itertools.count(1)


class Refused(Exception):
    """What a part, or a unit, raises to be undone."""


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def second_store(database_url: str, store: Store) -> Iterator[Store]:
    """Another server with the same database."""
    opened = open_store(database_url)
    yield opened
    opened.close()


@dataclass
class Doing:
    """A unit of work: parts that are undone or stand, what it saw, and whose ids it takes."""

    sandbox_id: str
    unit: Unit
    counts_in: str

    def __call__(self, db: Connection) -> list[Any]:
        parts, fails = self.unit
        seen: list[Any] = []
        for steps, is_undone in parts:
            before = len(seen)
            try:
                with db.savepoint():
                    for step in steps:
                        seen.append(self._step(db, *step))
                    if is_undone:
                        raise Refused
            except Refused:
                seen[before:] = [*map(without_id, seen[before:]), "undone"]
            except Exception as error:
                if not db.breaks_unique_key(error):
                    raise
                seen[before:] = [*map(without_id, seen[before:]), "taken"]
        if fails:
            raise Refused
        return seen

    def _step(self, db: Connection, kind: str, name: str, value: int) -> Any:
        here = {"sandbox_id": self.sandbox_id}
        match kind:
            case "add":
                db.put(ADD, **here, name=name, value=value)
            case "add once":
                db.put(ADD_ONCE, **here, name=name, value=value)
            case "set":
                db.put(SET, **here, name=name, value=value)
            case "remove":
                db.put(REMOVE, **here, name=name)
            case "set and count":
                return db.run(SET, **here, name=name, value=value)
            case "claim":
                return db.expect_one(CLAIM, **here, name=name, value=value)
            case "get" | "known":
                row = (db.one if kind == "get" else db.known)(GET, **here, name=name)
                return None if row is None else row["taken_ms"]
            case "all":
                return {row["name"]: row["taken_ms"] for row in db.all(ALL, **here)}
            case "id":
                return ("id", db.next_value(self.counts_in, "thing"))
        return None


@dataclass
class Model:
    """What the same units do to a dictionary, one after the other."""

    kept: dict[str, int] = field(default_factory=dict)

    def do(self, unit: Unit) -> list[Any] | None:
        parts, fails = unit
        seen: list[Any] = []
        before_unit = dict(self.kept)
        for steps, is_undone in parts:
            before_part = dict(self.kept)
            for step in steps:
                result = self._step(*step)
                if result == "taken":
                    break
                seen.append(result)
            else:
                if not is_undone:
                    continue
                result = "undone"
            seen.append(result)
            self.kept = before_part
        if fails:
            self.kept = before_unit
            return None
        return seen

    def _step(self, kind: str, name: str, value: int) -> Any:
        kept = self.kept
        match kind:
            case "add":
                if name in kept:
                    return "taken"
                kept[name] = value
            case "add once":
                kept.setdefault(name, value)
            case "set" if name in kept:
                kept[name] = value
            case "set and count":
                if name in kept:
                    kept[name] = value
                return int(name in kept)
            case "remove":
                kept.pop(name, None)
            case "claim":
                is_claimed = kept.get(name, 0) < value
                if is_claimed:
                    kept[name] = value
                return is_claimed
            case "get" | "known":
                return kept.get(name)
            case "all":
                return dict(sorted(kept.items()))
            case "id":
                return ("id", None)
        return None


def without_id(item: Any) -> Any:
    """Leave out an id: what is undone may give it back."""
    return ("id", None) if isinstance(item, tuple) else item


def ids_apart(results: list[Any]) -> tuple[list[Any], list[int]]:
    """Return what was seen without the ids, and those that stand, in the order in which they were given."""
    items = [item for seen in results if seen is not None for item in seen if isinstance(item, tuple)]
    apart = [None if seen is None else list(map(without_id, seen)) for seen in results]
    return apart, [number for _, number in items if number is not None]


def seen_at_once(works: list[tuple[Store, Doing]]) -> list[Any]:
    async def run() -> list[Any]:
        return await asyncio.gather(*(store.run(work) for store, work in works), return_exceptions=True)

    results = asyncio.run(run())
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, Refused):
            raise result
    return [None if isinstance(result, Refused) else result for result in results]


def kept_in(store: Store, sandbox_id: str) -> dict[str, int]:
    return store.run_now(
        lambda db: {row["name"]: row["taken_ms"] for row in db.all(ALL, sandbox_id=sandbox_id)}
    )


@given(units=UNITS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_units_together_do_what_they_do_one_by_one(store: Store, units: list[Unit]) -> None:
    sandbox_id = f"together-{next(numbers)}"
    model = Model()
    expected = [model.do(unit) for unit in units]

    seen, ids = ids_apart(seen_at_once([(store, Doing(sandbox_id, unit, sandbox_id)) for unit in units]))

    assert seen == expected
    assert kept_in(store, sandbox_id) == model.kept
    assert ids == sorted(set(ids))
    assert store.run_now(lambda db: db.next_value(sandbox_id, "thing")) > max(ids, default=0)


@given(units=UNITS, seconds=st.lists(st.booleans(), min_size=6, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
def test_units_on_two_servers_share_nothing_but_the_ids_they_take(
    store: Store, second_store: Store, units: list[Unit], seconds: list[bool]
) -> None:
    """Each unit has rows of its own: whatever the order, it sees what it sees by itself."""
    number = next(numbers)
    works = [Doing(f"apart-{number}-{at}", unit, f"apart-{number}") for at, unit in enumerate(units)]
    models = [Model() for _ in units]
    expected = [model.do(unit) for model, unit in zip(models, units, strict=True)]

    stores = [second_store if is_second else store for is_second in seconds]
    seen, ids = ids_apart(seen_at_once(list(zip(stores, works, strict=False))))

    assert seen == expected
    assert [kept_in(store, work.sandbox_id) for work in works] == [model.kept for model in models]
    assert len(ids) == len(set(ids))
    assert second_store.run_now(lambda db: db.next_value(f"apart-{number}", "thing")) > max(ids, default=0)
