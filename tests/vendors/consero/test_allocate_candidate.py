"""POST /allocate-candidate."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

PATH = "/allocate-candidate"
URL = "/consero/api/v1/allocate-candidate"
NEW = {"candidate_email": "new@company.io", "examination_id": 119}

Post = Callable[..., Any]


def test_caller_without_key_is_refused(client: TestClient) -> None:
    """CO-016: as on the page of the list."""
    answer = client.post(URL, json=NEW)
    assert answer.status_code == 401
    assert answer.json() == {"success": False, "message": "Unauthorized API key."}


def test_new_candidate_gets_an_invite(client_on_each_store: TestClient, key: dict[str, str]) -> None:
    """CO-020, CO-033, CO-038 to CO-042."""
    answer = client_on_each_store.post(URL, headers=key, json=NEW)
    assert answer.status_code == 201
    link = answer.json()["data"].pop("invite_link")
    assert answer.json()["success"] is True
    assert answer.json()["message"] == "Candidate allocated to examination successfully."
    assert answer.json()["data"] == answer.json()["data"] | {"invite_id": 143} | NEW
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/consero/exam/start/[A-Za-z0-9_-]{32}", link)


def test_answer_has_the_documented_keys_in_the_documented_order(post: Post) -> None:
    """CO-039, CO-040."""
    body = post(PATH, NEW).json()
    assert list(body) == ["success", "message", "data"]
    assert list(body["data"]) == ["candidate_email", "examination_id", "invite_id", "invite_link"]


def test_example_of_the_page_gives_the_invite_of_the_page(post: Post) -> None:
    """CO-041, CO-042: the seed holds the example."""
    data = post(PATH, {"candidate_email": "arjun.mehta@company.io", "examination_id": 119}).json()["data"]
    assert data["invite_id"] == 142
    assert "/exam/start/A3bk" in data["invite_link"]


def test_repeated_allocation_gives_the_same_invite(post: Post) -> None:
    """CO-049, CO-096, inferred."""
    assert post(PATH, NEW).json() == post(PATH, NEW).json()


def test_repeated_allocation_gives_a_new_invite_where_so_set(post: Post, configure: Post) -> None:
    """CO-049, the other guess."""
    configure(repeated_allocation="new_invite")
    first, second = post(PATH, NEW).json()["data"], post(PATH, NEW).json()["data"]
    assert (first["invite_id"], second["invite_id"]) == (143, 144)
    assert first["invite_link"] != second["invite_link"]


def test_candidate_is_the_same_whatever_the_letter_case(post: Post) -> None:
    """CO-034, CO-097."""
    first = post(PATH, NEW).json()["data"]
    second = post(PATH, NEW | {"candidate_email": "NEW@company.io"}).json()["data"]
    assert second["invite_id"] == first["invite_id"]
    assert second["candidate_email"] == "NEW@company.io"


def test_candidate_is_put_into_the_group_of_the_examination_once(
    open_client: Post, key: dict[str, str], tmp_path: Path
) -> None:
    """CO-034, CO-035, CO-098."""
    client = open_client(database=f"sqlite:///{tmp_path}/a.db")
    client.post(URL, headers=key, json=NEW)
    client.post(URL, headers=key, json=NEW)
    with sqlite3.connect(tmp_path / "a.db") as driver:
        candidates = driver.execute("SELECT email FROM consero_candidate ORDER BY email").fetchall()
        members = driver.execute("SELECT examination_id, email_key FROM consero_group_member").fetchall()
    assert candidates == [("arjun.mehta@company.io",), ("new@company.io",)]
    assert sorted(members) == [(119, "arjun.mehta@company.io"), (119, "new@company.io")]


def test_unknown_examination_is_refused(post: Post) -> None:
    """CO-090, inferred."""
    answer = post(PATH, NEW | {"examination_id": 120})
    assert answer.status_code == 422
    assert answer.json() == {
        "message": "The selected examination id is invalid.",
        "errors": {"examination_id": ["The selected examination id is invalid."]},
    }


def test_unknown_examination_fails_inside_the_server_where_so_set(post: Post, configure: Post) -> None:
    """CO-044, CO-045, CO-048."""
    configure(unknown_examination="error")
    answer = post(PATH, NEW | {"examination_id": 120})
    assert answer.status_code == 500
    assert list(answer.json()) == ["success", "message", "error"]
    assert answer.json()["success"] is False
    assert answer.json()["message"] == "An error occurred during allocation."
    assert answer.json()["error"].startswith("SQLSTATE[HY000]: General error: ")


def test_failed_allocation_leaves_no_candidate_and_no_invite(post: Post) -> None:
    post(PATH, NEW | {"examination_id": 120})
    assert post(PATH, NEW).json()["data"]["invite_id"] == 143


def test_both_fields_missing_are_both_named(post: Post) -> None:
    """CO-036, CO-037, CO-074."""
    answer = post(PATH, {})
    assert answer.status_code == 422
    assert answer.json() == {
        "message": "The examination id field is required. (and 1 more error)",
        "errors": {
            "examination_id": ["The examination id field is required."],
            "candidate_email": ["The candidate email field is required."],
        },
    }


def test_single_error_has_no_suffix(post: Post) -> None:
    """CO-074."""
    answer = post(PATH, {"candidate_email": "new@company.io"})
    assert answer.json()["message"] == "The examination id field is required."


def test_validation_can_be_wrapped_like_the_documented_errors(post: Post, configure: Post) -> None:
    """CO-087."""
    configure(validation_envelope="success")
    answer = post(PATH, {"candidate_email": "new@company.io"})
    assert answer.status_code == 422
    assert answer.json() == {
        "success": False,
        "message": "Validation failed",
        "errors": {"examination_id": ["The examination id field is required."]},
    }


@pytest.mark.parametrize("value", [None, "", "   ", [], {}])
def test_empty_value_counts_as_missing(post: Post, value: object) -> None:
    """CO-084."""
    errors = post(PATH, NEW | {"examination_id": value}).json()["errors"]
    assert errors == {"examination_id": ["The examination id field is required."]}


@pytest.mark.parametrize(
    "value", ["abc", 119.5, "119.5", True, False, [119], {"id": 119}, "1_19", "१", "9" * 30]
)
def test_examination_id_that_is_no_integer_is_refused(post: Post, value: object) -> None:
    """CO-036, CO-076, CO-083, CO-092."""
    answer = post(PATH, NEW | {"examination_id": value})
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"examination_id": ["The examination id field must be an integer."]}


@pytest.mark.parametrize("value", [119, "119", " 119 ", 119.0, "+119"])
def test_examination_id_may_be_text_of_digits(post: Post, value: object) -> None:
    """CO-083; the answer has a number all the same (CO-040)."""
    answer = post(PATH, NEW | {"examination_id": value})
    assert answer.status_code == 201
    assert answer.json()["data"]["examination_id"] == 119


@pytest.mark.parametrize(
    "value",
    ["plain", "a@", "@b.io", "a b@c.io", "a@b..io", "a@-b.io", "mıke@example.org", "a" * 250 + "@b.io"],
)
def test_email_that_is_none_is_refused(post: Post, value: str) -> None:
    """CO-037, CO-076."""
    answer = post(PATH, NEW | {"candidate_email": value})
    assert answer.status_code == 422
    assert answer.json()["errors"] == {
        "candidate_email": ["The candidate email field must be a valid email address."]
    }


def test_email_that_is_a_number_is_refused(post: Post) -> None:
    """CO-076."""
    errors = post(PATH, NEW | {"candidate_email": 7}).json()["errors"]
    assert errors == {"candidate_email": ["The candidate email field must be a string."]}


@pytest.mark.parametrize("value", ["a@b.io", "first.last+tag@sub.example.co.uk", "x@localhost"])
def test_email_of_any_usual_form_is_taken(post: Post, value: str) -> None:
    """CO-037."""
    assert post(PATH, NEW | {"candidate_email": value}).json()["data"]["candidate_email"] == value


def test_form_is_read_like_json(client: TestClient, key: dict[str, str]) -> None:
    """CO-086."""
    assert client.post(URL, headers=key, data=NEW).status_code == 201


def test_unknown_field_is_ignored_and_noted_as_unread(client: TestClient, post: Post) -> None:
    """CO-086."""
    assert post(PATH, NEW | {"priority": "high"}).status_code == 201
    assert client.get("/__admin/sandboxes/default/requests").json()[0]["unread"] == ["priority"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"7", b"null", b'{"examination_id": NaN}', b'{"a":1,"a":2}', b"\xff\xfe", b"[" * 5000],
)
def test_body_that_cannot_be_read_counts_as_empty(
    client: TestClient, key: dict[str, str], body: bytes
) -> None:
    """CO-085."""
    answer = client.post(URL, headers=key | {"content-type": "application/json"}, content=body)
    assert answer.status_code == 422
    assert answer.json()["message"] == "The examination id field is required. (and 1 more error)"


def test_key_is_checked_before_the_body_is_looked_at(client: TestClient) -> None:
    """CO-019."""
    assert client.post(URL, content=b"{").status_code == 401


def test_body_over_the_limit_is_refused(open_client: Post, key: dict[str, str]) -> None:
    """CO-091, inferred."""
    answer = open_client(max_body_bytes=100).post(URL, headers=key, json=NEW | {"note": "x" * 100})
    assert answer.status_code == 413
    assert answer.json() == {"message": "The POST data is too large."}
