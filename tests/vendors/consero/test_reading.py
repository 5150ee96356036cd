"""Bodies under the type that tools give them: `curl -d '{…}'` sends JSON and calls it a form."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

BASE_URL = "/consero/api/v1"
FORM = "application/x-www-form-urlencoded"
ROUTES = [
    ("/allocate-candidate", {"candidate_email": "new@company.io", "examination_id": 119}, 201),
    ("/cancel-allocation", {"invite_id": 142}, 200),
    ("/report", {"inviteId": 142}, 200),
]
each_route = pytest.mark.parametrize(("path", "fields", "status"), ROUTES)


def sent(client: TestClient, key: dict[str, str], path: str, body: str, content_type: str) -> Any:
    return client.post(BASE_URL + path, headers=key | {"content-type": content_type}, content=body)


@each_route
@pytest.mark.parametrize("before", ["", " \r\n\t"])
@pytest.mark.parametrize("content_type", [FORM, f"{FORM.upper()}; charset=UTF-8"])
def test_json_object_declared_as_a_form_is_read_as_json(
    client: TestClient,
    key: dict[str, str],
    path: str,
    fields: dict[str, Any],
    status: int,
    before: str,
    content_type: str,
) -> None:
    """CO-100."""
    assert sent(client, key, path, before + json.dumps(fields), content_type).status_code == status


@each_route
def test_true_form_stays_a_form(
    client: TestClient, key: dict[str, str], path: str, fields: dict[str, Any], status: int
) -> None:
    """CO-086."""
    assert sent(client, key, path, urlencode(fields), FORM).status_code == status


@each_route
def test_form_declared_as_json_is_not_read_as_a_form(
    client: TestClient, key: dict[str, str], path: str, fields: dict[str, Any], status: int
) -> None:
    """CO-085."""
    assert sent(client, key, path, urlencode(fields), "application/json").status_code == 422


@each_route
@pytest.mark.parametrize("body", ["{", "{}", "[142]", "142", '{"inviteId": NaN}', '{"a":1,"a":2}', "{a}=1"])
def test_what_is_no_object_with_the_fields_is_refused(
    client: TestClient, key: dict[str, str], path: str, fields: dict[str, Any], status: int, body: str
) -> None:
    """CO-085, CO-100."""
    assert sent(client, key, path, body, FORM).status_code == 422


def test_braces_inside_of_a_form_are_text(client: TestClient, key: dict[str, str]) -> None:
    """CO-086: only a body that begins with a brace is taken for JSON."""
    body = urlencode({"candidate_email": "{a}@company.io", "examination_id": "119"})
    answer = sent(client, key, "/allocate-candidate", body, FORM)
    assert answer.json()["data"]["candidate_email"] == "{a}@company.io"


def test_journal_tells_that_the_type_was_not_that_of_the_body(
    client: TestClient, key: dict[str, str]
) -> None:
    """CO-100."""
    sent(client, key, "/report", '{"inviteId": 142}', FORM)
    entry = client.get("/__admin/sandboxes/default/requests").json()[0]
    assert entry["notes"]["body"] == "read as JSON, although its type says form"


@each_route
@pytest.mark.parametrize("body", ["", "{broken", "[1]"])
def test_fields_of_the_query_are_read_beside_a_body_that_counts_as_empty(
    client: TestClient, key: dict[str, str], path: str, fields: dict[str, Any], status: int, body: str
) -> None:
    """CO-085, CO-093."""
    answer = sent(client, key, f"{path}?{urlencode(fields)}", body, "application/json")
    assert answer.status_code == status
