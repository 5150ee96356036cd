"""Operations whose whole request is a signed token: generated as if the claims were a JSON body.

A generator sees no more than a text in such a token. So the document is rewritten for it: the claims
become the body, and the finished body becomes the claims of a token again.
"""

import base64
import json
from copy import deepcopy
from typing import Any

from contracts.documents import METHODS, Json
from contracts.surface import Surface
from contracts.vendors import PLACEHOLDER

TOKEN = "token"  # noqa: S105 - the name of a field


def with_claims_as_bodies(document: Json) -> Json:
    """A copy of the document in which every form with `x-claims` is a JSON body of these claims."""
    copy: Json = deepcopy(document)
    surface = Surface(copy)
    for item in copy.get("paths", {}).values():
        for method in METHODS:
            content = item.get(method, {}).get("requestBody", {}).get("content", {})
            for media_type, media in list(content.items()):
                claims = _claims_of(surface, media)
                if claims is not None:
                    # One encoding stands for all: the claims are the same.
                    item[method]["requestBody"]["content"] = {"application/json": {"schema": claims}}
                    item[method]["x-claims-in"] = media_type
                    break
    return copy


def token_for(claims: Any) -> str:
    """What the signer turns into a token of these claims."""
    encoded = base64.urlsafe_b64encode(json.dumps(claims, ensure_ascii=False).encode()).decode().rstrip("=")
    return f"{PLACEHOLDER}.{encoded}"


def claims_in(text: str) -> Any:
    """The claims of a token or of its placeholder, or None when it holds none."""
    parts = text.split(".")
    try:
        return json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (IndexError, ValueError):
        return None


def _claims_of(surface: Surface, media: Json) -> Json | None:
    properties = surface.resolve(media.get("schema", {})).get("properties", {})
    claims = surface.resolve(properties.get(TOKEN, {})).get("x-claims")
    return None if claims is None else _flat(surface, claims)


def _flat(surface: Surface, schema: Any) -> Json:
    """allOf folded into one object: a violation of one part of it would else be lost in the others."""
    node = surface.definition(schema)
    flat: Json = {"type": "object", "properties": {}, "required": [], **node}
    for part in flat.pop("allOf", []):
        folded = _flat(surface, part)
        flat["properties"] = {**flat["properties"], **folded["properties"]}
        flat["required"] = [*flat["required"], *folded["required"]]
        flat.setdefault("x-statements", folded.get("x-statements", []))
    return flat
