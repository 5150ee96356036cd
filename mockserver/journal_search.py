"""Finding entries of the journal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from mockserver import journal
from mockserver.clock import as_ms
from mockserver.path_patterns import fits
from mockserver.store import Connection, Row, Statement
from mockserver.strict_json import JsonError, read_json

MOST = 1_000_000_000

_WHERE = """
    WHERE sandbox_id = :sandbox_id AND number > :after
        AND (CAST(:vendor AS TEXT) IS NULL OR vendor = CAST(:vendor AS TEXT))
        AND (CAST(:operation AS TEXT) IS NULL OR operation = CAST(:operation AS TEXT))
        AND (CAST(:method AS TEXT) IS NULL OR method = CAST(:method AS TEXT))
        AND (CAST(:least AS BIGINT) IS NULL OR status >= CAST(:least AS BIGINT))
        AND (CAST(:greatest AS BIGINT) IS NULL OR status <= CAST(:greatest AS BIGINT))
        AND (CAST(:refused_by AS TEXT) IS NULL OR refused_by = CAST(:refused_by AS TEXT))
        AND (CAST(:since_ms AS BIGINT) IS NULL OR at_ms >= CAST(:since_ms AS BIGINT))
        AND (CAST(:refused AS BIGINT) IS NULL OR (refused_by IS NOT NULL) = (CAST(:refused AS BIGINT) = 1))
        AND (CAST(:injected AS BIGINT) IS NULL OR (injected_by IS NOT NULL) = (CAST(:injected AS BIGINT) = 1))
        AND (CAST(:unread AS BIGINT) IS NULL OR (unread > 0) = (CAST(:unread AS BIGINT) = 1))
"""
_NEWEST = Statement(f"SELECT {journal.COLUMNS} FROM journal {_WHERE} ORDER BY number DESC LIMIT :most")  # noqa: S608 - no values
_OLDEST = Statement(f"SELECT {journal.COLUMNS} FROM journal {_WHERE} ORDER BY number LIMIT :most")  # noqa: S608 - no values
_LAST = Statement("SELECT MAX(number) AS number FROM journal WHERE sandbox_id = :sandbox_id")


def _in_one_sentence(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """Read a status; a value that is none gets one complaint instead of one for each kind that it is not."""
    try:
        return read(value)
    except ValidationError:
        raise ValueError("write a status from 0 to 599, or one of 2xx, 3xx, 4xx, 5xx") from None


class RequestFilter(BaseModel):
    """Which entries are meant: those that every given field fits."""

    model_config = ConfigDict(extra="forbid")

    vendor: str | None = Field(default=None, max_length=40, description="Only requests to this vendor.")
    operation: str | None = Field(
        default=None, max_length=80, description="Only this operation, e.g. reports.get."
    )
    method: Annotated[str, Field(pattern="^[A-Z]{3,7}$")] | None = Field(
        default=None, description="Only this method."
    )
    path: Annotated[str, Field(pattern="^/", max_length=400)] | None = Field(
        default=None, description="Only this path; * stands for anything."
    )
    status: Annotated[
        Annotated[int, Field(ge=0, le=599)] | Literal["2xx", "3xx", "4xx", "5xx"] | None,
        WrapValidator(_in_one_sentence),
    ] = Field(
        default=None, description="Only this status, or all of one kind such as 4xx; 0: no answer was sent."
    )
    refused_by: str | None = Field(
        default=None, max_length=40, description="Only those that this check refused."
    )
    refused: bool | None = Field(
        default=None, description="Only those that were refused, or only the others."
    )
    injected: bool | None = Field(
        default=None, description="Only those that met an error on demand, or only the others."
    )
    unread: bool | None = Field(
        default=None, description="Only those with a field that nobody read, or only the others."
    )
    since: AwareDatetime | None = Field(
        default=None, description="Only from this moment of the sandbox's clock on."
    )
    after: Annotated[str, Field(pattern=r"^req-[0-9]{1,18}$")] | None = Field(
        default=None, description="Only those behind the request with this id."
    )


class CountedRequests(RequestFilter):
    """Which entries are counted."""

    body: Any = Field(
        default=None,
        description="Only those whose JSON or form body holds this: objects may hold more, at any depth.",
    )


def newest(db: Connection, sandbox_id: str, wanted: RequestFilter, limit: int) -> list[dict[str, Any]]:
    """Return matching entries, the newest first."""
    return _found(db, _NEWEST, sandbox_id, wanted, limit)


def oldest(
    db: Connection, sandbox_id: str, wanted: RequestFilter, limit: int, *, after: int
) -> list[dict[str, Any]]:
    """Return matching entries behind the number `after`, the oldest first."""
    return _found(db, _OLDEST, sandbox_id, wanted, limit, after=after)


def last_number(db: Connection, sandbox_id: str) -> int:
    """Return the number of the newest entry, 0 where there is none."""
    row = db.one(_LAST, sandbox_id=sandbox_id)
    return 0 if row is None or row["number"] is None else int(row["number"])


def count(db: Connection, sandbox_id: str, wanted: CountedRequests) -> int:
    """Return how many entries match."""
    entries = _found(db, _NEWEST, sandbox_id, wanted, MOST)
    if "body" not in wanted.model_fields_set:
        return len(entries)
    return sum(1 for entry in entries if holds(wanted.body, _body(entry)))


def holds(wanted: Any, found: Any) -> bool:
    """Tell whether a JSON value is there: objects may hold more, lists and everything else must be equal."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(
            name in found and holds(value, found[name]) for name, value in wanted.items()
        )
    if isinstance(wanted, list):
        return (
            isinstance(found, list)
            and len(wanted) == len(found)
            and all(holds(one, other) for one, other in zip(wanted, found, strict=True))
        )
    return wanted == found and isinstance(wanted, bool) == isinstance(found, bool)


def _found(
    db: Connection,
    statement: Statement,
    sandbox_id: str,
    wanted: RequestFilter,
    limit: int,
    *,
    after: int = 0,
) -> list[dict[str, Any]]:
    least, greatest = _statuses(wanted.status)
    rows = db.all(
        statement,
        sandbox_id=sandbox_id,
        after=max(after, 0 if wanted.after is None else journal.number_of(wanted.after) or 0),
        vendor=wanted.vendor,
        operation=wanted.operation,
        method=wanted.method,
        least=least,
        greatest=greatest,
        refused_by=wanted.refused_by,
        since_ms=None if wanted.since is None else as_ms(wanted.since),
        refused=_number(wanted.refused),
        injected=_number(wanted.injected),
        unread=_number(wanted.unread),
        most=MOST if wanted.path else limit,
    )
    return [journal.as_json(row) for row in _on_path(rows, wanted.path)][:limit]


def _on_path(rows: list[Row], path: str | None) -> Iterator[Row]:
    """Yield the rows of a path, with or without the vendor's mount in front."""
    for row in rows:
        if path is None or fits(path, row["path"]) or fits(path, f"/{row['vendor']}{row['path']}"):
            yield row


def _statuses(status: int | str | None) -> tuple[int | None, int | None]:
    if isinstance(status, str):
        return int(status[0]) * 100, int(status[0]) * 100 + 99
    return status, status


def _number(flag: bool | None) -> int | None:
    return None if flag is None else int(flag)


def _body(entry: dict[str, Any]) -> Any:
    text = entry["request"]["body"]
    try:
        return read_json(text.encode("utf-8", "surrogatepass"))
    except JsonError:
        return dict(parse_qsl(text, keep_blank_values=True))
