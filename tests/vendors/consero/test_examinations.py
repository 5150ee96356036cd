"""GET /examinations."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

KEY = {"x-api-key": "fakeconserokey0000000000000000000000000000000000fakefake"}
PATH = "/consero/api/v1/examinations"
UNAUTHORIZED = {"success": False, "message": "Unauthorized API key."}


def test_caller_without_key_is_refused(client: TestClient) -> None:
    """CO-014, CO-015, CO-017."""
    answer = client.get(PATH)
    assert answer.status_code == 401
    assert answer.json() == UNAUTHORIZED
    assert answer.headers["content-type"] == "application/json"


def test_list_is_a_bare_array_of_two_keys(client_on_each_store: TestClient) -> None:
    """CO-024, CO-026 to CO-030."""
    answer = client_on_each_store.get(PATH, headers=KEY)
    assert answer.status_code == 200
    assert answer.json() == [{"testId": 119, "testName": "Technology - Email Test"}]
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("key", ["wrong", "", " ", "null", KEY["x-api-key"] + "0", KEY["x-api-key"][:-1]])
def test_wrong_key_is_refused_like_a_missing_one(client: TestClient, key: str) -> None:
    """CO-014, CO-017."""
    answer = client.get(PATH, headers={"x-api-key": key})
    assert answer.status_code == 401
    assert answer.json() == UNAUTHORIZED


def test_key_in_the_query_does_not_count(client: TestClient) -> None:
    """CO-009."""
    assert client.get(PATH, params=KEY).status_code == 401


def test_address_outside_the_allowlist_is_refused_even_with_a_good_key(open_client) -> None:
    """CO-010, CO-018."""
    answer = open_client(peer="203.0.113.9").get(PATH, headers=KEY)
    assert answer.status_code == 403
    assert answer.json() == {"success": False, "message": "Your IP address is not allowed."}


def test_key_is_checked_before_the_address(open_client) -> None:
    """CO-019."""
    assert open_client(peer="203.0.113.9").get(PATH).status_code == 401


def test_sample_of_the_page_as_it_is_printed(client: TestClient) -> None:
    """CO-023: the sample asks for JSON."""
    answer = client.get(PATH, headers=KEY | {"accept": "application/json"})
    assert answer.text == '[{"testId":119,"testName":"Technology - Email Test"}]'


def test_parameters_change_nothing(client: TestClient) -> None:
    """CO-025, CO-032: there are none, so no paging and no filter."""
    answer = client.get(PATH, headers=KEY, params={"limit": "0", "testId": "7"})
    assert answer.json() == [{"testId": 119, "testName": "Technology - Email Test"}]
