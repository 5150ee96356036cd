"""The way of a request through a room, from its first byte to its answer, the same for every operation."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from mockserver import journal
from mockserver.body import query_pairs
from mockserver.clock import Machine
from mockserver.errors import Failure, Problem, RequestUnreadable, StoreUnavailable, ValuesInvalid
from mockserver.explain.refusal import explained, one_line
from mockserver.faults.demand import magic, may_hold_magic, preferred
from mockserver.faults.striking import struck_by
from mockserver.neighbours import Neighbours
from mockserver.request import ClientGone, Limits, Receive, Request, Scope, Send, receive_request
from mockserver.sandboxes import Sandbox, Sandboxes
from mockserver.sending import Outcome, send_outcome
from mockserver.settings import Settings
from mockserver.store import Connection, Store
from mockserver.unread import unread_fields
from mockserver.vendor import Answer, Call, Operation, Vendor, json_answer
from mockserver.witness import Witness

log = logging.getLogger("mockserver")

CRASH = Answer(500, b"mockserver: internal error, please report it\n", "text/plain; charset=utf-8")
STORE_UNAVAILABLE = Answer(
    503,
    b"mockserver: the store cannot be written at the moment, nothing was stored\n",
    "text/plain; charset=utf-8",
    (("Retry-After", "1"),),
)


@dataclass(frozen=True)
class House:
    """What every room shares: the store, the sandboxes, the machine's time, the settings."""

    store: Store
    sandboxes: Sandboxes
    machine: Machine
    settings: Settings
    running_ms: Any  # () -> int, the store's own clock (store/nonces.py)
    witness: Witness = field(default_factory=Witness)


