"""What a server does by itself in its sandboxes: it lets due events happen and sends due webhooks.

Each server process has one courier; several on one store share the work, since a row is claimed before it
is sent. Sandboxes are served side by side, the webhooks of one sandbox in their order.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from mockserver import events
from mockserver.credentials import shown
from mockserver.errors import StoreUnavailable
from mockserver.journey import House
from mockserver.moment import DeliveryOptions, Moment
from mockserver.sandboxes import Sandbox
from mockserver.store import Connection, Row
from mockserver.vendor import Vendor
from mockserver.webhooks import outbox
from mockserver.webhooks.outbox import Attempt
from mockserver.webhooks.post import PostFailed, post
from mockserver.webhooks.targets import TargetRefused, read_target, resolve

LOOK_EVERY_SECONDS = 0.1
LEASE_MS = 90_000  # longer than the longest timeout: a claim outlives its sender only when that has died
MAX_SANDBOXES_AT_ONCE = 32
log = logging.getLogger("mockserver")


@dataclass(frozen=True)
class Parcel:
    """A claimed delivery, and the sandbox as it was at that time."""

    sandbox: Sandbox
    row: Row
    now_ms: int
    lease_until_ms: int


class Courier:
    """Looks for what is due, and does it."""

    def __init__(self, house: House, vendors: Sequence[Vendor]) -> None:
        self._house = house
        self._vendors = vendors
        self._at_work: dict[str, asyncio.Task[None]] = {}

    async def keep_going(self) -> None:
        """Look again and again; ends by being cancelled."""
        try:
            while True:
                try:
                    await self.look()
                except StoreUnavailable as problem:
                    log.warning("webhooks put off: %s", problem.__cause__ or problem)
                await asyncio.sleep(LOOK_EVERY_SECONDS)
        finally:
            for task in self._at_work.values():
                task.cancel()
            await asyncio.gather(*self._at_work.values(), return_exceptions=True)

    async def look(self) -> None:
        """Start a task for each sandbox that has something pending and none under way."""
        for sandbox_id in await self._house.store.run(_pending):
            if sandbox_id not in self._at_work and len(self._at_work) < MAX_SANDBOXES_AT_ONCE:
                self._begin(sandbox_id)

    async def settle(self, sandbox_id: str) -> None:
        """Do everything that is due in one sandbox now, and return when it is done."""
        while (under_way := self._at_work.get(sandbox_id)) is not None:
            await asyncio.wait([under_way])
        await self._begin(sandbox_id)

    def _begin(self, sandbox_id: str) -> asyncio.Task[None]:
        task = asyncio.create_task(self._serve(sandbox_id))
        self._at_work[sandbox_id] = task
        task.add_done_callback(partial(self._finished, sandbox_id))
        return task

    async def _serve(self, sandbox_id: str) -> None:
        while await self._house.store.run(lambda db: self._happen(db, sandbox_id)):
            pass
        while parcel := await self._house.store.run(lambda db: self._claim(db, sandbox_id)):
            attempt = await self._send(parcel)
            await self._house.store.run(partial(self._settle, parcel, attempt))

    def _happen(self, db: Connection, sandbox_id: str) -> bool:
        sandbox = self._house.sandboxes.get(db, sandbox_id)
        if sandbox is None:
            return False
        return events.happen_due(
            self._vendors, Moment(db, sandbox, self._now_ms(sandbox), self._house.machine.random_bytes)
        )

    def _claim(self, db: Connection, sandbox_id: str) -> Parcel | None:
        sandbox = self._house.sandboxes.get(db, sandbox_id)
        if sandbox is None:
            return None
        machine_ms, now_ms = self._house.machine.now_ms(), self._now_ms(sandbox)
        row = outbox.claim(
            db, sandbox_id, now_ms=now_ms, machine_ms=machine_ms, lease_until_ms=machine_ms + LEASE_MS
        )
        return Parcel(sandbox, row, now_ms, machine_ms + LEASE_MS) if row else None

    async def _send(self, parcel: Parcel) -> Attempt:
        """Sign at the time of sending, and send; whatever goes wrong is part of the log."""
        row, sandbox = parcel.row, parcel.sandbox
        room = next(vendor for vendor in self._vendors if vendor.name == row["vendor"])
        options = DeliveryOptions.model_validate_json(row["options"])
        signature = room.sign_delivery(sandbox, options, parcel.now_ms) if room.sign_delivery else ()
        headers = (("Content-Type", "application/json"), *signature)
        attempt = Attempt(
            (("Content-Type", "application/json"), *((name, _shown(value)) for name, value in signature)), 0
        )
        allowed_hosts = self._house.settings.webhook_hosts
        timeout_seconds = sandbox.settings[row["vendor"]].webhook_timeout_seconds
        started = self._house.machine.elapsed_seconds()
        try:
            target = read_target(row["url"])
            address = await resolve(target, allowed_hosts)
            reply = await post(
                target, address, headers, row["body"].encode(), timeout_seconds=timeout_seconds
            )
            attempt = replace(attempt, status=reply.status, answer=reply.body)
        except TargetRefused as problem:
            attempt = replace(attempt, problem=str(problem), final=True)
        except PostFailed as problem:
            attempt = replace(attempt, problem=str(problem))
        except OSError as problem:
            attempt = replace(attempt, problem=f"the host cannot be found: {problem.strerror or problem}")
        elapsed_ms = round((self._house.machine.elapsed_seconds() - started) * 1000)
        return replace(attempt, elapsed_ms=elapsed_ms)

    def _settle(self, parcel: Parcel, attempt: Attempt, db: Connection) -> None:
        pauses = parcel.sandbox.settings[parcel.row["vendor"]].webhook_retry_seconds
        before = parcel.row["attempts"]
        due_ms = None
        if not attempt.accepted and not attempt.final and before < len(pauses):
            due_ms = parcel.now_ms + round(pauses[before] * 1000)
        outbox.settle(
            db,
            parcel.sandbox.id,
            parcel.row,
            attempt,
            at_ms=parcel.now_ms,
            due_ms=due_ms,
            lease_until_ms=parcel.lease_until_ms,
        )

    def _now_ms(self, sandbox: Sandbox) -> int:
        return sandbox.clock.now_ms(self._house.machine.now_ms())

    def _finished(self, sandbox_id: str, task: asyncio.Task[Any]) -> None:
        self._at_work.pop(sandbox_id, None)
        if not task.cancelled() and (problem := task.exception()) is not None:
            log.error("%s: webhooks stopped", sandbox_id, exc_info=problem)


def _pending(db: Connection) -> list[str]:
    return list(dict.fromkeys([*events.pending_sandboxes(db), *outbox.pending_sandboxes(db)]))


def _shown(value: str) -> str:
    """Return a header with its secret cut down."""
    scheme, blank, secret = value.rpartition(" ")
    return f"{scheme}{blank}{shown(secret)}"
