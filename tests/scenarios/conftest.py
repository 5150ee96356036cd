"""Scenarios are played on the session's server, each in a sandbox of its own."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="session")
def mockserver_url(server: Any) -> str:
    """The plugin's fixtures work on the session's server here."""
    url: str = server.url
    return url
