"""Lists: a page of rows with its headers (PE-075, PE-076), and filter and sort where they exist (PE-079)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.store import Row, Statement
from mockserver.strict_json import INT64_MAX
from mockserver.vendor import Call
from mockserver.vendors.proctorexam.filtering import Column, chosen
from mockserver.vendors.proctorexam.schemas.lists import Filtered, Paged

Headers = tuple[tuple[str, str], ...]


def paged(
    call: Call, params: Paged, *, listing: Statement, counting: Statement, **where: Any
) -> tuple[list[Row], Headers]:
    """Return the rows of the wanted page and the headers that say where it stands.

    A page past the end is empty (PE-499).
    """
    where["sandbox_id"] = call.sandbox.id
    counted = call.db.one(counting, **where)
    assert counted is not None
    found = int(counted["found"])
    offset = (params.page - 1) * params.limit
    rows = call.db.all(listing, **where, limit=params.limit, offset=offset) if offset < found else []
    return rows, _headers(params, found)


def filtered(
    call: Call,
    params: Filtered,
    columns: Mapping[str, Column],
    *,
    listing: Statement,
    counting: Statement,
    **where: Any,
) -> tuple[list[Row], Headers]:
    """Return the rows of the wanted page among those that the filter chooses, in the order that is asked for.

    Without filter and sort the database pages; with one of them it hands over every row of the list.

    Raises:
        ValuesInvalid: filter or sort cannot be understood (PE-480).
    """
    if params.filter is None and params.sort is None:
        return paged(call, params, listing=listing, counting=counting, **where)
    rows = call.db.all(listing, **where, sandbox_id=call.sandbox.id, limit=INT64_MAX, offset=0)
    wanted = chosen(call, rows, params.filter, params.sort, columns)
    offset = (params.page - 1) * params.limit
    return wanted[offset : offset + params.limit], _headers(params, len(wanted))


def _headers(params: Paged, found: int) -> Headers:
    return (
        ("X-Pagination-Item-Count", str(found)),
        ("X-Pagination-Page-Count", str(-(-found // params.limit))),
        ("X-Pagination-Page", str(params.page)),
        ("X-Pagination-Limit", str(params.limit)),
    )
