"""The journal: every request with its answer and the check that refused it, bounded and without secrets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mockserver import redaction
from mockserver.clock import iso
from mockserver.errors import AccessRefused, Failure
from mockserver.request import Request
from mockserver.store import Statement
from mockserver.strict_json import write_json
from mockserver.vendor import Answer, Call

MAX_BODY_CHARACTERS = 16_384
TRIM_EVERY = 64  # entries beyond the caps are removed in slices, not one by one
LATE_NUMBERS = 10_000  # by so many an entry may come behind one with a greater number
THOROUGH_EVERY = 64  # trims: then the few that came later still are found
REQUEST_ID_PREFIX = "req-"
# What most requests have none of, and an entry leaves out: two entries fit into one page of SQLite.
NOTHING_FOUND_OUT: dict[str, Any] = {"unread": [], "notes": {}, "explanation": None, "injected": None}
# What `as_json` wants.
COLUMNS = "number, at_ms, vendor, operation, method, path, status, refused_by, duration_us, entry"

_INSERT = Statement(
    """
    INSERT INTO journal (
        sandbox_id, at_ms, vendor, operation, method, path, status,
        refused_by, injected_by, unread, duration_us, size, entry
    ) VALUES (
        :sandbox_id, :at_ms, :vendor, :operation, :method, :path, :status,
        :refused_by, :injected_by, :unread, :duration_us, :size, :entry
    )
    """
)
_START = Statement("SELECT number FROM journal_start WHERE sandbox_id = :sandbox_id")
_SET_START = Statement(
    """
    INSERT INTO journal_start (sandbox_id, number) VALUES (:sandbox_id, :number)
    ON CONFLICT (sandbox_id) DO UPDATE SET number = excluded.number
    """
)
_LAST_TOO_MANY = Statement(
    """
    SELECT number FROM journal WHERE sandbox_id = :sandbox_id AND number > :start
    ORDER BY number DESC LIMIT 1 OFFSET :most
    """
)
_MEASURE = Statement(
    "SELECT SUM(size) AS total FROM journal WHERE sandbox_id = :sandbox_id AND number > :start"
)
_LAST_TOO_BIG = Statement(
    """
    SELECT MAX(number) AS number FROM (
        SELECT number, SUM(size) OVER (ORDER BY number DESC) AS total
        FROM journal WHERE sandbox_id = :sandbox_id AND number > :start
    ) AS measured WHERE total > :most_bytes
    """
)
_REMOVE = Statement(
    "DELETE FROM journal WHERE sandbox_id = :sandbox_id AND number > :start AND number <= :last"
)


def request_id(number: int) -> str:
    """Return the id under which an entry is found, as in the header `X-Mock-Request-Id`."""
    return f"{REQUEST_ID_PREFIX}{number}"


def number_of(text: str) -> int | None:
    """Return the number in a request id, None where it is none."""
    digits = text.removeprefix(REQUEST_ID_PREFIX)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


def write(
    call: Call,
    answer: Answer,
    *,
    vendor: str,
    secret_fields: Sequence[str],
    failure: Failure | None,
    explanation: Mapping[str, Any] | None,
    injected: Mapping[str, Any] | None,
    duration_us: int,
    most: int,
    most_bytes: int,
) -> str:
    """Write one entry in the request's own unit of work and return its id.

    `most` and `most_bytes` cap what a sandbox keeps; the oldest entries go first.
    """
    request = call.request
    refused = isinstance(failure, AccessRefused)
    query = redaction.fields(request.query_string.decode("latin-1"), secret_fields)
    body = _body_text(request, secret_fields)
    entry: dict[str, Any] = {
        "request": {
            "base_url": call.base_url,
            "query": redaction.suspects(query) if refused else query,
            "headers": redaction.headers(request.headers),
            "body": redaction.suspects(body) if refused else body,
            "body_bytes": len(request.body),
            "peer": request.peer,
        },
        "answer": {
            "headers": answer.headers,
            "content_type": answer.content_type,
            "body": redaction.fields(
                answer.body[:MAX_BODY_CHARACTERS].decode("utf-8", "replace"), secret_fields
            ),
        },
    }
    found_out = (call.unread, call.notes, explanation, injected)
    if any(found_out):
        entry.update([fact for fact in zip(NOTHING_FOUND_OUT, found_out, strict=True) if fact[1]])
    document = redaction.known_in_json(write_json(entry), call.sandbox.secrets)
    number = call.db.insert(
        _INSERT,
        sandbox_id=call.sandbox.id,
        at_ms=call.now_ms,
        vendor=vendor,
        operation=call.operation.id if call.operation else None,
        method=request.method,
        path=redaction.known(request.path[:2000].replace("\x00", "�"), call.sandbox.secrets),
        status=answer.status,
        refused_by=failure.check if failure else None,
        injected_by=injected["by"] if injected else None,
        unread=len(call.unread),
        duration_us=duration_us,
        size=len(document),
        entry=document,
    )
    if _is_turn(number, TRIM_EVERY):
        is_thorough = _is_turn(number, TRIM_EVERY * THOROUGH_EVERY)
        _trim(call, most=most, most_bytes=most_bytes, is_thorough=is_thorough)
    return request_id(number)


def _trim(call: Call, *, most: int, most_bytes: int, is_thorough: bool) -> None:
    """Remove the oldest entries beyond the caps; adding up sizes one by one only where it is needed.

    Unless it `is_thorough`, nothing looks in front of the first entry that is kept: PostgreSQL still finds
    there what was removed.
    """
    db, sandbox_id = call.db, call.sandbox.id
    kept = db.one(_START, sandbox_id=sandbox_id)
    start = 0 if kept is None or is_thorough else kept["number"]
    last = start
    too_many = db.one(_LAST_TOO_MANY, sandbox_id=sandbox_id, start=start, most=most)
    if too_many is not None:
        last = too_many["number"]
    measured = db.one(_MEASURE, sandbox_id=sandbox_id, start=last)
    if measured is not None and (measured["total"] or 0) > most_bytes:
        too_big = db.one(_LAST_TOO_BIG, sandbox_id=sandbox_id, start=last, most_bytes=most_bytes)
        if too_big is not None and too_big["number"] is not None:  # else another server has just trimmed
            last = too_big["number"]
    if last > start:
        db.put(_REMOVE, sandbox_id=sandbox_id, start=start, last=last)
        db.put(_SET_START, sandbox_id=sandbox_id, number=max(0, last - LATE_NUMBERS))


def as_json(row: Any) -> dict[str, Any]:
    """Return a stored entry as the control API shows it."""
    entry = json.loads(row["entry"])
    return {
        "request_id": request_id(row["number"]),
        "at": iso(row["at_ms"]),
        "vendor": row["vendor"],
        "operation": row["operation"],
        "method": row["method"],
        "path": row["path"],
        "status": row["status"],
        "refused_by": row["refused_by"],
        "duration_ms": row["duration_us"] / 1000,
        "request": entry.pop("request"),
        "answer": entry.pop("answer"),
        **NOTHING_FOUND_OUT,
        **entry,
    }


def _is_turn(number: int, every: int) -> bool:
    """Tell whether it is time, every so many times or so, whichever numbers a sandbox happens to get.

    Numbers count over all sandboxes. A multiple of 64 would never come to one that gets the odd ones.
    """
    return number * 0x9E3779B1 % 2**32 < 2**32 // every


def _body_text(request: Request, secret_fields: Sequence[str]) -> str:
    if request.content_type == "multipart/form-data":
        return f"[multipart, {len(request.body)} bytes]"
    text = request.body[:MAX_BODY_CHARACTERS].decode("utf-8", "replace")
    return redaction.fields(text, secret_fields)
