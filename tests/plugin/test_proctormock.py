"""`with proctormock() as mock:`, with and without pytest."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mockserver.client.http import ServerUnreachable, exchange
from mockserver.errors import UsageError
from mockserver.testing import proctormock


def test_server_answers_inside_the_block_and_not_behind_it() -> None:
    with proctormock() as mock:
        assert mock.send("consero", "GET", "/examinations").status == 200
    with pytest.raises(ServerUnreachable):
        exchange("GET", mock.url)


def test_two_at_once_know_nothing_of_each_other() -> None:
    with proctormock() as one, proctormock() as other:
        one.clock.freeze("2030-01-01T00:00:00Z")
        assert other.clock.show()["mode"] == "real"


def test_it_is_the_sandbox_default_and_makes_others() -> None:
    with proctormock() as mock:
        assert mock.id == "default"
        assert mock.new_sandbox(name="mine", seed=False).send("consero", "GET", "/examinations").json() == []


def test_credentials_and_settings_can_be_given() -> None:
    access = {"consero": {"api_key": "my-key"}}
    settings = {"proctorexam": {"timestamp_tolerance_seconds": 7}}
    with proctormock(credentials=access, vendor_settings=settings) as mock:
        assert mock.credentials("consero")["api_key"] == "my-key"
        assert mock.settings()["proctorexam"]["timestamp_tolerance_seconds"] == 7
        assert mock.send("consero", "GET", "/examinations").status == 200


def test_rows_can_be_kept_in_a_file(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/kept.db"
    with proctormock(database=database) as mock:
        mock.settings({"consero.exam_score": 81})
    with proctormock(database=database) as mock:
        assert mock.settings()["consero"]["exam_score"] == 81


def test_store_that_cannot_be_used_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="does not exist"), proctormock(database="sqlite:////nowhere/x.db"):
        pass


def test_port_that_is_taken_is_a_usage_error() -> None:
    with proctormock() as mock:
        port = int(mock.url.rpartition(":")[2])
        with pytest.raises(UsageError, match="leave the port out"), proctormock(port=port):
            pass


def test_error_inside_the_block_ends_the_server() -> None:
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError), proctormock():
        raise ZeroDivisionError
    assert threading.active_count() == before


def test_it_needs_no_pytest() -> None:
    program = (
        "import sys\n"
        "from mockserver.testing import proctormock\n"
        "with proctormock() as mock:\n"
        "    print(mock.send('consero', 'GET', '/examinations').status, 'pytest' in sys.modules)\n"
    )
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True
    )
    assert (result.stdout, result.stderr) == ("200 False\n", "")
