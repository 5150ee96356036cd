"""What a named contract works with: it sends requests and notes which statements the answers support."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from contracts.credentials import Credentials
from contracts.exchange import Answer, Exchange, NoAnswer
from contracts.runclock import RunClock
from contracts.safety import NotSent, Profile
from contracts.statements import load_statements
from contracts.vendors import Vendor
from contracts.verdict import Evidence, Sight

if TYPE_CHECKING:
    from contracts.admin import Admin
    from contracts.door import Door

Ids = str | tuple[str, ...]

EXCERPT_CHARACTERS = 200


class Stop(Exception):
    """The contract cannot go on; what it has not judged yet stays undecided for this reason."""


class NotServed(Stop):
    """The mock says itself that it does not serve this operation: nothing can be told about it."""


@dataclass
class Bench:
    """One per run; `origin` is the contract that is running."""

    vendor: Vendor
    door: "Door"
    credentials: Credentials
    clock: RunClock
    admin: "Admin | None"
    profile: Profile
    tag: str
    sign_url_ids: bool = True
    # The operations a mock says it serves; None means all of the document.
    served: set[str] | None = None
    origin: str = ""
    evidence: list[Evidence] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    # What contracts share to save requests, such as an exam that several of them look at.
    shelf: dict[str, Any] = field(default_factory=dict)
    last: Exchange | None = None
    # Holds every answer against the document, whatever the contract itself looks at.
    watch: Callable[[Exchange], None] = lambda _: None
    _counter: int = 0

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        json_body: Any = None,
        form: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        sign: bool = True,
        source_address: str | None = None,
    ) -> Answer:
        """Send one request; with `sign` the vendor's credentials are put in on the way out.

        `path` is below the base URL, or a whole address that an answer gave.

        Raises: Stop when no usable answer came or the profile forbids the request, ServerGone.
        """
        self._refuse_unserved(method, path)
        sent_headers, sent_query = dict(headers or {}), dict(query or {})
        if sign:
            self.vendor.ask_for_credentials(method, path, sent_headers, sent_query)
        data: Any = body if body is not None else form
        if json_body is not None:
            data = json.dumps(json_body, ensure_ascii=False).encode()
            sent_headers.setdefault("Content-Type", "application/json")
        url = path if "://" in path else self.door.base_url + path
        prepared = self.door.prepare(
            method, url, params=sent_query, data=data, files=files, headers=sent_headers
        )
        door = self.door if source_address is None else self.door.from_address(source_address)
        try:
            self.last = door.send(prepared, self.origin)
        except NoAnswer as error:
            self.last = self.door.exchanges[-1]
            raise Stop(f"{method} {path}: {error}") from error
        except NotSent as error:
            raise Stop(error.reason) from error
        assert self.last.answer is not None
        self.watch(self.last)
        return self.last.answer

    def holds(self, ids: Ids, condition: Any, expected: str) -> bool:
        """Note that the statements hold, or are violated, by the last answer.

        `expected` is a noun phrase: what the statement demands of this answer.
        """
        if condition:
            self._note(ids, Sight.FOR, expected)
        else:
            self._note(ids, Sight.AGAINST, f"expected {expected}, but {self.describe()}")
        return bool(condition)

    def must(self, ids: Ids, condition: Any, expected: str) -> None:
        """Like `holds`, and the contract ends here when it fails.

        One answer that did not come cannot violate ten statements: the first documented one stands for it,
        the others could not be looked at.
        """
        if self.holds(ids, condition, expected) or not isinstance(ids, tuple):
            self.need(condition, f"expected {expected}")
            return
        statements = load_statements(self.vendor.name)
        leading = next((one for one in ids if statements[one].evidence == "documented"), ids[0])
        del self.evidence[-len(ids) :]
        self.holds(leading, condition, expected)
        why = f"could not be looked at: expected {expected}, but {self.describe()}"
        self.unclear(tuple(one for one in ids if one != leading), why)
        raise Stop(why)

    def unclear(self, ids: Ids, why: str) -> None:
        """Note that the statements were exercised but the answer could have another reason."""
        self._note(ids, Sight.UNCLEAR, why)

    def not_exercised(self, ids: Ids, why: str) -> None:
        for statement in _as_tuple(ids):
            self.reasons.setdefault(statement, why)

    def need(self, condition: Any, what: str) -> None:
        """Stop the contract unless a precondition is there."""
        if not condition:
            raise Stop(f"{what}: {self.describe()}")

    def describe(self) -> str:
        """The last exchange in half a sentence."""
        if self.last is None or self.last.answer is None:
            return "nothing was answered"
        request, answer = self.last.request, self.last.answer
        return f"{request.method} {request.path} answered {answer.status} {excerpt(answer)}".rstrip()

    def unique(self, word: str) -> str:
        """A name that nobody else uses and that shows which run made it."""
        self._counter += 1
        return f"{self.tag}-{word}-{self._counter}"

    def email(self) -> str:
        return f"{self.unique('candidate')}@example.com"

    def _refuse_unserved(self, method: str, path: str) -> None:
        match = self.door.surface.match(method, path.partition("?")[0])
        if self.served is not None and match is not None and match.operation.id not in self.served:
            raise NotServed(f"this mock does not serve {match.operation.id}")

    def _note(self, ids: Ids, sight: Sight, seen: str) -> None:
        number = self.last.number if self.last is not None else None
        for statement in _as_tuple(ids):
            self.evidence.append(Evidence(statement, sight, self.origin, seen, number))


def excerpt(answer: Answer) -> str:
    """Enough of an answer to see what it is: a page by its title, a redirect by where it leads to."""
    title, location = answer.page_title, answer.header("location")
    if title is not None:
        return f"with the web page {title!r}" if title else "with a web page"
    if 300 <= answer.status < 400 and location:
        return f"to {location[:EXCERPT_CHARACTERS]}"
    try:
        whole = answer.body.decode()
    except UnicodeDecodeError:
        return f"({len(answer.body)} bytes that are no text)"
    text = " ".join(whole[:EXCERPT_CHARACTERS].split())
    return text + ("…" if len(whole) > EXCERPT_CHARACTERS else "")


def judged(evidence: Iterable[Evidence], origin: str) -> set[str]:
    """The statements a contract has said anything about."""
    return {look.statement for look in evidence if look.origin == origin}


def _as_tuple(ids: Ids) -> tuple[str, ...]:
    return (ids,) if isinstance(ids, str) else ids
