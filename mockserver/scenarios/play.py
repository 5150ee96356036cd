"""Playing a scenario against a sandbox, step by step."""

from __future__ import annotations

import contextlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mockserver.client.duration import read_seconds
from mockserver.client.entries import short
from mockserver.client.http import AnswerBroken, exchange
from mockserver.client.sandbox import SandboxHandle
from mockserver.errors import UsageError
from mockserver.scenarios.document import Document, ScenarioInvalid
from mockserver.scenarios.expectation import missing, of_reply, shown
from mockserver.scenarios.kept import filled, keep
from mockserver.scenarios.receiver import receiving
from mockserver.scenarios.script import (
    Advance,
    Control,
    Count,
    Event,
    Expected,
    Fault,
    Reset,
    Script,
    Send,
    SetClock,
    Settings,
    Step,
    Webhook,
)
from mockserver.signing.wish import FilePart, SignedRequest, Wish

OVERRIDES = ("nonce", "timestamp", "signature", "exp", "path_ids")


@dataclass(frozen=True)
class Played:
    """One step as it went: what was done, and what was not as expected."""

    number: int
    where: str
    what: str
    problems: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Whether everything was as expected."""
        return not self.problems


@dataclass
class Play:
    """A scenario while it is played; `kept` holds the values that steps have kept by name."""

    sandbox: SandboxHandle
    document: Document
    folder: Path
    kept: dict[str, Any] = field(default_factory=dict)
    last: SignedRequest | None = None
    done: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)


def play(script: Script, document: Document, sandbox: SandboxHandle) -> Iterator[Played]:
    """Play each step until one does not hold.

    Raises:
        UsageError: a step cannot be carried out; the message names its line.
    """
    running = Play(sandbox, document, Path(document.name).parent)
    with contextlib.ExitStack() as listening:
        try:
            if script.receiver:
                running.kept["receiver"] = listening.enter_context(receiving(sandbox))
            if script.settings:
                sandbox.settings(filled(script.settings, running.kept))
            if script.clock:
                _set_clock(sandbox, script.clock)
        except UsageError as problem:
            raise ScenarioInvalid(f"{document.name}: {problem}") from problem
        yield from _steps(running, script)


def _steps(play: Play, script: Script) -> Iterator[Played]:
    for index, step in enumerate(script.steps):
        where = play.document.where(("steps", index))
        try:
            what, problems = _carry_out(play, step)
        except UsageError as problem:
            raise ScenarioInvalid(f"{where}: {problem}") from problem
        played = Played(index + 1, where, step.name or what, tuple(problems))
        yield played
        if not played.held:
            return


def _carry_out(play: Play, step: Step) -> tuple[str, list[str]]:
    """Do one step; return what was done and what was not as expected."""
    sandbox = play.sandbox
    match step:
        case Send():
            return _send(play, step)
        case Advance():
            seconds = step.advance if isinstance(step.advance, float) else read_seconds(step.advance)
            return f"advance {step.advance}: {sandbox.clock.advance(seconds).isoformat()}", []
        case SetClock():
            return f"clock {step.clock}", _set_clock(sandbox, filled(step.clock, play.kept))
        case Settings():
            sandbox.settings(filled(step.settings, play.kept))
            return f"settings {', '.join(step.settings)}", []
        case Fault():
            sandbox.control("faults.add", filled(step.fault, play.kept))
            return f"fault {shown(step.fault)}", []
        case Event():
            sandbox.control("events.create", filled(step.event, play.kept))
            return f"event {shown(step.event)}", []
        case Webhook():
            return _webhook(play, step)
        case Reset():
            sandbox.reset()
            return "reset", []
        case Count():
            found = sandbox.control("requests.count", filled(step.count, play.kept))["count"]
            problems = [] if found == step.expect else [f"expected {step.expect}, found {found}"]
            return f"count {shown(step.count)}: {found}", problems
        case Control():
            return _control(play, step)


def _send(play: Play, step: Send) -> tuple[str, list[str]]:
    if step.send == "again":
        if play.last is None:
            raise UsageError("there is no request before this one to send again")
        request = play.last
    else:
        vendor, method, path = filled(step.send, play.kept).split()
        request = play.sandbox.sign(vendor, _wish(play, step, method, path))
    play.last = request
    try:
        reply = exchange(request.method, request.url, request.headers, request.body)
    except AnswerBroken as problem:
        return f"send {step.send}: no answer", [] if step.expect.no_answer else [str(problem)]
    entry = None if reply.ok else play.sandbox.entry_of(reply)
    expected = Expected.model_validate(filled(step.expect.model_dump(exclude_unset=True), play.kept))
    problems = list(of_reply(expected, reply, entry))
    if problems and entry:
        problems += short(entry)
    if step.keep and not problems:
        keep(play.kept, step.keep, reply.json())
    return f"send {step.send}: {reply.status}", problems


def _webhook(play: Play, step: Webhook) -> tuple[str, list[str]]:
    sent = list(reversed(play.sandbox.control("deliveries.settle")))
    if step.webhook == "again":
        found = [one for one in sent if play.looked_at and one["delivery_id"] == play.looked_at[-1]]
    else:
        fresh = [one for one in sent if one["delivery_id"] not in play.looked_at]
        found = [one for one in fresh if one["webhook"] == step.webhook]
    if not found:
        names = ", ".join(one["webhook"] for one in sent if one["delivery_id"] not in play.looked_at)
        return f"webhook {step.webhook}", [f"none was sent; not looked at yet: {names or 'none'}"]
    delivery = found[0]
    if step.webhook != "again":
        play.looked_at.append(delivery["delivery_id"])
    attempts = delivery["attempts"]
    status = attempts[-1]["status"] if attempts else None
    problems = []
    if "body" in step.model_fields_set:
        problems = list(missing(filled(step.body, play.kept), delivery["body"], "body"))
    if step.answered is not None and status != step.answered:
        answer = attempts[-1]["problem"] or attempts[-1]["answer"] if attempts else "not sent yet"
        problems.append(f"answered: expected {step.answered}, got {status} ({answer})")
    if step.attempts is not None and len(attempts) != step.attempts:
        problems.append(f"attempts: expected {step.attempts}, got {len(attempts)}")
    if not problems:
        keep(play.kept, step.keep, delivery["body"])
    return f"webhook {delivery['webhook']}: {status}", problems


def _wish(play: Play, step: Send, method: str, path: str) -> Wish:
    overrides = {
        name: str(filled(getattr(step, name), play.kept))
        for name in OVERRIDES
        if getattr(step, name) is not None
    }
    return Wish(
        method=method.upper(),
        path=path,
        parameters=filled(step.parameters, play.kept),
        form=step.form,
        files=tuple(_file(name, play.folder / path) for name, path in step.files.items()),
        raw_body=None if step.body is None else filled(step.body, play.kept).encode(),
        headers=tuple(filled(step.headers, play.kept).items()),
        overrides=overrides,
    )


def _file(name: str, path: Path) -> FilePart:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    try:
        return FilePart(name, str(path), path.name, kind, path.read_bytes())
    except OSError as problem:
        raise UsageError(f"the file {path} cannot be read: {problem.strerror}") from None


def _set_clock(sandbox: SandboxHandle, at: str) -> list[str]:
    if at == "real":
        sandbox.clock.real()
    else:
        sandbox.clock.freeze(at)
    return []


def _control(play: Play, step: Control) -> tuple[str, list[str]]:
    answer = play.sandbox.api.carry_out(
        step.control, {"sandbox_id": play.sandbox.id, **filled(step.values, play.kept)}
    )
    problems = []
    if "expect" in step.model_fields_set:
        problems = list(missing(filled(step.expect, play.kept), answer, "answer"))
    if not problems:
        keep(play.kept, step.keep, answer)
    return f"control {step.control}", problems
