"""The OpenAPI document of the control API is true: another tool tries what it promises and forbids."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from openapi_spec_validator import validate
from starlette.testclient import TestClient

from tests.conftest import RunningServer

CHECKS = "not_a_server_error,response_schema_conformance,content_type_conformance,status_code_conformance"


def test_document_is_valid_openapi(client: TestClient) -> None:
    validate(client.get("/__admin/openapi.json").json())


def answers(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield name, media type and schema of what each control answers when it succeeds."""
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                for media_type, content in answer.get("content", {}).items() if status < "300" else ():
                    yield operation["operationId"], media_type, content["schema"]


def test_every_answer_names_its_fields(client: TestClient) -> None:
    """Settings are described by `settings.list`, for they are those of the vendors."""
    document = client.get("/__admin/openapi.json").json()
    untyped = {
        name
        for name, media_type, schema in answers(document)
        if media_type == "application/json" and "$ref" not in {**schema, **schema.get("items", {})}
    }
    assert untyped == {"settings.list", "settings.show", "settings.change"}


def test_what_is_no_json_is_not_declared_as_such(client: TestClient) -> None:
    document = client.get("/__admin/openapi.json").json()
    declared = {
        name: media_type for name, media_type, _ in answers(document) if media_type != "application/json"
    }
    assert declared == {"requests.stream": "text/event-stream", "metrics.show": "text/plain"}
    assert len([1 for name, *_ in answers(document) if name in declared]) == 2


def test_a_fault_declares_the_fields_of_each_kind(client: TestClient) -> None:
    document = client.get("/__admin/openapi.json").json()
    body = document["paths"]["/sandboxes/{sandbox_id}/faults"]["post"]["requestBody"]
    kinds = body["content"]["application/json"]["schema"]["discriminator"]["mapping"]
    assert len(kinds) == len({schema.rpartition("/")[2] for schema in kinds.values()}) == 8


def test_events_are_described_with_all_definitions(client: TestClient) -> None:
    schemas = [event["schema"] for event in client.get("/__admin/sandboxes/default/events").json()]
    assert schemas
    assert [schema for schema in schemas if "$ref" in str(schema) and "$defs" not in schema] == []


def test_settings_are_described_with_every_name_and_default(client: TestClient) -> None:
    described = client.get("/__admin/settings").json()
    shown = client.get("/__admin/sandboxes/default/settings").json()
    assert {vendor: set(schema["properties"]) for vendor, schema in described.items()} == {
        vendor: set(values) for vendor, values in shown.items()
    }


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
