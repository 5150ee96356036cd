"""The numbered statements behind every behaviour, as the contracts hold them."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any


@functools.cache
def read_statements(vendor: str) -> list[dict[str, Any]]:
    """Return the statements of a vendor; each has id, text, evidence, source and applies_to."""
    import yaml  # noqa: PLC0415 - few requests need it, and the start should be quick

    text = (resources.files("contracts") / vendor / "statements.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders
    statements: list[dict[str, Any]] = found["statements"] if isinstance(found, dict) else found
    return statements
