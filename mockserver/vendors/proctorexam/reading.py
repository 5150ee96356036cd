"""The parameters of a request: query and body are one flat set (PE-042)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.access.hmac_signature import value_text
from mockserver.body import (
    FORM,
    JSON,
    MULTIPART,
    Pairs,
    Upload,
    form_pairs,
    json_value,
    multipart_pairs,
    query_pairs,
)
from mockserver.errors import BodyMalformed
from mockserver.request import Request
from mockserver.vendor import Call

SIGNATURE_PARAMETERS = ("timestamp", "nonce", "signature")  # PE-019


def parameters(call: Call) -> dict[str, Any]:
    """Return every parameter that was sent, by its name.

    A name that appears twice is refused: two readers could take different values (PE-483). Only an id of
    the URL may be repeated, with the same value (PE-037).

    Raises:
        RequestUnreadable: the body was not received, is not what it claims to be, or a name is ambiguous.
    """
    request = call.request
    if request.unreadable is not None:
        raise request.unreadable
    if request.content_type == JSON and request.body and not request.query_string:
        found = _json_object(request)
        if not call.path or call.path.keys().isdisjoint(found):
            return found  # the usual case, without looking at each name: it cannot appear twice
        pairs = list(found.items())
    else:
        pairs = [*query_pairs(request), *_body_pairs(request)]
    found = {}
    for name, value in pairs:
        if isinstance(value, Upload) and not value.filename:
            continue  # what a browser sends for a file field in which no file was chosen
        if name in call.path:
            if isinstance(value, Upload) or value_text(value) != call.path[name]:
                raise BodyMalformed(f"the parameter {name!r} differs from the id in the URL")
        elif name in found:
            raise BodyMalformed(f"the parameter {name[:40]!r} appears more than once")
        found[name] = value
    return found


def signed_parameters(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what enters the signature: all parameters but itself and files (PE-029, PE-043, PE-044)."""
    signed = dict(found)
    signed.pop("signature", None)
    if Upload in map(type, signed.values()):
        signed = {name: value for name, value in signed.items() if not isinstance(value, Upload)}
    return signed


def read(call: Call) -> Mapping[str, Any]:
    """Return the operation's own parameters, as `auth.admit` has read them."""
    values: Mapping[str, Any] = call.request.cache["parameters"]
    return values


def own_parameters(call: Call, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters without those of the signature and the ids of the URL."""
    own = dict(found)
    for name in (*SIGNATURE_PARAMETERS, *call.path):
        own.pop(name, None)
    return own


def _json_object(request: Request) -> dict[str, Any]:
    value = json_value(request)
    if not isinstance(value, dict):
        raise BodyMalformed("the JSON body is no object")
    return value


def _body_pairs(request: Request) -> Pairs:
    """Return the parameters of the body: JSON, form or multipart (PE-017), also on GET (PE-458)."""
    if not request.body:
        return []
    match request.content_type:
        case media_type if media_type == JSON:
            return list(_json_object(request).items())
        case media_type if media_type == FORM:
            return form_pairs(request)
        case media_type if media_type == MULTIPART:
            return multipart_pairs(request)
        case media_type:  # PE-483
            raise BodyMalformed(
                f"the content type {media_type[:60]!r} is not taken: send {JSON}, {FORM} or {MULTIPART}"
            )
