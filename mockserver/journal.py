"""The journal: every request with its answer and the check that refused it, bounded and without secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from pydantic_core import to_json

from mockserver.clock import iso
from mockserver.credentials import shown
from mockserver.errors import Failure
from mockserver.request import Request
from mockserver.store import Statement
from mockserver.vendor import Answer, Call

MAX_BODY_CHARACTERS = 16_384
TRIM_EVERY = 64  # entries beyond the cap are removed in slices, not one by one
REQUEST_ID_PREFIX = "req-"
_SECRET_HEADERS = (b"authorization", b"x-api-key", b"cookie", b"proxy-authorization")

_INSERT = Statement(
    """
    INSERT INTO journal (sandbox_id, at_ms, vendor, operation, method, path, status, refused_by, entry)
    VALUES (:sandbox_id, :at_ms, :vendor, :operation, :method, :path, :status, :refused_by, :entry)
    RETURNING number
    """
)
_TRIM = Statement(
    """
    DELETE FROM journal WHERE sandbox_id = :sandbox_id AND number <= (
        SELECT number FROM journal WHERE sandbox_id = :sandbox_id ORDER BY number DESC LIMIT 1 OFFSET :cap
    )
    """
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
    explanation: dict[str, Any] | None,
    cap: int,
) -> str:
    """Write one entry in the request's own unit of work and return its id."""
    request = call.request
    entry = {
        "request": {
            "query": redact_text(request.query_string.decode("latin-1"), secret_fields),
            "headers": redact_headers(request.headers),
            "body": _body_text(request.body, request, secret_fields),
            "peer": request.peer,
        },
        "answer": {
            "headers": answer.headers,
            "content_type": answer.content_type,
            "body": redact_text(answer.body[:MAX_BODY_CHARACTERS].decode("utf-8", "replace"), secret_fields),
        },
        "unread": call.unread,
        "notes": call.notes,
        "explanation": explanation,
    }
    row = call.db.one(
        _INSERT,
        sandbox_id=call.sandbox.id,
        at_ms=call.now_ms,
        vendor=vendor,
        operation=call.operation.id if call.operation else None,
        method=request.method,
        path=request.path[:2000].replace("\x00", "�"),
        status=answer.status,
        refused_by=failure.check if failure else None,
        entry=to_json(entry).decode(),
    )
    assert row is not None
    number = int(row["number"])
    if number % TRIM_EVERY == 0:
        call.db.run(_TRIM, sandbox_id=call.sandbox.id, cap=cap)
    return request_id(number)


def redact_headers(headers: Sequence[tuple[bytes, bytes]]) -> list[list[str]]:
    """Return the headers as text, secrets cut down to their last four characters."""
    return [
        [name.decode("latin-1"), _shown(value) if name in _SECRET_HEADERS else value.decode("latin-1")]
        for name, value in headers
    ]


def redact_text(text: str, secret_fields: Sequence[str]) -> str:
    """Return `text` with the values of secret fields cut out, in JSON as well as in forms."""
    for name in secret_fields:
        if name in text:
            text = re.sub(rf'("{name}"\s*:\s*")((?:[^"\\]|\\.)*)(")', r"\1[redacted]\3", text)
            text = re.sub(rf"(^|&)({name})=[^&]*", r"\1\2=[redacted]", text)
    return text


def as_json(row: Any) -> dict[str, Any]:
    """Return a stored entry as the control API shows it."""
    return {
        "request_id": request_id(row["number"]),
        "at": iso(row["at_ms"]),
        "vendor": row["vendor"],
        "operation": row["operation"],
        "method": row["method"],
        "path": row["path"],
        "status": row["status"],
        "refused_by": row["refused_by"],
        **json.loads(row["entry"]),
    }


def _shown(value: bytes) -> str:
    scheme, blank, secret = value.decode("latin-1").rpartition(" ")
    return f"{scheme}{blank}{shown(secret)}"


def _body_text(body: bytes, request: Request, secret_fields: Sequence[str]) -> str:
    if request.content_type == "multipart/form-data":
        return f"[multipart, {len(body)} bytes]"
    return redact_text(body[:MAX_BODY_CHARACTERS].decode("utf-8", "replace"), secret_fields)
