"""What can go wrong, said by the building; each room says how its vendor puts it.

    Failure
    ├── AccessRefused               a check at the door failed; `check` names it
    │   ├── CredentialMissing       nothing presented where the scheme wants it
    │   ├── CredentialMalformed     presented, but not in the form the scheme wants
    │   ├── CredentialUnknown       well-formed, but nobody's
    │   ├── AddressNotAllowed       the caller's address is on no allowed network
    │   ├── SignatureMismatch       another text or another secret was signed
    │   ├── TimestampOutsideWindow  too old or too far ahead
    │   ├── NonceReused             already used within its memory
    │   └── TokenRefused            a JWT that must not be believed; `problem` says why
    ├── RequestUnreadable           the bytes cannot be read as what they claim to be
    │   ├── BodyTooLarge
    │   ├── BodyTooSlow
    │   └── BodyMalformed
    ├── RouteUnknown                no operation has this path
    ├── MethodNotAllowed            the path exists, the method does not
    ├── ValuesInvalid               fields are missing or wrong; `problems` lists them
    ├── VendorRefusal               a room's own answer, already in the vendor's words
    └── StoreUnavailable            nothing was stored; try again

No status codes here: facts are attributes, and `facts()` hands them to the explanation.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, ClassVar


class Failure(Exception):
    """Anything that ends a request before its handler has answered."""

    check: str = "request"
    reason: ClassVar[str] = "The request was refused."

    def facts(self) -> dict[str, Any]:
        """Return the attributes of this failure as JSON-ready values."""
        return {item.name: getattr(self, item.name) for item in fields(self)} if is_dataclass(self) else {}

    def __str__(self) -> str:
        return self.reason


class AccessRefused(Failure):
    """A check at the door failed."""


@dataclass(eq=False)
class CredentialMissing(AccessRefused):
    """Nothing was presented at `place`."""

    check: str = "credential"
    place: str = ""
    reason: ClassVar[str] = "No credential was presented."


@dataclass(eq=False)
class CredentialMalformed(AccessRefused):
    """Something was presented at `place`, but `problem` keeps it from being read."""

    check: str = "credential"
    place: str = ""
    problem: str = ""
    reason: ClassVar[str] = "The credential cannot be read."


@dataclass(eq=False)
class CredentialUnknown(AccessRefused):
    """A well-formed credential at `place` that belongs to nobody."""

    check: str = "credential"
    place: str = ""
    reason: ClassVar[str] = "The credential belongs to nobody."


@dataclass(eq=False)
class AddressNotAllowed(AccessRefused):
    """The caller's `address` (None: not to be found out) is on none of `networks`."""

    check = "address"
    address: str | None
    peer: str | None
    networks: list[str]
    problem: str = ""
    reason: ClassVar[str] = "The caller's address is not on the allowlist."


@dataclass(eq=False)
class SignatureMismatch(AccessRefused):
    """The signature fits none of the texts the server would have signed."""

    check = "signature"
    presented: str
    strings_to_sign: dict[str, str] = field(default_factory=dict)
    reason: ClassVar[str] = "The signature does not match."


@dataclass(eq=False)
class TimestampOutsideWindow(AccessRefused):
    """`timestamp_ms` is further than `tolerance_seconds` from the server's `now_ms`."""

    check = "timestamp"
    timestamp_ms: int
    now_ms: int
    tolerance_seconds: int
    reason: ClassVar[str] = "The timestamp is outside the accepted window."


@dataclass(eq=False)
class NonceReused(AccessRefused):
    """`nonce` was accepted before, at `first_seen_ms`, and is remembered until `remembered_until_ms`."""

    check = "nonce"
    nonce: str
    first_seen_ms: int
    remembered_until_ms: int
    reason: ClassVar[str] = "The nonce was used before."


@dataclass(eq=False)
class TokenRefused(AccessRefused):
    """A JWT that must not be believed: `problem` says why, `claims` what it said (unverified)."""

    check = "token"
    problem: str
    header: dict[str, Any] | None = None
    claims: dict[str, Any] | None = None
    now_ms: int | None = None
    reason: ClassVar[str] = "The token is not acceptable."

    def __str__(self) -> str:
        return f"The token is not acceptable: {self.problem}."


class RequestUnreadable(Failure):
    """The bytes of the request cannot be read as what they claim to be."""

    check = "reading"


@dataclass(eq=False)
class BodyTooLarge(RequestUnreadable):
    """The body is, or says it is, longer than `limit_bytes`."""

    limit_bytes: int
    reason: ClassVar[str] = "The body is too large."


@dataclass(eq=False)
class BodyTooSlow(RequestUnreadable):
    """The body did not arrive within `limit_seconds`."""

    limit_seconds: float
    reason: ClassVar[str] = "The body did not arrive in time."


@dataclass(eq=False)
class BodyMalformed(RequestUnreadable):
    """The body is not what its content type says; `problem` is one sentence."""

    problem: str
    reason: ClassVar[str] = "The body cannot be read."

    def __str__(self) -> str:
        return f"The body cannot be read: {self.problem}."


class RouteUnknown(Failure):
    """No operation of the vendor has this path."""

    check = "route"
    reason: ClassVar[str] = "The vendor has no such path."


@dataclass(eq=False)
class MethodNotAllowed(Failure):
    """The path exists, but only with the methods in `allow`."""

    check = "route"
    allow: list[str]
    reason: ClassVar[str] = "The path exists, the method does not."


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one field: `rule` is short and stable, `message` the vendor's sentence."""

    field: str
    rule: str
    message: str = ""


@dataclass(eq=False)
class ValuesInvalid(Failure):
    """Fields are missing or wrong, in the order of the declaration."""

    check = "values"
    problems: list[Problem]
    reason: ClassVar[str] = "Fields are missing or wrong."

    def facts(self) -> dict[str, Any]:
        """Return the problems as plain objects."""
        return {"problems": [vars(problem) for problem in self.problems]}


@dataclass(eq=False)
class VendorRefusal(Failure):
    """A room's own refusal, already in the vendor's words; `statements` say who printed it."""

    check = "rules"
    status: int
    body: Any
    statements: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    reason: ClassVar[str] = "The vendor's own rules refuse it."

    def facts(self) -> dict[str, Any]:
        """Return the statements behind the refusal."""
        return {"statements": list(self.statements)}


class StoreUnavailable(Failure):
    """The store cannot take this now; nothing of the request was stored."""

    check = "store"
    reason: ClassVar[str] = "The store cannot be written at the moment."


class UsageError(Exception):
    """A command or setting that cannot work; the message says what to do instead."""
