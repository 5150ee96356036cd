"""The rows of webhooks: written with what caused them, claimed by whoever sends, kept with every attempt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.clock import iso
from mockserver.moment import Moment
from mockserver.store import Connection, Row, Statement
from mockserver.store.ids import next_id

KEPT = 1_000  # deliveries per sandbox; older ones that are done are forgotten
TRIM_EVERY = 64
DELIVERY_ID_PREFIX = "dlv-"

_COLUMNS = "number, vendor, kind, url, body, options, state, attempts, created_ms, due_ms, lease_until_ms"
_ADD = Statement(
    """
    INSERT INTO delivery (sandbox_id, number, vendor, kind, url, body, options, state, attempts,
        created_ms, due_ms, lease_until_ms)
    VALUES (:sandbox_id, :number, :vendor, :kind, :url, :body, :options, 'waiting', 0,
        :now_ms, :due_ms, 0)
    """
)
_TRIM = Statement(
    """
    DELETE FROM delivery
    WHERE sandbox_id = :sandbox_id AND number <= :oldest AND state IN ('delivered', 'given_up')
    """
)
_TRIM_ATTEMPTS = Statement(
    """
    DELETE FROM delivery_attempt WHERE sandbox_id = :sandbox_id AND delivery <= :oldest
        AND delivery NOT IN (SELECT number FROM delivery WHERE sandbox_id = :sandbox_id)
    """
)
_PENDING = Statement("SELECT DISTINCT sandbox_id FROM delivery WHERE state IN ('waiting', 'sending')")
_NEXT = Statement(
    f"""
    SELECT {_COLUMNS} FROM delivery
    WHERE sandbox_id = :sandbox_id AND due_ms <= :now_ms
        AND (state = 'waiting' OR (state = 'sending' AND lease_until_ms <= :machine_ms))
    ORDER BY due_ms, number LIMIT 1
    """  # noqa: S608 - names of columns, no values
)
# Where two servers ask at once, the second finds the row no longer as it has seen it.
_CLAIM = Statement(
    """
    UPDATE delivery
    SET state = 'sending', attempts = attempts + 1, lease_until_ms = :lease_until_ms
    WHERE sandbox_id = :sandbox_id AND number = :number AND attempts = :attempts
        AND (state = 'waiting' OR (state = 'sending' AND lease_until_ms <= :machine_ms))
    """
)
_SETTLE = Statement(
    """
    UPDATE delivery SET state = :state, due_ms = :due_ms
    WHERE sandbox_id = :sandbox_id AND number = :number AND state = 'sending'
        AND lease_until_ms = :lease_until_ms
    """
)
_LOG = Statement(
    """
    INSERT INTO delivery_attempt
        (sandbox_id, delivery, attempt, at_ms, elapsed_ms, headers, status, answer, problem)
    VALUES (:sandbox_id, :delivery, :attempt, :at_ms, :elapsed_ms, :headers, :status, :answer, :problem)
    """
)
_AGAIN = Statement(
    """
    UPDATE delivery SET state = 'waiting', due_ms = :now_ms, lease_until_ms = 0
    WHERE sandbox_id = :sandbox_id AND number = :number AND state <> 'sending'
    """
)
_LIST = Statement(
    f"SELECT {_COLUMNS} FROM delivery WHERE sandbox_id = :sandbox_id ORDER BY number DESC LIMIT :most"  # noqa: S608 - as above
)
_FIND = Statement(
    f"SELECT {_COLUMNS} FROM delivery WHERE sandbox_id = :sandbox_id AND number = :number"  # noqa: S608 - as above
)
_ATTEMPTS = Statement(
    """
    SELECT delivery, attempt, at_ms, elapsed_ms, headers, status, answer, problem FROM delivery_attempt
    WHERE sandbox_id = :sandbox_id AND delivery >= :least ORDER BY delivery, attempt
    """
)


@dataclass(frozen=True)
class Attempt:
    """What came of sending once: the headers as sent (secrets shortened), and an answer or a problem."""

    headers: tuple[tuple[str, str], ...]
    elapsed_ms: int
    status: int | None = None
    answer: str = ""
    problem: str | None = None
    final: bool = False

    @property
    def accepted(self) -> bool:
        """Whether the receiver answered with 2xx; that proves no more than that it has answered (CP-256)."""
        return self.status is not None and 200 <= self.status < 300


def hand_over(moment: Moment, *, vendor: str, kind: str, url: str | None, body: Mapping[str, Any]) -> None:
    """Keep a webhook for sending, as often and as late as the moment asks; without a URL there is none."""
    if url is None:
        return
    sandbox_id, wish = moment.sandbox.id, moment.deliveries
    for _ in range(wish.copies):
        number = next_id(moment.db, sandbox_id, "delivery")
        moment.db.put(
            _ADD,
            sandbox_id=sandbox_id,
            number=number,
            vendor=vendor,
            kind=kind,
            url=url,
            body=json.dumps(body, ensure_ascii=False),
            options=wish.model_dump_json(exclude_defaults=True),
            now_ms=moment.now_ms,
            due_ms=moment.now_ms + round(wish.delay_seconds * 1000),
        )
        if number % TRIM_EVERY == 0:
            moment.db.put(_TRIM, sandbox_id=sandbox_id, oldest=number - KEPT)
            moment.db.put(_TRIM_ATTEMPTS, sandbox_id=sandbox_id, oldest=number - KEPT)


def pending_sandboxes(db: Connection) -> list[str]:
    """Return the ids of sandboxes that have something to send, now or later."""
    return [row["sandbox_id"] for row in db.all(_PENDING)]


def claim(
    db: Connection, sandbox_id: str, *, now_ms: int, machine_ms: int, lease_until_ms: int
) -> Row | None:
    """Take the earliest delivery that is due; None where there is none, or another server was quicker."""
    row = db.one(_NEXT, sandbox_id=sandbox_id, now_ms=now_ms, machine_ms=machine_ms)
    if row is None:
        return None
    claimed = db.run(
        _CLAIM,
        sandbox_id=sandbox_id,
        number=row["number"],
        attempts=row["attempts"],
        machine_ms=machine_ms,
        lease_until_ms=lease_until_ms,
    )
    return row if claimed else None


def settle(
    db: Connection,
    sandbox_id: str,
    row: Row,
    attempt: Attempt,
    *,
    at_ms: int,
    due_ms: int | None,
    lease_until_ms: int,
) -> None:
    """Log an attempt; `due_ms` is the time of the next one, None where there is none."""
    state = "delivered" if attempt.accepted else "given_up" if due_ms is None else "waiting"
    settled = db.run(
        _SETTLE,
        sandbox_id=sandbox_id,
        number=row["number"],
        state=state,
        due_ms=row["due_ms"] if due_ms is None else due_ms,
        lease_until_ms=lease_until_ms,
    )
    if settled:  # otherwise the sandbox was reset, or the lease ran out and another server sends
        db.put(
            _LOG,
            sandbox_id=sandbox_id,
            delivery=row["number"],
            attempt=row["attempts"] + 1,
            at_ms=at_ms,
            elapsed_ms=attempt.elapsed_ms,
            headers=json.dumps(attempt.headers),
            status=attempt.status,
            answer=attempt.answer,
            problem=attempt.problem,
        )


def send_again(db: Connection, sandbox_id: str, number: int, now_ms: int) -> bool:
    """Let a delivery be due now once more; return whether it could (not while it is being sent)."""
    return db.run(_AGAIN, sandbox_id=sandbox_id, number=number, now_ms=now_ms) == 1


def show(db: Connection, sandbox_id: str, number: int) -> dict[str, Any] | None:
    """Return one delivery with its attempts, None where there is none."""
    row = db.one(_FIND, sandbox_id=sandbox_id, number=number)
    if row is None:
        return None
    attempts = db.all(_ATTEMPTS, sandbox_id=sandbox_id, least=number)
    return _as_json(row, attempts)


def show_all(db: Connection, sandbox_id: str, most: int) -> list[dict[str, Any]]:
    """Return the newest deliveries first, each with its attempts."""
    rows = db.all(_LIST, sandbox_id=sandbox_id, most=most)
    if not rows:
        return []
    attempts = db.all(_ATTEMPTS, sandbox_id=sandbox_id, least=rows[-1]["number"])
    return [_as_json(row, attempts) for row in rows]


def number_of(text: str) -> int | None:
    """Return the number in a delivery id, None where it is none."""
    digits = text.removeprefix(DELIVERY_ID_PREFIX)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


def _as_json(row: Row, attempts: list[Row]) -> dict[str, Any]:
    return {
        "delivery_id": f"{DELIVERY_ID_PREFIX}{row['number']}",
        "vendor": row["vendor"],
        "webhook": row["kind"],
        "url": row["url"],
        "body": json.loads(row["body"]),
        "options": json.loads(row["options"]),
        "state": row["state"],
        "created_at": iso(row["created_ms"]),
        "due_at": iso(row["due_ms"]),
        "attempts": [
            {
                "at": iso(attempt["at_ms"]),
                "elapsed_ms": attempt["elapsed_ms"],
                "headers": json.loads(attempt["headers"]),
                "status": attempt["status"],
                "answer": attempt["answer"],
                "problem": attempt["problem"],
            }
            for attempt in attempts
            if attempt["delivery"] == row["number"]
        ],
    }
