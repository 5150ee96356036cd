"""The OpenAPI document of the control API is true: another tool tries what it promises and forbids."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from openapi_spec_validator import validate
from starlette.testclient import TestClient

from tests.conftest import RunningServer

CHECKS = "not_a_server_error,response_schema_conformance,content_type_conformance,status_code_conformance"


def test_document_is_valid_openapi(client: TestClient) -> None:
    validate(client.get("/__admin/openapi.json").json())


def test_every_control_answers_as_documented(
    serve: Callable[..., AbstractContextManager[RunningServer]], tmp_path: Path
) -> None:
    """Schemathesis' coverage phase, good values and bad ones; the endless stream is left out."""
    configuration = tmp_path / "schemathesis.toml"
    configuration.write_text('[parameters]\n"path.sandbox_id" = "default"\n')
    with serve("--database", "sqlite://") as server:
        command = [
            "schemathesis",
            "--config-file",
            str(configuration),
            "run",
            f"{server.url}/__admin/openapi.json",
        ]
        command += ["--phases", "coverage", "--checks", CHECKS, "--exclude-operation-id", "requests.stream"]
        run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=tmp_path)
    assert run.returncode == 0, run.stdout[-5000:]
