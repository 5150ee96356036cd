"""Servers that vectors are sent to: one for each parser, for all files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import serving


@pytest.fixture(scope="session", params=["httptools", "h11"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    with serving("--database", "sqlite://", "--http", request.param) as server:
        yield server.url
