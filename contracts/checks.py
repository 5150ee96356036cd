"""From a generated request and its answer to evidence, by way of the statements at the place concerned."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from contracts.documents import Json
from contracts.exchange import ABSENT, Answer, Exchange
from contracts.places import AnswerSchema, Fault, Path, answer_schema
from contracts.seen import Sightings
from contracts.surface import Operation, Surface
from contracts.verdict import Evidence, Sight

# Below this share of accepted well-formed requests a refusal says nothing about the reason.
ENOUGH_ACCEPTED = 0.25
REFUSALS_OF_ACCESS = frozenset({401, 403})


class Intent(Enum):
    """What the generator meant the request to be."""

    WELL_FORMED = "well-formed"
    BROKEN = "broken"
    # The request says one content type and sends another: only a crash is a finding.
    PROBE = "probe"


@dataclass(frozen=True)
class Facts:
    """What is known of a generated request.

    `about` is the field it is about, `place` the definition of that field with its statements,
    `what` says in words what was done to it, `sent` are the fields it carries and their definitions.
    """

    operation: Operation
    intent: Intent
    what: str
    about: str | None
    place: dict[str, Any]
    sent: dict[str, dict[str, Any]]

    missing: bool = False
    about_access: bool = False

    @property
    def broken_statement(self) -> str | None:
        """The statement that demands the refusal: the rule for values, else the place's own."""
        statements = (not self.missing and self.place.get("x-rule")) or self.place.get("x-statements")
        return str(statements[0]) if statements else None


@dataclass
class OperationChecks:
    """Judges the answers of one operation; a refusal counts only when well-formed requests got through."""

    surface: Surface
    operation: Operation
    sightings: Sightings
    evidence: list[Evidence] = field(default_factory=list)
    _well_formed: int = 0
    _accepted: int = 0
    _refusals: list[Evidence] = field(default_factory=list)

    def judge(self, facts: Facts, exchange: Exchange) -> None:
        """Take one exchange in."""
        answer = exchange.answer
        if answer is None or exchange.error:
            self.sightings.add(self.operation.id, "no answer", exchange.error, exchange.number)
            return
        if facts.intent is not Intent.PROBE:
            self._judge_request(facts, answer, exchange)
        self.evidence += judge_answer(self.surface, self.operation, exchange, self.sightings)

    def finish(self) -> list[Evidence]:
        """All evidence of the operation, with the refusals weighed at last."""
        enough = self._accepted > 0 and self._accepted >= ENOUGH_ACCEPTED * self._well_formed
        if enough:
            self.evidence += self._refusals
        else:
            counted = f"{self._accepted} of {self._well_formed}"
            why = f"{counted} well-formed requests were accepted, too few to know why"
            self.evidence += [
                Evidence(look.statement, Sight.UNCLEAR, look.origin, f"{look.seen}, but {why}", look.exchange)
                for look in self._refusals
            ]
        return self.evidence

    def _judge_request(self, facts: Facts, answer: Answer, exchange: Exchange) -> None:
        # A redirect is an answer of the operation only where it is documented, not one to a sign-in page.
        accepted = answer.succeeded or (
            answer.accepted and self.surface.response(self.operation, answer.status) is not None
        )
        if facts.intent is Intent.WELL_FORMED:
            self._well_formed += 1
            if accepted:
                self._accepted += 1
                self._note_taken(facts, exchange)
            elif answer.refused:
                self.sightings.add(
                    self.operation.id, "refusal", f"{facts.what}: {answer.status}", exchange.number
                )
            return
        statement, origin, number = facts.broken_statement, exchange.origin, exchange.number
        if statement is None:
            return
        if accepted:
            seen = f"{self.operation.id} accepted a broken request ({facts.what}): {answer.status}"
            self.evidence.append(Evidence(statement, Sight.AGAINST, origin, seen, number))
        elif answer.status in REFUSALS_OF_ACCESS and not facts.about_access:
            # Refused at the door, so the field was never looked at: the wrong reason.
            self.sightings.add(
                self.operation.id, "refusal of access", f"{facts.what}: {answer.status}", number
            )
        elif answer.refused:
            seen = f"{self.operation.id} refused a broken request ({facts.what}): {answer.status}"
            self._refusals.append(Evidence(statement, Sight.FOR, origin, seen, number))

    def _note_taken(self, facts: Facts, exchange: Exchange) -> None:
        """The operation is there, and took every field of the request as its statement says."""
        for statement in self.operation.statements[:1]:
            seen = f"{self.operation.id} is served"
            self.evidence.append(Evidence(statement, Sight.FOR, exchange.origin, seen, exchange.number))
        for name, place in facts.sent.items():
            for statement in place.get("x-statements", ())[:1]:
                seen = f"{self.operation.id} accepted {name}"
                self.evidence.append(Evidence(statement, Sight.FOR, exchange.origin, seen, exchange.number))


