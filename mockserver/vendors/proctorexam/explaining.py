"""Why ProctorExam's door refused: token, timestamp, signature, nonce (PE-014, PE-026, PE-058, PE-064)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.access.freshness import read_timestamp
from mockserver.access.hmac_signature import string_to_sign, value_text
from mockserver.body import JSON, Upload
from mockserver.credentials import shown
from mockserver.errors import (
    AccessRefused,
    CredentialMalformed,
    Failure,
    NonceReused,
    RequestUnreadable,
    SignatureMismatch,
    TimestampOutsideWindow,
)
from mockserver.explain import freshness_mistakes, hmac_mistakes, token_mistakes
from mockserver.explain.explanation import Explanation, Mistake, secret_of
from mockserver.neighbours import Neighbours
from mockserver.store import Statement
from mockserver.vendor import Call
from mockserver.vendors.proctorexam.auth import (
    SECRET_FIELDS,
    SIGNED_WITH_IDS,
    SIGNED_WITHOUT_IDS,
    without_secrets,
)
from mockserver.vendors.proctorexam.keys import keys_of
from mockserver.vendors.proctorexam.reading import parameters, signed_parameters
from mockserver.vendors.proctorexam.settings import settings_of

MOST_USERS = 20

_OTHER_USERS = Statement(
    """
    SELECT id FROM proctorexam_user WHERE sandbox_id = :sandbox_id AND id <> :id
    ORDER BY id DESC LIMIT :most
    """
)


def explain(failure: Failure, call: Call, neighbours: Neighbours) -> Explanation:
    """Return the facts of a refused access, and the likely mistake."""
    if not isinstance(failure, AccessRefused):
        return Explanation(failure.facts())
    sent = parameters(call) if failure.check != "token" else {}
    match failure:
        case SignatureMismatch():
            return _of_signature(failure, failure.presented, call, sent, neighbours)
        case CredentialMalformed(check="signature"):
            return _of_signature(failure, value_text(sent.get("signature")), call, sent, neighbours)
        case TimestampOutsideWindow():
            mistake: Mistake | None = freshness_mistakes.of_timestamp(
                failure.timestamp_ms, now_ms=failure.now_ms, tolerance_seconds=failure.tolerance_seconds
            )
            behind = (failure.now_ms - failure.timestamp_ms) / 1000
            return Explanation({**failure.facts(), "seconds_behind": behind}, mistake)
        case NonceReused():
            timestamp_ms = read_timestamp(sent.get("timestamp"))
            mistake = freshness_mistakes.of_reused_nonce(
                failure.nonce, timestamp_ms=timestamp_ms, first_seen_ms=failure.first_seen_ms
            )
            return Explanation(failure.facts(), mistake)
        case CredentialMalformed(check="timestamp"):
            return _of_number(
                failure, sent["timestamp"], freshness_mistakes.of_unreadable_timestamp(sent["timestamp"])
            )
        case CredentialMalformed(check="nonce"):
            return _of_number(failure, sent["nonce"], freshness_mistakes.of_unreadable_nonce(sent["nonce"]))
        case _ if failure.check == "token":
            return _of_token(failure, call, neighbours)
        case _:
            mistake = token_mistakes.of_missing_parameter(failure.check, list(sent), _headers(call))
            return Explanation({**failure.facts(), "sent": sorted(sent)[:40]}, mistake)


def _of_number(failure: Failure, value: Any, mistake: Mistake | None) -> Explanation:
    return Explanation({**failure.facts(), "presented": value_text(value)[:100]}, mistake)


def _of_signature(
    failure: Failure, presented: str, call: Call, sent: dict[str, Any], neighbours: Neighbours
) -> Explanation:
    keys = keys_of(call.sandbox, int(call.subject or 0))
    attempt = hmac_mistakes.Attempt(
        presented=presented,
        values={
            name: value
            for name, value in sent.items()
            if name != "signature" and not isinstance(value, Upload)
        },
        secret=keys["secret_key"],
        token=keys["api_token"],
        url_ids=call.path,
        accepted_ids=settings_of(call.sandbox).url_ids_signed,
        files={
            name: (value.filename, value.content) for name, value in sent.items() if isinstance(value, Upload)
        },
        body=call.request.body if call.request.content_type == JSON else b"",
        method=call.request.method,
        path=call.request.path,
        others=_others(call, neighbours),
    )
    found = hmac_mistakes.find(attempt)
    facts = {
        "strings_to_sign": _strings_to_sign(call, sent),
        **failure.facts(),
        "presented": presented[:200],
        "secret_key": shown(keys["secret_key"]),
        "signed_parameters": sorted(attempt.values),
        "url_ids": dict(call.path),
    }
    if found is None:
        return Explanation(facts)
    return Explanation({**facts, "text_that_was_signed": _redacted(found.text, sent, keys)}, found.mistake)


def _strings_to_sign(call: Call, sent: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts as the server builds them, with the ids of the URL and without; no secrets."""
    signed = without_secrets(signed_parameters(sent))
    return {
        SIGNED_WITH_IDS: string_to_sign({**signed, **call.path}),
        SIGNED_WITHOUT_IDS: string_to_sign(signed),
    }


def _others(call: Call, neighbours: Neighbours) -> tuple[tuple[Mistake, str], ...]:
    """Return the secrets of the sandbox's other users and of other sandboxes' first users."""
    rows = call.db.all(_OTHER_USERS, sandbox_id=call.sandbox.id, id=int(call.subject or 0), most=MOST_USERS)
    users = [
        (
            Mistake(
                "secret_of_another_user",
                f"Sign with the secret of the token's user: this is the one of user {row['id']}.",
            ),
            keys_of(call.sandbox, row["id"])["secret_key"],
        )
        for row in rows
    ]
    sandboxes = [
        (secret_of(whose), secret) for whose, secret in neighbours.secrets("proctorexam", "secret_key")
    ]
    return (*users, *sandboxes)


def _of_token(failure: Failure, call: Call, neighbours: Neighbours) -> Explanation:
    authorization = [value.decode("latin-1") for value in call.request.header_values(b"authorization")]
    secrets = [("this sandbox", call.sandbox.credentials["proctorexam"]["secret_key"])]
    secrets += neighbours.secrets("proctorexam", "secret_key")
    mistake = token_mistakes.find(
        authorization=authorization,
        parameters=_texts(call),
        headers=_headers(call),
        secret_of=lambda text: next((whose for whose, secret in secrets if secret == text), None),
        opens=lambda text: neighbours.opens("proctorexam", text),
        owner=neighbours.owner,
    )
    presented = [f"{value.partition(' ')[0][:20]} {shown(value)}" for value in authorization]
    return Explanation({**failure.facts(), "presented": presented}, mistake)


def _texts(call: Call) -> dict[str, str]:
    """Return the parameters that are text, as far as the request can be read."""
    try:
        return {name: value for name, value in parameters(call).items() if isinstance(value, str)}
    except RequestUnreadable:
        return {}


def _headers(call: Call) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in call.request.headers}


def _redacted(text: str, sent: Mapping[str, Any], keys: Mapping[str, str]) -> str:
    """Return what was signed without secrets; nothing of it where a password could stand in it re-encoded."""
    if any(name in sent for name in SECRET_FIELDS):
        return "[redacted]"
    return text.replace(keys["api_token"], "[redacted]").replace(keys["secret_key"], "[redacted]")
