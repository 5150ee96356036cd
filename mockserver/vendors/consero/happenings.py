"""What can happen at Consero: a candidate starts and finishes (`POST …/events`)."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from mockserver.events import EventBody, EventRefused, Events
from mockserver.moment import Moment
from mockserver.store import Row
from mockserver.strict_json import INT64_MAX
from mockserver.vendors.consero import invites, queries
from mockserver.vendors.consero.settings import settings_of

events = Events()


class OfInvite(EventBody):
    """An event of one candidate in one exam."""

    invite_id: int = Field(ge=-INT64_MAX, le=INT64_MAX, description="The id received from the allocation.")


class Finished(OfInvite):
    """The end of an exam."""

    score: float | None = Field(
        default=None, ge=0, le=100, description="Of 100 (CO-065); the one of the settings if left out."
    )


@events.add("candidate_starts", statements="CO-052 CO-067")
def candidate_starts(moment: Moment, body: OfInvite) -> dict[str, Any]:
    """The candidate opens the invite link and starts the exam."""
    allocation = _allocation(moment, body)
    if not invites.begin(moment, allocation["id"]):
        raise EventRefused(f"The exam cannot be started: {_why(allocation)}.")
    return _shown(moment, body)


@events.add("candidate_finishes", statements="CO-052 CO-065 CO-067")
def candidate_finishes(moment: Moment, body: Finished) -> dict[str, Any]:
    """The candidate ends the exam; from now on there is a report."""
    allocation = _allocation(moment, body)
    score = settings_of(moment.sandbox).exam_score if body.score is None else body.score
    started_ms = moment.now_ms if allocation["started_ms"] is None else allocation["started_ms"]
    if not invites.end(moment, allocation["id"], started_ms, score):
        raise EventRefused(f"The exam cannot be finished: {_why(allocation)}.")
    return _shown(moment, body)


def _allocation(moment: Moment, body: OfInvite) -> Row:
    allocation = moment.db.one(queries.FIND_ALLOCATION, sandbox_id=moment.sandbox.id, id=body.invite_id)
    if allocation is None:
        raise EventRefused(f"There is no allocation {body.invite_id} in this sandbox.")
    return allocation


def _why(allocation: Row) -> str:
    return {"inValid": "the invite was cancelled", "completed": "it was taken", "started": "it runs"}[
        allocation["state"]
    ]


def _shown(moment: Moment, body: OfInvite) -> dict[str, Any]:
    allocation = _allocation(moment, body)
    return {"invite_id": allocation["id"], "state": allocation["state"], "score": allocation["score"]}
