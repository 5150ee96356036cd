"""Who may call: a JWT in the header, or one that carries all data of a browser's call (CP-012, CP-024).

The integration name of the path says whose secret must have signed it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from mockserver.access.jwt_token import (
    Token,
    check_audience,
    check_lifetime,
    check_signature,
    read_token,
    token_from_header,
)
from mockserver.body import FORM, MULTIPART, Pairs, form_pairs, multipart_pairs, query_pairs
from mockserver.credentials import Derive, url_safe
from mockserver.errors import (
    CredentialMalformed,
    CredentialMissing,
    CredentialUnknown,
    RequestUnreadable,
    TokenRefused,
)
from mockserver.request import Request
from mockserver.vendor import Call
from mockserver.vendors.constructor.settings import settings_of

# Fake on purpose; HS256 wants a secret of at least 32 bytes (RFC 7518, 3.2).
DEFAULT_CREDENTIALS = {
    "integration_name": "fake-integration",
    "jwt_secret": "fake-constructor-jwt-secret-fake-fake-fake",
}
NOBODYS_SECRET = b"there is no such integration, and so no secret"
FIELD = "token"  # CP-029, CP-180


def new_credentials(derive: Derive, sandbox_id: str) -> dict[str, str]:
    """Return the integration of a new sandbox (CP-005)."""
    return {
        "integration_name": f"fake-{sandbox_id}",
        "jwt_secret": url_safe(derive("constructor/jwt_secret"), 43),
    }


def doors(credentials: Mapping[str, str]) -> dict[str, str]:
    """Return what chooses the sandbox: the name of the integration."""
    return {credentials["integration_name"]: "integration"}


def try_this(base_url: str, credentials: Mapping[str, str], send: str) -> str:
    """Return a command that shows the state of the session from the guide (CP-173)."""
    del base_url, credentials
    return f"{send} constructor GET /sessions/b3875623/status/"


def presented(request: Request, path: Mapping[str, str]) -> str | None:
    """Return the integration name of the path, None where the path has none."""
    del request
    return path.get("integration_name")


def admit(call: Call) -> Token | None:
    """Let in who holds a token of the integration; return the token.

    An operation says with `door` where it is: `header`, `data` (a form field, or the query of a GET),
    `none` (only the integration must exist: CP-191) or `open`.

    Raises:
        AccessRefused: by the check `token`; all look alike from outside (CP-259).
    """
    assert call.operation is not None
    kind = call.operation.options["door"]
    if kind == "open":
        return None
    if kind == "none":
        if call.subject is None:
            raise CredentialUnknown(check="token", place="integration_name")
        return None
    try:
        text = sent_token(call)
    except RequestUnreadable:
        call.passed = ()  # the form that cannot be read is where the token would be
        raise
    token = read_token(text)
    if call.subject is None:
        with contextlib.suppress(TokenRefused):  # the work is done all the same: time tells nothing
            check_signature(token, NOBODYS_SECRET)
        raise CredentialUnknown(check="token", place="integration_name")
    check_signature(token, call.sandbox.credentials["constructor"]["jwt_secret"].encode())
    check_audience(token)
    settings = settings_of(call.sandbox)
    check_lifetime(
        token,
        now_ms=call.now_ms,
        leeway_seconds=settings.leeway_seconds,
        max_lifetime_seconds=settings.max_lifetime_seconds,
        required=kind == "header",  # CP-025: optional where the token carries the data
    )
    if kind == "data":
        call.notes["claims"] = token.claims  # the journal keeps no token: this is what it carried
    if "exp" in token.claims:
        call.notes["token_good_for_seconds"] = round(token.claims["exp"] - call.now_ms / 1000, 3)
    return token


def sent_token(call: Call) -> str:
    """Return the token, from where the operation expects it.

    Raises:
        CredentialMissing, CredentialMalformed: with check `token`.
    """
    assert call.operation is not None
    in_header = call.operation.options["door"] == "header"
    return _from_header(call.request) if in_header else _from_field(call.request)


def _from_header(request: Request) -> str:
    values = request.header_values(b"authorization")
    if len(values) > 1:
        raise CredentialMalformed(check="token", place="Authorization", problem="the header stands twice")
    return token_from_header(values[0].decode("latin-1") if values else None, scheme="JWT")


def _from_field(request: Request) -> str:
    """Return the field `token` of the form, or of the query where the method is GET (CP-030 to CP-032)."""
    pairs: Pairs
    if request.method != "POST":
        pairs = query_pairs(request)
    elif request.unreadable is not None:
        raise request.unreadable
    elif request.content_type == FORM:
        pairs = form_pairs(request)
    elif request.content_type == MULTIPART:
        pairs = multipart_pairs(request)
    else:
        raise CredentialMalformed(
            check="token", place=FIELD, problem="the body is neither an urlencoded nor a multipart form"
        )
    values = [value for name, value in pairs if name == FIELD]
    if not values or values == [""]:
        raise CredentialMissing(check="token", place=FIELD)
    if len(values) > 1 or not isinstance(values[0], str):
        raise CredentialMalformed(check="token", place=FIELD, problem="it is not one field of text")
    return values[0]
