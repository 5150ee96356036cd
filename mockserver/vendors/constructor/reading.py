"""How Constructor Proctor reads a request: JSON objects from the LMS, claims of the token from a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.access.jwt_token import Token
from mockserver.body import FORM, JSON, form_pairs, json_value, query_pairs
from mockserver.errors import Problem, ValuesInvalid
from mockserver.vendor import Call
from mockserver.vendors.constructor.errors import MediaTypeUnsupported
from mockserver.vendors.constructor.fields import kind_of
from mockserver.vendors.constructor.settings import settings_of

LIFETIME_CLAIMS = ("exp", "nbf", "iat")  # about the token itself, looked at by the door


def read(call: Call) -> Mapping[str, Any]:
    """Return the parameters: the claims of a data token (CP-024), the query of a GET, or the JSON body.

    Raises:
        MediaTypeUnsupported: a body that is not declared as JSON (CP-267).
        BodyMalformed: a body that is no JSON (CP-260).
        ValuesInvalid: a JSON body that is no object (CP-260).
    """
    assert call.operation is not None
    if call.operation.options["door"] == "data":
        assert isinstance(call.caller, Token)
        return _claims(call, call.caller)
    request = call.request
    if request.method == "GET":
        return dict(query_pairs(request))
    if request.content_type == FORM and call.operation.options.get("shows") == "page":
        return dict(form_pairs(request))  # the forms of our own pages
    if not request.body:
        return {}  # CP-163
    if request.content_type != JSON:
        raise MediaTypeUnsupported((request.header(b"content-type") or "")[:200])
    value = json_value(request)
    if not isinstance(value, dict):
        sentence = f"Invalid data. Expected a dictionary, but got {kind_of(value)}."
        raise ValuesInvalid([Problem("non_field_errors", "dict", sentence)])
    return value


def _claims(call: Call, token: Token) -> dict[str, Any]:
    """Return the claims; the integration stands in for a missing account where that is allowed (CP-245)."""
    values = {name: value for name, value in token.claims.items() if name not in LIFETIME_CLAIMS}
    assert call.operation is not None
    tolerant = not settings_of(call.sandbox).require_account_id_on_start
    if call.operation.id == "sessions.start" and tolerant and "accountId" not in values:
        name = call.path["integration_name"]
        values = {"accountName": name, **values, "accountId": name}
    return values
