"""What a run may send: decided before a request is made, and once more in the transport."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from enum import IntEnum
from ipaddress import ip_address
from time import monotonic, sleep
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from contracts.ledger import Ledger, Made

# How long a server is left alone that limits the rate: where it does not say, and at most.
REST_SECONDS, LONGEST_REST_SECONDS = 5.0, 60.0
PER_SECOND_AFTER_A_LIMIT = 4.0
# What was made without an answer that names it, nobody can remove by the ledger.
MOST_UNSURE = 10


class Profile(IntEnum):
    """How far a run may go; each profile allows what the ones before it allow."""

    DRY = 0
    READONLY = 1
    STANDARD = 2
    FULL = 3

    @classmethod
    def named(cls, name: str) -> "Profile":
        return cls[name.upper()]

    @property
    def label(self) -> str:
        return self.name.lower()


class NotSent(Exception):
    """The request was held back; `reason` says by which rule."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BudgetSpent(NotSent):
    """The run has sent as many requests as it may."""


@dataclass(frozen=True)
class Sent:
    """What the rules look at: the operation, its path values and the flat set of its other values."""

    operation: str | None
    method: str
    path: str
    path_values: Mapping[str, str]
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class VendorRules:
    """What the rules have to know of one vendor.

    `touches` names the objects a changing request acts on, as (kind, id) pairs;
    `makes` names what an accepted request created; `changing_gets` are operations that change
    something although they can be called with GET, `reading_posts` the other way round; `creates` are
    operations of whose answer `makes` should find something; `lasting` where nothing can be removed again.
    """

    touches: Callable[[Sent, str], list[tuple[str, str]]]
    makes: Callable[[Sent, Any], list[Made]]
    removes: Callable[[Sent], list[tuple[str, str]]]
    changing_gets: frozenset[str] = frozenset()
    reading_posts: frozenset[str] = frozenset()
    creates: frozenset[str] = frozenset()
    lasting: bool = False


@dataclass
class Guard:
    """The rules of one run; `tag` marks every object that the run names itself."""

    profile: Profile
    origin: str
    rules: VendorRules
    ledger: Ledger
    tag: str
    budget: int
    per_second: float
    sent: int = 0
    refused_by_budget: bool = False
    # Numbers of the requests that may have created something that the ledger does not hold.
    unsure: list[int] = field(default_factory=list)
    _next_at: float = 0.0

    def allow(self, sent: Sent, origin: str) -> None:
        """Let the request pass, or raise NotSent with the reason."""
        if self.profile is Profile.DRY:
            raise NotSent("profile dry sends nothing")
        if origin != self.origin:
            raise NotSent(f"{origin} is not the server of this run")
        if self.sent >= self.budget:
            self.refused_by_budget = True
            raise BudgetSpent(f"the budget of {self.budget} requests is spent")
        if self.profile is Profile.READONLY:
            self._allow_reading(sent)
        if self.profile is Profile.STANDARD:
            self._allow_changing_own(sent)
        self.sent += 1

    def pace(self) -> None:
        """Wait until the next request is due under the rate limit."""
        if self.per_second <= 0:
            return
        wait = self._next_at - monotonic()
        if wait > 0:
            sleep(wait)
        self._next_at = max(self._next_at, monotonic()) + 1 / self.per_second

    def slow_down(self, retry_after: str) -> None:
        """Rest as long as the server says, within reason, and go on at half the rate."""
        rest = float(retry_after) if retry_after.isdecimal() else REST_SECONDS
        self._next_at = monotonic() + min(rest, LONGEST_REST_SECONDS)
        self.per_second = (self.per_second or 2 * PER_SECOND_AFTER_A_LIMIT) / 2

    def may_send(self, method: str, operation: str | None) -> bool:
        """Whether the profile lets this operation be called at all, before a request is built."""
        if self.profile is Profile.DRY:
            return False
        reads = method in {"GET", "HEAD"} and operation not in self.rules.changing_gets
        return reads or self.profile >= Profile.STANDARD

    def _allow_reading(self, sent: Sent) -> None:
        if sent.method not in {"GET", "HEAD"}:
            raise NotSent(f"profile readonly sends no {sent.method}")
        if sent.operation is None:
            raise NotSent("profile readonly calls documented operations only")
        if sent.operation in self.rules.changing_gets:
            raise NotSent(f"{sent.operation} changes something although it is a GET")

    def _allow_changing_own(self, sent: Sent) -> None:
        if sent.method in {"GET", "HEAD"} and sent.operation not in self.rules.changing_gets:
            return
        if sent.operation in self.rules.creates and len(self.unsure) >= MOST_UNSURE:
            raise NotSent(f"{MOST_UNSURE} creations were not confirmed: profile standard makes nothing more")
        if sent.operation is None:
            raise NotSent("profile standard changes nothing through undocumented operations")
        for kind, object_id in self.rules.touches(sent, self.tag):
            if not self.ledger.holds(kind, object_id):
                raise NotSent(f"profile standard leaves {kind} {object_id} alone: this run did not create it")


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_loopback(url: str) -> bool:
    """Whether the address is this machine by its text alone: names are not looked up."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def fields_of(url: str, content_type: str, body: bytes) -> dict[str, Any]:
    """Query and body as one flat set; a body that cannot be read gives nothing.

    A body is read in every way that a server might: some look at its first character, not at its type.
    """
    fields: dict[str, Any] = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    if content_type.lower().startswith("multipart/"):
        return fields | _parts(content_type, body)
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return fields | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return fields | found if isinstance(found, dict) else fields


def _parts(content_type: str, body: bytes) -> dict[str, Any]:
    """The fields of a multipart body; files are none."""
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    found = {}
    for part in message.iter_parts():
        disposition, payload = part["Content-Disposition"], part.get_payload(decode=True)
        if disposition is not None and part.get_filename() is None and isinstance(payload, bytes):
            found[str(disposition.params.get("name", ""))] = payload.decode("utf-8", "replace")
    return found
