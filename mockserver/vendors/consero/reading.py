"""How Consero reads bodies: leniently, forms too, JSON also without a type (CO-022, CO-085, CO-086)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.body import FORM, MULTIPART, form_pairs, json_value, multipart_pairs, query_pairs
from mockserver.errors import BodyMalformed
from mockserver.vendor import Call


def read(call: Call) -> Mapping[str, Any]:
    """Return the fields of the request; a body that cannot be read counts as an empty one (CO-085).

    Fields of the query are read too, as Laravel does; those of the body win (CO-093).
    """
    request = call.request
    try:
        fields = dict(query_pairs(request))
        if request.content_type == FORM:
            fields.update(form_pairs(request))
        elif request.content_type == MULTIPART:
            fields.update(multipart_pairs(request))
        else:
            body = json_value(request)
            fields.update(body if isinstance(body, dict) else {})
    except BodyMalformed as problem:
        call.notes["body"] = f"read as empty: {problem}"
        return {}
    return fields
