"""Why some statements cannot be decided from outside: contracts/<vendor>/undecidable.yaml."""

from importlib.resources import files

import yaml

from contracts.statements import LOADER


def load_undecidable(vendor: str) -> dict[str, str]:
    """Reason by statement id."""
    text = (files("contracts") / vendor / "undecidable.yaml").read_text(encoding="utf-8")
    reasons: dict[str, str] = yaml.load(text, Loader=LOADER) or {}  # noqa: S506 - as there
    return reasons
