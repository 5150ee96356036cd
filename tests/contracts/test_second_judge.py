"""The exchanges of a run once more, judged by openapi-core: two validators have to agree."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from contracts_reports import read_report

from contracts.cli import main
from contracts.surface import load_surface

with warnings.catch_warnings():
    # openapi-core still imports jsonschema's old resolver; it is not ours to change.
    warnings.simplefilter("ignore", DeprecationWarning)
    from openapi_core import OpenAPI
    from openapi_core.testing import MockRequest, MockResponse

HOST = "https://vendor.example"


@cache
def openapi(vendor: str) -> Any:
    document = yaml.safe_load((files("contracts") / vendor / "openapi.yaml").read_text(encoding="utf-8"))
    document["servers"] = [{"url": HOST}]
    return OpenAPI.from_dict(document)


@pytest.fixture(scope="module")
def exchanges(server: Any, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """One accepted JSON answer of each operation and status of a run against our own server."""
    out: Path = tmp_path_factory.mktemp("judged")
    address = ["--base-url", server.base_url("consero"), "--admin-url", server.ready["admin_url"]]
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("CONTRACTS_CONSERO_API_KEY", raising=False)
        main(
            [
                "run",
                "--vendor",
                "consero",
                *address,
                "--only",
                "consero",
                "--report",
                "json",
                "--out",
                str(out),
                "--quiet",
            ]
        )
    return list(one_of_each(read_report(out, "consero").extra["exchanges"]))


def one_of_each(exchanges: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    kept = {}
    for exchange in exchanges:
        if exchange["operation"] and exchange["answer"]:
            kept.setdefault((exchange["operation"], exchange["answer"]["status"]), exchange)
    yield from kept.values()


def faults(exchange: dict[str, Any]) -> list[str]:
    """What openapi-core says of the answer."""
    request, answer = exchange["request"], exchange["answer"]
    path = urlsplit(request["url"]).path.removeprefix("/consero/api/v1")
    sent = MockRequest(
        HOST, request["method"].lower(), path, headers=request["headers"], data=request["body"].encode()
    )
    got = MockResponse(answer["body"].encode(), status_code=answer["status"], content_type="application/json")
    return [str(error) for error in openapi("consero").iter_response_errors(sent, got)]


def test_openapi_core_agrees_on_every_answer(exchanges: list[dict[str, Any]]) -> None:
    wrong = {f"{one['operation']} {one['answer']['status']}": faults(one) for one in exchanges}
    assert len(wrong) >= 9
    assert {answer: errors for answer, errors in wrong.items() if errors} == {}


def test_openapi_core_would_notice(exchanges: list[dict[str, Any]]) -> None:
    listed = next(one for one in exchanges if one["operation"] == "examinations.list")
    spoilt = {
        **listed,
        "answer": {**listed["answer"], "body": json.dumps([{"testId": "119", "testName": "x"}])},
    }
    assert faults(spoilt) != []


def test_both_judges_read_the_same_document() -> None:
    assert {operation.path for operation in load_surface("consero").operations} == set(
        openapi("consero").spec["paths"].keys()
    )
