"""What can go wrong with Constructor's tokens."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from mockserver.access.jwt_token import Token
from mockserver.body import MULTIPART, query_pairs
from mockserver.errors import AccessRefused, CredentialMalformed, CredentialMissing
from mockserver.seeded_faults.changing import Function, change_refusal, with_text, wrap, wrap_part
from mockserver.seeded_faults.fault import Faults
from mockserver.vendor import Call
from mockserver.vendors.constructor import VENDOR, auth

FAULTS = Faults("constructor")
HEADER_CALLS = "sessions.status"
SEGMENTS = 3


@FAULTS.add("signature-ignored", breaks="CP-015 CP-018 CP-257", at=HEADER_CALLS)
def signature_ignored() -> None:
    """A token counts whoever signed it."""
    wrap(auth, "check_signature", lambda _: lambda *_: None)


@FAULTS.add("data-signature-ignored", breaks="CP-024 CP-257", at="sessions.start")
def data_signature_ignored() -> None:
    """The token of a start counts whoever signed it."""
    wrap(
        auth,
        "check_signature",
        lambda real: lambda token, secret: None if "sessionId" in token.claims else real(token, secret),
    )


@FAULTS.add("empty-secret", breaks="CP-015", at=HEADER_CALLS)
def empty_secret() -> None:
    """A token signed with nothing is as good as one signed with the secret."""
    _accept_also(lambda token, _: hmac.digest(b"", token.signing_input, hashlib.sha256))


@FAULTS.add("alg-none", breaks="CP-015 CP-257", at=HEADER_CALLS)
def alg_none() -> None:
    """A token may say that it is not signed."""
    _accept_unless(lambda token: str(token.header.get("alg")).lower() == "none" and not token.signature)


@FAULTS.add("alg-none-in-form", breaks="CP-024", at="sessions.start")
def alg_none_in_form() -> None:
    """The token of a start may say that it is not signed."""
    _accept_unless(lambda token: token.header.get("alg") == "none" and "sessionId" in token.claims)


@FAULTS.add("hs512", breaks="CP-015 CP-257", at=HEADER_CALLS)
def hs512() -> None:
    """A token may be signed with HS512."""
    _accept_also(lambda token, secret: hmac.digest(secret, token.signing_input, hashlib.sha512))


@FAULTS.add("header-unread", breaks="CP-015", at=HEADER_CALLS)
def header_unread() -> None:
    """Whatever its header says, a token is verified with HS256."""
    _accept_also(lambda token, secret: hmac.digest(secret, token.signing_input, hashlib.sha256))


@FAULTS.add("expiry-ignored", breaks="CP-016 CP-018", at=HEADER_CALLS)
def expiry_ignored() -> None:
    """An expired token is as good as a fresh one."""
    wrap(auth, "check_lifetime", lambda real: lambda token, **given: real(token, **{**given, "now_ms": 0}))


@FAULTS.add("expiry-within-an-hour", breaks="CP-017", at=HEADER_CALLS)
def expiry_within_an_hour() -> None:
    """A token counts for an hour after its end."""
    wrap(
        auth,
        "check_lifetime",
        lambda real: lambda token, **given: real(token, **{**given, "leeway_seconds": 3599}),
    )


@FAULTS.add("no-expiry", breaks="CP-016", at=HEADER_CALLS)
def no_expiry() -> None:
    """A token in the header needs no exp."""
    wrap(
        auth,
        "check_lifetime",
        lambda real: lambda token, **given: real(token, **{**given, "required": False}),
    )


@FAULTS.add("data-expiry-ignored", breaks="CP-257", at="sessions.start")
def data_expiry_ignored() -> None:
    """The exp of a data token does not count."""
    wrap(
        auth,
        "check_lifetime",
        lambda real: lambda token, **given: real(token, **given) if given["required"] else None,
    )


@FAULTS.add("expiry-as-text", breaks="CP-016", at=HEADER_CALLS)
def expiry_as_text() -> None:
    """exp may be a text of digits."""

    def make(real: Function) -> Function:
        def check(token: Token, **given: Any) -> None:
            expiry = token.claims.get("exp")
            if isinstance(expiry, str) and expiry.isascii() and expiry.isdigit():
                token.claims["exp"] = int(expiry)
            real(token, **given)

        return check

    wrap(auth, "check_lifetime", make)


@FAULTS.add("bearer-accepted", breaks="CP-012", at=HEADER_CALLS)
def bearer_accepted() -> None:
    """The token is taken under the scheme Bearer as well."""
    wrap(
        auth,
        "token_from_header",
        lambda real: lambda value, *, scheme: real(value and value.replace("Bearer ", "JWT "), scheme=scheme),
    )


@FAULTS.add("bare-token", breaks="CP-012", at=HEADER_CALLS)
def bare_token() -> None:
    """The token is taken without its scheme."""
    wrap(
        auth,
        "token_from_header",
        lambda real: (
            lambda value, *, scheme: value if value and " " not in value else real(value, scheme=scheme)
        ),
    )


@FAULTS.add("token-in-query", breaks="CP-012", at=HEADER_CALLS)
def token_in_query() -> None:
    """A token in the query opens the calls of the client system."""

    def make(real: Function) -> Function:
        def sent(call: Call) -> Any:
            try:
                return real(call)
            except CredentialMissing:
                found = dict(query_pairs(call.request)).get("token")
                if found is None:
                    raise
                return found

        return sent

    wrap(auth, "sent_token", make)


@FAULTS.add("padded-token", breaks="CP-257", at=HEADER_CALLS)
def padded_token() -> None:
    """A token may be padded."""
    wrap(auth, "read_token", lambda real: lambda text: real(text.rstrip("=")))


@FAULTS.add("further-segments", breaks="CP-257", at=HEADER_CALLS)
def further_segments() -> None:
    """What comes behind the third segment does no harm."""
    wrap(auth, "read_token", lambda real: lambda text: real(".".join(text.split(".")[:SEGMENTS])))


@FAULTS.add("finish-without-token", breaks="CP-012", at="sessions.finish")
def finish_without_token() -> None:
    """Finishing a session asks for no token."""
    wrap_part(
        VENDOR,
        "admit",
        lambda real: lambda call: None if call.operation.id == "sessions.finish" else real(call),
    )


@FAULTS.add("archive-open", breaks="CP-180", at="sessions.archive")
def archive_open() -> None:
    """The archive opens to expired tokens."""
    wrap(
        auth,
        "check_lifetime",
        lambda real: (
            lambda token, **given: (
                None if "userId" in token.claims and "examId" not in token.claims else real(token, **given)
            )
        ),
    )


@FAULTS.add("multipart-unread", breaks="CP-031", at="sessions.start")
def multipart_unread() -> None:
    """The token is not found in a multipart form."""

    def make(real: Function) -> Function:
        def sent(call: Call) -> Any:
            if call.request.content_type == MULTIPART:
                raise CredentialMalformed(check="token", place="token", problem="multipart is not read")
            return real(call)

        return sent

    wrap(auth, "sent_token", make)


@FAULTS.add("get-refused", breaks="CP-032", at="sessions.start")
def get_refused() -> None:
    """A start by GET is refused."""

    def make(real: Function) -> Function:
        def sent(call: Call) -> Any:
            if call.request.method == "GET" and call.request.path.endswith("/start/"):
                raise CredentialMissing(check="token", place="token")
            return real(call)

        return sent

    wrap(auth, "sent_token", make)


@FAULTS.add("any-integration", breaks="CP-005", at=HEADER_CALLS)
def any_integration() -> None:
    """An integration that nobody has is the one of the default account, whoever signs."""
    wrap_part(
        VENDOR,
        "presented",
        lambda real: (
            lambda request, path: (
                auth.DEFAULT_CREDENTIALS["integration_name"]
                if str(path.get("integration_name")).endswith("-nobody")
                else real(request, path)
            )
        ),
    )
    _accept_unless(lambda token: set(token.claims) == {"exp"} and token.header.get("alg") == "HS256")


@FAULTS.add("refused-in-other-words", breaks="CP-259", at=HEADER_CALLS)
def refused_in_other_words() -> None:
    """A refused token has another message."""
    change_refusal(VENDOR, AccessRefused, with_text("Invalid token.", "Signature has expired."))


def _accept_unless(unsigned: Any) -> None:
    """Take tokens for which `unsigned` is true without looking at their signature."""
    wrap(
        auth,
        "check_signature",
        lambda real: lambda token, secret: None if unsigned(token) else real(token, secret),
    )


def _accept_also(signature_of: Any) -> None:
    """Take tokens with one more signature."""

    def make(real: Function) -> Function:
        def check(token: Token, secret: bytes) -> None:
            if signature_of(token, secret) != token.signature:
                real(token, secret)

        return check

    wrap(auth, "check_signature", make)