def judge_answer(
    surface: Surface, operation: Operation, exchange: Exchange, sightings: Sightings
) -> list[Evidence]:
    """Hold one answer against the document: status, content type, headers, body."""
    answer, number, origin = exchange.answer, exchange.number, f"document.{operation.row}"
    response = surface.response(operation, answer.status) if answer is not None else None
    if answer is None:
        return []
    if response is None:
        kind = "server error" if answer.status >= 500 else "status"
        sightings.add(operation.id, kind, str(answer.status), number)
        return []
    headers = {name: surface.definition(header) for name, header in response.get("headers", {}).items()}
    sightings.add_headers(operation.id, answer.headers, headers, number)
    evidence = list(_looks_at_headers(headers, exchange, operation, answer))
    statements = [str(one) for one in response.get("x-statements", ())]
    # An error answer has many causes: there only the leading statement is about the answer itself.
    statements = statements if answer.accepted else statements[:1]
    media_types = list(response.get("content", {}))
    if media_types and answer.content_type not in media_types:
        received = answer.content_type or "no content type"
        seen = f"{operation.id} answered {answer.status} as {received}, not {media_types[0]}"
        return evidence + [Evidence(one, Sight.AGAINST, origin, seen, number) for one in statements[:1]]
    schema = answer_schema(surface, operation, answer.status)
    faults: list[Fault] = []
    if schema is not None:
        parsed = answer.json
        body = None if parsed is ABSENT else parsed
        if sightings.is_familiar(operation.row, answer.status) and schema.fits(body):
            return evidence
        faults = list(schema.faults(body))
        evidence += _looks_at_body(schema, body, exchange, operation, faults)
        for name in schema.extra_fields(body):
            sightings.add(operation.id, "field", name, number)
    if all(fault.extra_field for fault in faults):
        seen = f"{operation.id} answered {answer.status} as documented"
        evidence += [Evidence(one, Sight.FOR, origin, seen, number) for one in statements]
    return evidence


def _looks_at_headers(
    headers: dict[str, Json], exchange: Exchange, operation: Operation, answer: Answer
) -> Iterator[Evidence]:
    origin = f"document.{operation.row}"
    for name, definition in headers.items():
        value, statements = answer.header(name), definition.get("x-statements", ())[:1]
        whole = definition.get("schema", {}).get("type") != "integer" or (value.isascii() and value.isdigit())
        if definition.get("required") and (not value or not whole):
            seen = f"{operation.id} answered without a usable {name}"
            yield from (Evidence(one, Sight.AGAINST, origin, seen, exchange.number) for one in statements)
        elif value:
            seen = f"{operation.id} answered {name}: {value}"
            yield from (Evidence(one, Sight.FOR, origin, seen, exchange.number) for one in statements)


def _looks_at_body(
    schema: AnswerSchema, body: Any, exchange: Exchange, operation: Operation, faults: list[Fault]
) -> Iterator[Evidence]:
    for fault in faults:
        if not fault.extra_field and fault.statement is not None:
            seen = f"{_place(operation, fault.path)} breaks its schema: {fault.message}"
            yield Evidence(fault.statement, Sight.AGAINST, f"document.{operation.row}", seen, exchange.number)
    for path, statement in schema.kept(body, [fault.path for fault in faults]):
        seen = f"{_place(operation, path)} is as documented"
        yield Evidence(statement, Sight.FOR, f"document.{operation.row}", seen, exchange.number)


def _place(operation: Operation, path: Path) -> str:
    return f"{'/'.join(map(str, path)) or 'the body'} in an answer of {operation.id}"
