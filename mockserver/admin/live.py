"""The journal as it grows, as server-sent events.

The store is asked again and again: that works with several workers, several servers and both databases.
A server that stops ends the stream; who follows may ask another one for what came behind the last entry.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from mockserver import journal, journal_search
from mockserver.admin.control import Desk, Errand
from mockserver.admin.problem import AdminProblem
from mockserver.journal_search import RequestFilter

EVENT_STREAM = "text/event-stream"
POLL_SECONDS = 0.3
SLICE = 200
BREATH_POLLS = 33  # a comment every ten seconds or so tells proxies, and us, whether anybody still listens
LATE_POLLS = 10  # an entry may become visible behind one with a greater number: it is looked for so long


async def follow(errand: Errand, sandbox_id: str, wanted: RequestFilter) -> AsyncIterator[str]:
    """Return the events: entries behind `wanted.after`, or else those that come from now on.

    Raises:
        AdminProblem: 404, there is no such sandbox.
    """

    def start(desk: Desk) -> int:
        sandbox = desk.sandbox(sandbox_id)
        if wanted.after is not None:
            return journal.number_of(wanted.after) or 0
        return journal_search.last_number(desk.db, sandbox.id)

    return _events(errand, sandbox_id, wanted, await errand.at_desk(start))


async def _events(errand: Errand, sandbox_id: str, wanted: RequestFilter, start: int) -> AsyncIterator[str]:
    floors = [start] * LATE_POLLS
    sent: set[int] = set()
    poll = 0
    yield ": the journal of this sandbox, one event for each request\n\n"
    while not errand.is_stopping():
        try:
            entries: list[dict[str, Any]] = await errand.at_desk(
                lambda desk: journal_search.oldest(
                    desk.db,
                    desk.sandbox(sandbox_id).id,
                    wanted,
                    SLICE,
                    after=floors[0],  # noqa: B023 - called at once
                )
            )
        except AdminProblem:
            yield "event: end\ndata: null\n\n"
            return
        numbers = {journal.number_of(entry["request_id"]) or 0: entry for entry in entries}
        for number in sorted(numbers.keys() - sent):
            yield f"id: {journal.request_id(number)}\nevent: request\ndata: {json.dumps(numbers[number])}\n\n"
        floors = [*floors[1:], max((floors[-1], *numbers))]
        sent = {number for number in sent | numbers.keys() if number > floors[0]}
        poll += 1
        if poll % BREATH_POLLS == 0:
            yield ": still here\n\n"
        await asyncio.sleep(0 if len(entries) == SLICE else POLL_SECONDS)
