"""What wrk is given, and what it says: figures of a load that ran out would be too low."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.load import UsedUp, missing, put_under
from tests.benchmarks.process import free_port, running
from tests.benchmarks.signed import signed_load
from tests.benchmarks.subjects import access_at, serve_command

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))


def test_figures_are_of_a_load_that_lasted(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running(serve_command(f"sqlite:///{tmp_path}/a.db", port), port=port, folder=tmp_path, core=None):
        listing = signed_load("examinations.list", access_at(url), 5)
        figures = put_under(listing, url, connections=2, seconds=1, core=None)
        assert figures.requests > len(listing.requests)  # the five may be sent again
        assert (figures.refused, figures.broken) == (0, 0)

        writes = signed_load("institutes.create", access_at(url), 5)
        with pytest.raises(UsedUp, match="5 requests were sent in less than 1 s"):
            put_under(writes, url, connections=2, seconds=1, core=None)
