"""Who may call: token, timestamp, signature, nonce, in this order, each looked at as a whole.

The nonce comes last: only who can sign may use one up. It stays used whatever becomes of the request
afterwards (PE-490). Every refusal has the same answer (PE-463), and a token that nobody has costs the same
work as a wrong signature.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from mockserver.access.freshness import check_timestamp, read_nonce, read_timestamp, remembered_until_ms
from mockserver.access.hmac_signature import check_signature, read_signature, string_to_sign
from mockserver.credentials import Derive
from mockserver.errors import (
    AccessRefused,
    CredentialMalformed,
    CredentialMissing,
    CredentialUnknown,
    Failure,
    RequestUnreadable,
    SignatureMismatch,
)
from mockserver.request import Request
from mockserver.store import nonces
from mockserver.vendor import Call
from mockserver.vendors.proctorexam.errors import AcceptMissing, Forbidden
from mockserver.vendors.proctorexam.keys import FIRST_USER, derived_keys, keys_of, nobodys_secret
from mockserver.vendors.proctorexam.permissions import Caller
from mockserver.vendors.proctorexam.queries.users import FIND_CALLER
from mockserver.vendors.proctorexam.reading import own_parameters, parameters, signed_parameters
from mockserver.vendors.proctorexam.settings import settings_of

CHECKS = ("token", "timestamp", "signature", "nonce")
HEADER = "Authorization"
MEDIA_TYPE = "application/vnd.procwise.v3"  # PE-016
SECRET_FIELDS = ("password", "password_confirmation", "api_token", "secret_key", "oauth_consumer_secret")
SIGNED_WITH_IDS, SIGNED_WITHOUT_IDS = "signed", "unsigned"

MAX_HEADER_BYTES = 600
# One scheme, one parameter (PE-014); quotes as Rails takes them (PE-462).
_TOKEN = re.compile(rb'Token token=(?:"([!#-+\--\[\]-~]{1,512})"|([!#-+\--\[\]-~]{1,512}))')


def new_credentials(derive: Derive, sandbox_id: str) -> dict[str, str]:
    """Return the keys of the first user of a new sandbox."""
    del sandbox_id
    return derived_keys(derive, FIRST_USER)


def doors(credentials: Mapping[str, str]) -> dict[str, str]:
    """Return what chooses the sandbox: the token of the first user; other users have doors of their own."""
    return {credentials["api_token"]: str(FIRST_USER)}


def try_this(base_url: str, credentials: Mapping[str, str], send: str) -> str:
    """Return a command that shows the institute of the page's example."""
    del base_url, credentials
    return f"{send} proctorexam GET /institutes/1"


def presented(request: Request, path: Mapping[str, str]) -> str | None:
    """Return the token that was sent, None where none is readable; refusing is left to `admit`."""
    del path
    try:
        return presented_token(request)
    except AccessRefused:
        return None


def presented_token(request: Request) -> str:
    """Return the token in the `Authorization` header.

    Raises:
        CredentialMissing, CredentialMalformed: with check `token`.
    """
    values = request.header_values(HEADER.lower().encode())
    if not values:
        raise CredentialMissing(check="token", place=HEADER)
    if len(values) > 1:
        raise CredentialMalformed(check="token", place=HEADER, problem="the header appears more than once")
    token = _token_in(values[0]) if len(values[0]) <= MAX_HEADER_BYTES else None
    if token is None:
        raise CredentialMalformed(check="token", place=HEADER, problem="it is not 'Token token=<api_token>'")
    return token


@lru_cache(maxsize=1024)  # a client shows the same token again and again
def _token_in(value: bytes) -> str | None:
    match = _TOKEN.fullmatch(value.strip(b" \t"))
    return None if match is None else (match[1] or match[2]).decode("ascii")