class Journey:
    """Takes requests through one room."""

    def __init__(self, house: House, vendor: Vendor) -> None:
        self._house = house
        self._vendor = vendor
        self._limits = Limits(
            house.settings.max_body_bytes, house.settings.max_upload_bytes, house.settings.body_seconds
        )

    async def go(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        *,
        operation: Operation | None,
        path: Mapping[str, str],
        route_failure: Failure | None = None,
    ) -> None:
        """Receive the request, let one unit of work answer it, send the answer after the commit."""
        began = self._house.machine.elapsed_seconds()
        try:
            request = await receive_request(scope, receive, self._limits)
        except ClientGone:
            return
        base_url = f"{request.scheme}://{request.header(b'host') or 'localhost'}{scope.get('root_path', '')}"

        def work(db: Connection) -> Outcome:
            return self._answer(db, request, operation, path, route_failure, base_url, began)

        try:
            outcome = await self._house.store.run(work)
        except StoreUnavailable as problem:
            log.error("%s %s: %s", request.method, request.path, problem.__cause__ or problem)
            self._house.sandboxes.forget_all()  # copies may have been read from what was not committed
            outcome = self._outside(STORE_UNAVAILABLE)
        except Exception:  # the one place where our own bugs end: they never wear the vendor's clothes
            log.exception("%s %s: internal error", request.method, request.path)
            outcome = self._outside(CRASH)
        self._house.witness.saw(
            outcome.request_id,
            self._vendor.name,
            operation.id if operation else None,
            outcome.answer.status,
            outcome.refused_by,
            self._house.machine.elapsed_seconds() - began,
        )
        await send_outcome(scope, receive, send, request, outcome)

    def _answer(
        self,
        db: Connection,
        request: Request,
        operation: Operation | None,
        path: Mapping[str, str],
        route_failure: Failure | None,
        base_url: str,
        began: float,
    ) -> Outcome:
        """Answer and write the journal; a refused handler is undone, a nonce claimed before stays."""
        call = self._call(db, request, operation, path, base_url)
        failure: Failure | None = None
        explanation: dict[str, Any] | None = None
        try:
            if route_failure is not None:
                raise route_failure
            answer = self._steps(call)
        except StoreUnavailable:
            raise
        except Failure as refusal:
            failure = refusal.with_traceback(None)  # it leads to this frame, and so back to itself
            answer = self._vendor.phrase(refusal, call)
            neighbours = Neighbours(db, self._house.sandboxes, call.sandbox, self._house.machine.now_ms())
            explanation = explained(self._vendor, call, refusal, neighbours)
        effect = call.effect
        if effect is not None and effect.damage is not None:
            answer = effect.damage(answer)
        settings = self._house.settings
        request_id = journal.write(
            call,
            answer,
            vendor=self._vendor.name,
            secret_fields=self._vendor.secret_fields,
            failure=failure,
            explanation=explanation,
            injected=effect.shown if effect else None,
            duration_us=round((self._house.machine.elapsed_seconds() - began) * 1_000_000),
            most=settings.journal_entries,
            most_bytes=settings.journal_bytes,
        )
        return Outcome(
            answer,
            call.now_ms,
            request_id,
            one_line(explanation) if explanation else None,
            effect,
            failure.check if failure else None,
        )

    def _call(
        self,
        db: Connection,
        request: Request,
        operation: Operation | None,
        path: Mapping[str, str],
        base_url: str,
    ) -> Call:
        """Find the sandbox that the credential opens; a credential of nobody belongs to `default`."""
        presented = self._vendor.presented(request, path)
        found = self._house.sandboxes.find(db, self._vendor.name, presented) if presented else None
        sandbox, subject = found or (self._house.sandboxes.default(db), None)
        return Call(
            request=request,
            operation=operation,
            db=db,
            sandbox=sandbox,
            subject=subject,
            now_ms=sandbox.clock.now_ms(self._house.machine.now_ms()),
            running_ms=self._house.running_ms(),
            base_url=base_url,
            trusted_proxies=self._house.settings.trusted_proxies,
            random_bytes=self._house.machine.random_bytes,
            path=path,
        )

    def _steps(self, call: Call) -> Answer:
        """The order of the steps is the design: access, errors on demand, reading, values, vendor's rules."""
        operation = call.operation
        assert operation is not None
        call.caller = self._vendor.admit(call)
        effect = preferred(call, self._vendor)
        if effect is None and call.sandbox.faults:
            effect = struck_by(call, self._vendor)
        call.effect = effect
        if effect is not None and effect.answer is not None:
            return effect.answer
        if call.request.unreadable is not None:
            raise call.request.unreadable
        values = self._vendor.read(call) if operation.reads is not None else None
        if effect is None and may_hold_magic(call):
            call.effect = magic(call, self._vendor, _query(call) if values is None else values)
            if call.effect is not None and call.effect.answer is not None:
                return call.effect.answer
        arguments: dict[str, Any] = {} if values is None else {"params": validated(call, values)}
        with call.db.savepoint():
            return operation.handler(call, **call.path, **arguments)

    def _outside(self, answer: Answer) -> Outcome:
        return Outcome(answer, self._house.machine.now_ms(), "none")


def validated(call: Call, values: Mapping[str, Any]) -> Any:
    """Return the operation's model of `values`, and note what no field of it reads.

    Raises:
        ValuesInvalid: with every problem in the order of the fields.
    """
    assert call.operation is not None
    model = call.operation.reads
    assert model is not None
    call.values = values
    call.unread = unread_fields(model, values)
    try:
        return model.model_validate(values)
    except ValidationError as problem:
        raise ValuesInvalid(
            [
                Problem(".".join(map(str, error["loc"])), error["type"], error["msg"])
                for error in problem.errors(include_url=False, include_context=False, include_input=False)
            ]
        ) from None


def _query(call: Call) -> Mapping[str, Any]:
    """Return the query of an operation that reads no parameters, as far as it can be read."""
    try:
        return dict(query_pairs(call.request))
    except RequestUnreadable:
        return {}


__all__ = ["House", "Journey", "Sandbox", "json_answer", "validated"]
