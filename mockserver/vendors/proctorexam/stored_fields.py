"""The column `fields`: what an object has besides its columns, as one JSON object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json

from mockserver.strict_json import write_json


def read_fields(text: str) -> dict[str, Any]:
    """Return the fields that are stored as `text`."""
    found: dict[str, Any] = from_json(text)
    return found


def write_fields(fields: Mapping[str, Any]) -> str:
    """Return fields as they are stored."""
    return write_json(fields).decode()
