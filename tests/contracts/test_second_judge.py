"""The exchanges of a run once more, judged by openapi-core: two validators have to agree."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from contracts_reports import Report

from contracts.redaction import HIDDEN
from contracts.reports.wire import LONGEST_BODY
from contracts.statements import VENDORS
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


def answered_as_json(report: Report) -> Iterator[dict[str, Any]]:
    """Of a full run the answers of documented operations: every status of each, and all that decided."""
    yield from filter(is_whole_json, report.extra["exchanges"])


def is_whole_json(exchange: dict[str, Any]) -> bool:
    """A long answer is cut in a report: the rest of it cannot be judged again."""
    answer = exchange["answer"]
    if not exchange["operation"] or answer is None or content_type(answer) != "application/json":
        return False
    return int(answer["headers"]["content-length"]) <= LONGEST_BODY


def content_type(answer: dict[str, Any]) -> str:
    return str(answer["headers"].get("content-type", "")).partition(";")[0]


def with_keys(body: str) -> str:
    """The body with keys of the documented lengths where the report hides them."""
    for name, length in (("api_token", 22), ("secret_key", 43)):
        body = re.sub(rf'("{name}":\s*)"{re.escape(HIDDEN)}"', rf'\1"{"k" * length}"', body)
    return body


def faults(report: Report, exchange: dict[str, Any]) -> list[str]:
    """What openapi-core says of the answer."""
    request, answer = exchange["request"], exchange["answer"]
    path = urlsplit(request["url"].removeprefix(report.extra["base_url"])).path
    sent = MockRequest(
        HOST, request["method"].lower(), path, headers=request["headers"], data=request["body"].encode()
    )
    got = MockResponse(
        with_keys(answer["body"]).encode(),
        status_code=answer["status"],
        headers=answer["headers"],
        content_type=content_type(answer),
    )
    return [str(error) for error in openapi(report.extra["vendor"]).iter_response_errors(sent, got)]


@pytest.mark.parametrize("vendor", VENDORS)
def test_openapi_core_agrees_on_every_answer(judged: tuple[int, dict[str, Report]], vendor: str) -> None:
    report = judged[1][vendor]
    wrong = {f"{one['number']} {one['operation']}": faults(report, one) for one in answered_as_json(report)}
    assert len(wrong) >= 9
    assert {answer: errors for answer, errors in wrong.items() if errors} == {}


def test_openapi_core_would_notice(judged: tuple[int, dict[str, Report]]) -> None:
    report = judged[1]["consero"]
    listed = next(one for one in answered_as_json(report) if one["operation"] == "examinations.list")
    spoilt = {**listed["answer"], "body": json.dumps([{"testId": "119", "testName": "x"}])}
    assert faults(report, {**listed, "answer": {**spoilt, "status": 200}}) != []


@pytest.mark.parametrize("vendor", VENDORS)
def test_both_judges_read_the_same_document(vendor: str) -> None:
    assert {operation.path for operation in load_surface(vendor).operations} == set(
        openapi(vendor).spec["paths"].keys()
    )
