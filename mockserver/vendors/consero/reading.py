"""How Consero reads bodies: leniently, forms too, JSON under the wrong type or none.

Source: CO-022, CO-085, CO-086, CO-100.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.body import FORM, MULTIPART, form_pairs, json_value, multipart_pairs, query_pairs
from mockserver.errors import BodyMalformed
from mockserver.request import Request
from mockserver.vendor import Call


def read(call: Call) -> Mapping[str, Any]:
    """Return the fields of the request; a body that cannot be read counts as an empty one (CO-085).

    Fields of the query are read too, as Laravel does; those of the body win (CO-093).
    """
    request = call.request
    fields: dict[str, Any] = {}
    try:
        fields.update(query_pairs(request))
        if _is_json_by_curl(request):
            call.notes["body"] = "read as JSON, although its type says form"
            fields.update(json_value(request))
        elif request.content_type == FORM:
            fields.update(form_pairs(request))
        elif request.content_type == MULTIPART:
            fields.update(multipart_pairs(request))
        else:
            body = json_value(request)
            fields.update(body if isinstance(body, dict) else {})
    except BodyMalformed as problem:
        call.notes["body"] = f"read as empty: {problem}"
    return fields


def _is_json_by_curl(request: Request) -> bool:
    """Tell whether the body is a JSON object that a tool declared as a form, as `curl -d` does (CO-100).

    No form of the four operations begins with a brace: a brace in a name or value is percent-encoded.
    """
    return request.content_type == FORM and request.body.lstrip()[:1] == b"{"