def admit(call: Call) -> Caller:
    """Let in who signs with the secret of the token's user, now and once; return that user.

    Raises:
        AccessRefused: by the check `token`, `timestamp`, `signature` or `nonce`.
        RequestUnreadable: the token is known, but nothing can be verified of a body that cannot be read.
        VendorRefusal: the user's role does not include the operation.
    """
    if call.subject is None:
        presented_token(call.request)  # else it was read already, and is somebody's
    user_id = int(call.subject or 0)
    row = call.db.known(FIND_CALLER, sandbox_id=call.sandbox.id, id=user_id)
    secret = keys_of(call.sandbox, user_id)["secret_key"] if row else nobodys_secret(call.sandbox.derive)
    try:
        timestamp_ms, found = _verified(call, secret)
    except Failure as failure:
        if row is None:
            raise CredentialUnknown(check="token", place=HEADER) from None
        if isinstance(failure, RequestUnreadable):
            call.passed = ("token",)
        raise
    if row is None:
        raise CredentialUnknown(check="token", place=HEADER)
    _claim_nonce(call, user_id, found, timestamp_ms)
    call.request.cache["parameters"] = own_parameters(call, found)
    call.unread = list(call.request.cache["parameters"])  # until the operation's model has read some
    caller = Caller(row["id"], row["institute_id"], row["role"])
    _check_rules(call, caller)
    return caller


def _verified(call: Call, secret: str) -> tuple[int, dict[str, Any]]:
    """Check timestamp and signature; return the timestamp and every parameter."""
    settings = settings_of(call.sandbox)
    found = parameters(call)
    timestamp_ms = read_timestamp(found.get("timestamp"))
    check_timestamp(timestamp_ms, now_ms=call.now_ms, tolerance_seconds=settings.timestamp_tolerance_seconds)
    signature = read_signature(found.get("signature"))
    sent = signed_parameters(found)
    try:
        url_ids = check_signature(signature, secret.encode(), _candidates(call, sent))
    except SignatureMismatch:
        raise SignatureMismatch(signature, dict(_candidates(call, without_secrets(sent)))) from None
    if call.path:
        call.notes["url_ids"] = url_ids
    return timestamp_ms, found


def without_secrets(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return signed parameters as an explanation may show them."""
    return {name: "[redacted]" if name in SECRET_FIELDS else value for name, value in sent.items()}


def _candidates(call: Call, sent: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the texts that may be signed: with the ids of the URL (PE-033), without (PE-035), or both."""
    without_ids = (SIGNED_WITHOUT_IDS, string_to_sign(sent))
    if not call.path:
        return [without_ids]
    with_ids = (SIGNED_WITH_IDS, string_to_sign({**sent, **call.path}))
    match settings_of(call.sandbox).url_ids_signed:
        case "required":
            return [with_ids]
        case "never":
            return [without_ids]
        case _:
            return [with_ids, without_ids]


def _claim_nonce(call: Call, user_id: int, found: Mapping[str, Any], timestamp_ms: int) -> None:
    """Use up the nonce (PE-058), for this user or for the whole sandbox (PE-060)."""
    settings = settings_of(call.sandbox)
    nonces.claim(
        call.db,
        sandbox_id=call.sandbox.id,
        subject=f"proctorexam/{user_id if settings.nonce_scope == 'user' else '*'}",
        nonce=read_nonce(found.get("nonce")),
        now_ms=call.now_ms,
        remembered_until_ms=remembered_until_ms(
            timestamp_ms, now_ms=call.now_ms, tolerance_seconds=settings.timestamp_tolerance_seconds
        ),
        running_ms=call.running_ms,
    )


def _check_rules(call: Call, caller: Caller) -> None:
    """Check what is asked of a request that is the user's own: its role, and the version that it accepts."""
    assert call.operation is not None
    if not caller.may(call.operation.options["right"]):
        raise Forbidden(call.operation, f"The role {caller.role!r} does not include this operation.")
    if not _is_accepted(call.request.header(b"accept") or ""):
        call.notes["accept"] = f"{MEDIA_TYPE} is not accepted by the request"
        if settings_of(call.sandbox).accept_required:
            raise AcceptMissing


@lru_cache(maxsize=64)
def _is_accepted(accept: str) -> bool:
    return MEDIA_TYPE in [entry.partition(";")[0].strip() for entry in accept.split(",")]
