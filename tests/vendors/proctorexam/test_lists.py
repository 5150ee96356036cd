"""Paging, filter and sort."""

from __future__ import annotations

import json
from typing import Any

import pytest
from proctorexam_customer import Customer

PAGED = [
    "/exams",
    "/exams/1/attachments",
    "/exams/1/index_students",
    "/exams/1/student_sessions",
    "/institutes",
    "/institutes/1/users",
    "/lti_resources",
    "/student_sessions",
]
FILTERED = ["/exams", "/student_sessions", "/exams/1/student_sessions", "/institutes/1/users"]
HEADERS = ["item-count", "page-count", "page", "limit"]


def paging(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [answer.headers[f"x-pagination-{name}"] for name in HEADERS]


def items(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    [found] = answer.json().values()
    return list(found)


@pytest.mark.parametrize("path", PAGED)
def test_paged_lists_say_where_they_stand(customer_on_each_store: Customer, path: str) -> None:
    """PE-075, PE-076, PE-212, PE-213: limit is 300 by default."""
    answer = customer_on_each_store.call("GET", path)
    assert paging(answer) == [str(len(items(answer))), "1", "1", "300"]


@pytest.mark.parametrize("path", ["/tool_providers", "/identity_providers", "/exams/1/documents"])
def test_three_lists_have_no_pages(customer: Customer, path: str) -> None:
    """PE-078."""
    headers = customer.call("GET", path).headers
    assert not [name for name in headers if name.startswith("x-pagination")]


@pytest.mark.parametrize(
    ("page", "ids", "shown"),
    [
        (1, [1, 2, 3, 4], ["6", "2", "1", "4"]),
        ("2", [5, 6], ["6", "2", "2", "4"]),
        (3, [], ["6", "2", "3", "4"]),
        (2**63 - 1, [], ["6", "2", str(2**63 - 1), "4"]),
    ],
)
def test_page_and_limit_cut_the_list(
    customer_on_each_store: Customer, page: Any, ids: list[int], shown: list[str]
) -> None:
    """PE-075, PE-076, PE-499: a page past the end is empty."""
    answer = customer_on_each_store.call("GET", "/institutes/1/users", {"page": page, "limit": "4"})
    assert ([item["id"] for item in items(answer)], paging(answer)) == (ids, shown)


@pytest.mark.parametrize("path", PAGED)
@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [
        ("limit", 0, "Must be a number from 1 to 300."),
        ("limit", 301, "Must be a number from 1 to 300."),
        ("limit", "many", "Must be a number."),
        ("limit", "-1", "Must be a number."),
        ("page", 0, "Must be a number from 1."),
        ("page", "1.5", "Must be a number."),
        ("page", str(2**63), "Must be a number."),
    ],
)
def test_other_pages_and_limits_are_refused(
    customer: Customer, path: str, parameter: str, value: Any, message: str
) -> None:
    """PE-077, PE-471."""
    answer = customer.call("GET", path, {parameter: value})
    assert (answer.status_code, answer.json()) == (422, {"errors": {parameter: [message]}})


@pytest.fixture
def customer_with_sessions(customer_on_each_store: Customer) -> Customer:
    """Sessions 2 to 4, besides the one of the example."""
    customer = customer_on_each_store
    for name, seconds in (("Bea", 1_700_000_000), ("Ann", 1_700_000_000), ("Cyd", 1_800_000_000)):
        customer.new_session(1, name=name, open_time=seconds)
    return customer


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ({}, [1, 2, 3, 4]),
        ({"name": "Ann"}, [3]),
        ({"name": {"eq": "Ann"}}, [3]),
        ({"status": "registered"}, [2, 3, 4]),
        ({"id": {"gt": 1, "lte": 3}}, [2, 3]),
        ({"id": {"gte": "4"}}, [4]),
        ({"exam_id": {"lt": 1}}, []),
        ({"open_time": {"gte": "2023-11-14T22:13:20Z"}}, [2, 3, 4]),
        ({"open_time": {"gt": "2025-02-01"}}, [4]),
        ({"open_time": {"lt": 1_700_000_000}}, [1]),
        ({"start_time": {"gte": "2018-02-01"}}, [1]),
        ({"external_id": "nobody"}, []),
        ({"name": "Ann", "status": "exam_finished"}, []),
    ],
)
def test_filter_chooses(customer_with_sessions: Customer, condition: Any, ids: list[int]) -> None:
    """PE-079, PE-080, PE-243, PE-371, PE-493."""
    parameters = {"filter": json.dumps(condition)}
    answer = customer_with_sessions.call("GET", "/exams/1/student_sessions", parameters)
    assert [item["id"] for item in items(answer)] == ids
    assert answer.headers["x-pagination-item-count"] == str(len(ids))


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ([], [1, 2, 3, 4]),
        ([{"name": "asc"}], [3, 2, 4, 1]),
        ([{"id": "desc"}], [4, 3, 2, 1]),
        ([{"open_time": "desc"}, {"name": "asc"}], [4, 3, 2, 1]),
        ([{"open_time": "asc"}, {"name": "desc"}], [1, 2, 3, 4]),
        ([{"start_time": "desc"}, {"id": "desc"}], [1, 4, 3, 2]),
    ],
)
def test_sort_orders(customer_with_sessions: Customer, order: Any, ids: list[int]) -> None:
    """PE-079, PE-242, PE-370, PE-493: what has no value comes last."""
    answer = customer_with_sessions.call("GET", "/student_sessions", {"sort": json.dumps(order)})
    assert [item["id"] for item in items(answer)] == ids


