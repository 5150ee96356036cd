"""Why Constructor Proctor's door refused: each claim of the token with its age (CP-012 to CP-024)."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from mockserver.credentials import shown
from mockserver.errors import AccessRefused, CredentialMalformed, CredentialUnknown, Failure, TokenRefused
from mockserver.explain import jwt_mistakes
from mockserver.explain.explanation import Explanation, Mistake, secret_of
from mockserver.neighbours import Neighbours
from mockserver.request import Request
from mockserver.vendor import Call
from mockserver.vendors.constructor.auth import sent_token
from mockserver.vendors.constructor.settings import settings_of

MOST_CLAIMS = 50
MAX_PLACE = 8_192  # characters that are searched for a token


def explain(failure: Failure, call: Call, neighbours: Neighbours) -> Explanation:
    """Return the facts of a refused token, and the likely mistake."""
    if not isinstance(failure, AccessRefused):
        return Explanation(failure.facts())
    facts = {**failure.facts(), **_about(call)}
    if isinstance(failure, TokenRefused) and failure.claims is not None:
        facts["moments"] = jwt_mistakes.ages(failure.claims, call.now_ms)
        facts["claims"] = dict(list(failure.claims.items())[:MOST_CLAIMS])
    return Explanation(facts, _mistake(failure, call, neighbours))


def _about(call: Call) -> dict[str, Any]:
    """Return what the token is judged by."""
    settings = settings_of(call.sandbox)
    secret = call.sandbox.credentials["constructor"]["jwt_secret"]
    return {
        "integration_name": call.path.get("integration_name"),
        "jwt_secret": shown(secret) if call.subject else None,
        "leeway_seconds": settings.leeway_seconds,
        "max_lifetime_seconds": settings.max_lifetime_seconds,
    }


def _mistake(failure: Failure, call: Call, neighbours: Neighbours) -> Mistake | None:
    authorization = call.request.header(b"authorization") or ""
    if not isinstance(failure, (TokenRefused, CredentialUnknown)):
        in_header = (
            jwt_mistakes.of_scheme(authorization) if isinstance(failure, CredentialMalformed) else None
        )
        return in_header or jwt_mistakes.of_place(_elsewhere(call.request))
    if not call.subject:
        return _of_name(call, neighbours)
    credentials = call.sandbox.credentials["constructor"]
    return jwt_mistakes.find(
        jwt_mistakes.Attempt(
            text=sent_token(call),
            secret=credentials["jwt_secret"],
            integration_name=credentials["integration_name"],
            now_ms=call.now_ms,
            others=tuple(
                (secret_of(whose), secret)
                for whose, secret in neighbours.secrets("constructor", "jwt_secret")
            ),
        )
    )


def _of_name(call: Call, neighbours: Neighbours) -> Mistake | None:
    """Return whose an integration name is that no living sandbox has."""
    name = call.path.get("integration_name", "")
    if name.strip("{}<>:") in ("integration_name", "integrationName"):
        return Mistake(
            "integration_name_not_filled_in",
            "Put the integration's own name into the path: a placeholder stands there.",
        )
    if name != name.strip().lower() and neighbours.opens("constructor", name.strip().lower()):
        return Mistake(
            "integration_name_in_other_letters", "Write the integration name exactly as it was given out."
        )
    whose = neighbours.owner(name)
    if whose is None:
        return None
    return Mistake("integration_of_another_sandbox", f"Use a living sandbox: this name belongs to {whose}.")


def _elsewhere(request: Request) -> dict[str, str]:
    """Return where else a token may stand: headers, query and cookie, by how the place is called."""
    found = {
        f"header {name.decode('latin-1')}": value.decode("latin-1")
        for name, value in request.headers
        if name not in (b"authorization", b"cookie")
    }
    query = parse_qsl(request.query_string.decode("latin-1")[:MAX_PLACE])
    found.update({f"query as {name[:40]}": value for name, value in query})
    found["header Authorization"] = request.header(b"authorization") or ""
    found["body"] = request.body[:MAX_PLACE].decode("latin-1")
    return found
