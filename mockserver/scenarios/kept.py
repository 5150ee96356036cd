"""Values that steps keep by name, and `${name}` where a later step uses them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockserver.errors import UsageError
from mockserver.scenarios.expectation import shown

_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def keep(kept: dict[str, Any], wanted: Mapping[str, str], value: Any) -> None:
    """Keep parts of `value`, each given by its path such as `data.0.id`.

    Raises:
        UsageError: there is no such part.
    """
    for name, path in wanted.items():
        found = value
        for word in path.split("."):
            try:
                found = found[int(word)] if isinstance(found, list) else found[word]
            except (KeyError, IndexError, TypeError, ValueError):
                raise UsageError(f"keep: there is no {path} in {shown(value)}") from None
        kept[name] = found


def filled(value: Any, kept: Mapping[str, Any]) -> Any:
    """Return `value` with each `${name}` replaced; a text that is nothing else becomes the kept value itself.

    Raises:
        UsageError: nothing was kept under a name.
    """
    if isinstance(value, Mapping):
        return {name: filled(item, kept) for name, item in value.items()}
    if isinstance(value, list):
        return [filled(item, kept) for item in value]
    if not isinstance(value, str):
        return value
    whole = _NAME.fullmatch(value)
    if whole:
        return _kept(whole, kept)
    return _NAME.sub(lambda match: str(_kept(match, kept)), value)


def _kept(match: re.Match[str], kept: Mapping[str, Any]) -> Any:
    name = match[1]
    if name not in kept:
        raise UsageError(f"nothing was kept as {name!r}: an earlier step needs 'keep: {{{name}: …}}'")
    return kept[name]
