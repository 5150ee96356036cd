"""The parameters of lists (PE-075, PE-079)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from mockserver.strict_json import INT64_MAX
from mockserver.vendors.proctorexam.values import Parameters, Text, number, schema

MAX_LIMIT = 300  # PE-075


def _page(value: Any) -> int:
    page = number(value)
    if page == 0:  # PE-471
        raise PydanticCustomError("page", "Must be a number from 1.")
    return page


def _limit(value: Any) -> int:
    limit = number(value)
    if not 1 <= limit <= MAX_LIMIT:  # PE-471
        raise PydanticCustomError("limit", "Must be a number from 1 to 300.")
    return limit


class Paged(Parameters):
    """`page` and `limit` (PE-212, PE-213)."""

    page: Annotated[int, BeforeValidator(_page), schema(type="integer", minimum=1, maximum=INT64_MAX)] = (
        Field(1, description="Page number.")
    )
    limit: Annotated[int, BeforeValidator(_limit), schema(type="integer", minimum=1, maximum=MAX_LIMIT)] = (
        Field(MAX_LIMIT, description="Items per page, at most 300.")
    )


class Filtered(Paged):
    """Paged, and with `filter` and `sort` as JSON in a text (PE-079)."""

    sort: Text = Field(
        None, description='JSON list of one-column objects, e.g. [{"start_time":"desc"},{"name":"asc"}].'
    )  # PE-242
    filter: Text = Field(
        None, description='JSON object of conditions, e.g. {"start_time":{"gte":"2025-02-01"}}.'
    )  # PE-243
