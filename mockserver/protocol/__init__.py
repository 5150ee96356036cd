"""HTTP as it is spoken here: uvicorn's two parsers, made strict (`head.py`) and impatient (`patience.py`)."""

from __future__ import annotations

import asyncio
import importlib.util

PARSERS = ("auto", "httptools", "h11")


def protocol_named(name: str) -> type[asyncio.Protocol]:
    """Return the protocol of a parser; `auto` is httptools where it is installed, else h11.

    Raises:
        ImportError: httptools is named and not installed.
    """
    if name == "h11" or (name == "auto" and importlib.util.find_spec("httptools") is None):
        from mockserver.protocol.with_h11 import StrictH11  # noqa: PLC0415 - only the chosen parser is loaded

        return StrictH11
    from mockserver.protocol.with_httptools import StrictHttpTools  # noqa: PLC0415 - as above

    return StrictHttpTools