def test_filtered_list_has_pages(customer_with_sessions: Customer) -> None:
    parameters = {"filter": '{"status": "registered"}', "sort": '[{"id": "desc"}]', "limit": 2, "page": 2}
    answer = customer_with_sessions.call("GET", "/student_sessions", parameters)
    assert [item["id"] for item in items(answer)] == [2]
    assert paging(answer) == ["3", "2", "2", "2"]


@pytest.mark.parametrize(
    ("path", "condition", "count"),
    [
        ("/exams", {"start_time": {"gte": "2018-02-01"}, "status": "open"}, 2),
        ("/exams", {"name": "New test"}, 1),
        ("/institutes/1/users", {"role": "teacher"}, 2),
        ("/institutes/1/users", {"email": "proctor@proctorexam.com"}, 1),
    ],
)
def test_every_list_has_its_columns(customer: Customer, path: str, condition: Any, count: int) -> None:
    assert len(items(customer.call("GET", path, {"filter": json.dumps(condition)}))) == count


@pytest.mark.parametrize("path", FILTERED)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "[]",
        '"name"',
        "null",
        '{"secret_key": "x"}',
        '{"name": {"like": "A%"}}',
        '{"id": "soon"}',
        '{"id": {"gte": null}}',
        '{"id": {"gte": [1]}}',
        '{"name": 1}',
        '{"name": {"eq": {"eq": "x"}}}',
        '{"id": 1, "id": 2}',
        "{" * 100,
    ],
)
def test_filter_of_another_form_is_refused(customer: Customer, path: str, text: str) -> None:
    """PE-480, PE-493."""
    answer = customer.call("GET", path, {"filter": text})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["filter"]


@pytest.mark.parametrize("path", FILTERED)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "{}",
        '{"name": "asc"}',
        '["name"]',
        '[{"name": "up"}]',
        '[{"token": "asc"}]',
        '[{"id": 1}]',
        "[{}]",
    ],
)
def test_sort_of_another_form_is_refused(customer: Customer, path: str, text: str) -> None:
    """PE-480, PE-493."""
    answer = customer.call("GET", path, {"sort": text})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["sort"]


def test_filter_must_be_a_text(customer: Customer) -> None:
    answer = customer.call("GET", "/exams", {"filter": {"id": 1}}, place="json")
    assert (answer.status_code, answer.json()) == (422, {"errors": {"filter": ["Must be a String"]}})
