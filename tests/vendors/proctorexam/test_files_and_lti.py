"""Documents, attachments, tool providers, LTI resources and identity providers."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import Customer

DOCUMENT = {
    "id": 1,
    "exam_content": "<p>Exam instructions</p>",
    "created_at": "2019-01-22T16:07:23.183+01:00",
    "updated_at": "2019-01-22T16:07:28.315+01:00",
    "exam_id": 1,
    "file_file_name": None,
    "file_content_type": None,
    "file_file_size": None,
    "file_updated_at": None,
    "file_processing": False,
}
ATTACHMENT = {
    "id": 1,
    "created_at": "2019-01-22T16:48:06.991+01:00",
    "updated_at": "2019-01-22T16:48:06.991+01:00",
    "document_file_name": "image.jpg",
    "document_content_type": "image/jpeg",
    "document_file_size": 2065711,
    "document_updated_at": "2019-01-22T16:48:06.983+01:00",
    "exam_id": 1,
    "placeholder": "1548172086_image2.jpg",
}
TOOL_PROVIDER = {
    "id": 1,
    "tool_name": "some name",
    "tool_url": "https://example.com/lti",
    "oauth_consumer_key": "key",
    "oauth_consumer_secret": "secret",
    "institute_id": 1,
    "created_at": "2020-11-26T07:19:53.143+01:00",
    "updated_at": "2020-11-26T07:19:53.143+01:00",
    "use_as_basic_link": True,
    "lti_custom_data": "{}",
}
LTI_RESOURCE = {
    "id": 1,
    "lti_resource_link_id": None,
    "tool_provider_id": "2",
    "lti_resource_link_name": "link1",
    "exam_id": 2,
    "created_at": "2020-11-25T17:21:59.485+01:00",
    "updated_at": "2020-11-25T17:21:59.485+01:00",
    "lti_resource_launch_url": "http://localhost:5001/link1",
    "lti_custom_data": "",
    "open_in_new_tab": False,
    "placeholder": "LTI_EXAM_1",
}
IDENTITY_PROVIDER = {
    "id": 1,
    "name": "Identity Provider",
    "idp_sso_target_url": "https://example.com",
    "issuer": "example_issuer",
    "created_at": "2023-10-31T16:40:48.201+01:00",
    "updated_at": "2023-10-31T16:40:48.201+01:00",
}
NEW_TOOL = {"tool_name": "some name", "oauth_consumer_key": "key", "oauth_consumer_secret": "secret"}
NEW_LINK = {"lti_resource_link_name": "some name", "exam_id": "1", "tool_provider_id": "1"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/exams/1/documents", {"document": DOCUMENT}),
        ("/exams/1/documents/1", {"document": DOCUMENT}),
        ("/exams/1/attachments", {"attachments": [ATTACHMENT]}),
        ("/exams/1/attachments/1", {"attachment": ATTACHMENT}),
        ("/tool_providers/1", {"tool_provider": TOOL_PROVIDER}),
        ("/lti_resources/1", {"lti_resource": LTI_RESOURCE}),
        ("/identity_providers", {"identity_providers": [IDENTITY_PROVIDER]}),
    ],
)
def test_examples_of_the_pages_exist_after_a_fresh_start(
    customer_on_each_store: Customer, path: str, body: Any
) -> None:
    """PE-149, PE-206, PE-207, PE-215, PE-221, PE-228, PE-232, PE-318, PE-345, PE-405."""
    answer = customer_on_each_store.call("GET", path)
    assert (answer.status_code, answer.json()) == (200, body)


def test_lists_print_every_tool_provider_and_resource(customer: Customer) -> None:
    """PE-340, PE-400."""
    assert customer.call("GET", "/tool_providers").json()["tool_providers"][0] == TOOL_PROVIDER
    assert customer.call("GET", "/lti_resources").json()["lti_resources"][0] == LTI_RESOURCE


def test_latest_document_is_listed(customer: Customer) -> None:
    """PE-149, PE-497: as the page prints it, or as a list where the sandbox says so."""
    path = "/exams/1/documents"
    made = customer.call("POST", path, {"exam_content": "See {1548172086_image2.jpg}"}).json()["document"]
    assert customer.call("GET", path).json() == {"document": made}
    customer.settings(documents_index="list")
    assert customer.call("GET", path).json() == {"document": [DOCUMENT, made]}


def test_exam_without_document_has_none(customer: Customer) -> None:
    """PE-497."""
    assert customer.call("GET", f"/exams/{customer.new_exam()}/documents").json() == {"document": None}


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_document_is_changed_and_deleted(customer_on_each_store: Customer, method: str) -> None:
    """PE-226, PE-236, PE-237, PE-239."""
    customer, path = customer_on_each_store, "/exams/1/documents/1"
    changed = customer.call(method, path, {"exam_content": "New"}).json()["document"]
    assert changed == {**DOCUMENT, "exam_content": "New", "updated_at": "2026-11-21T20:37:12.000+01:00"}
    assert customer.call("DELETE", path).json() == {}
    assert customer.call("GET", path).status_code == 404
    assert customer.call("GET", "/exams/1").json()["exam"]["status"] == "open"


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/exams/1/documents"), ("PATCH", "/exams/1/documents/1")]
)
def test_text_of_a_document_is_required(customer: Customer, method: str, path: str) -> None:
    """PE-234, PE-235, PE-238."""
    answer = customer.call(method, path, {"exam_content": ""})
    body = {"error": "Param is missing or the value is empty: exam_content"}
    assert (answer.status_code, answer.json()) == (422, body)


def test_attachment_is_uploaded_and_deleted(customer_on_each_store: Customer) -> None:
    """PE-043, PE-152, PE-222 to PE-225: the placeholder is the time in seconds and the name."""
    customer, path = customer_on_each_store, "/exams/1/attachments"
    files = {"document": ("my notes.pdf", b"%PDF-1.7", "application/pdf")}
    answer = customer.send("POST", path, customer.signed(), "data", files=files)
    made = answer.json()["attachment"]
    assert (answer.status_code, made["id"], made["document_file_size"]) == (200, 2, 8)
    assert (made["document_content_type"], made["placeholder"]) == (
        "application/pdf",
        "1795289832_my_notes.pdf",
    )
    assert customer.call("DELETE", f"{path}/2").json() == {}
    assert customer.call("GET", f"{path}/2").status_code == 404


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        ({}, {"error": "Param is missing or the value is empty: document"}),
        ({"document": "notes"}, {"errors": {"document": ["Must be a File"]}}),
    ],
)
def test_attachment_must_be_a_file(customer: Customer, sent: dict[str, str], body: dict[str, Any]) -> None:
    """PE-104, PE-223."""
    answer = customer.call("POST", "/exams/1/attachments", sent)
    assert (answer.status_code, answer.json()) == (422, body)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/exams/1/documents/9", "Couldn't find Document with 'id'='9'"),
        ("/exams/2/documents/1", "Couldn't find Document with 'id'='1'"),
        ("/exams/1/attachments/9", "Couldn't find Attachment with 'id'='9'"),
        ("/exams/9/attachments/1", "Couldn't find Exam with 'id'='9'"),
        ("/tool_providers/9", "Couldn't find tool provider with 'id'='9'"),
        ("/lti_resources/9", "Couldn't find lti resource with 'id'='9'"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_unknown_object_is_not_found(customer: Customer, method: str, path: str, message: str) -> None:
    """PE-219, PE-231, PE-344, PE-364, PE-404: each in the spelling of its page."""
    answer = customer.call(method, path)
    assert (answer.status_code, answer.json()) == (404, {"error": message})


def test_tool_provider_is_created_with_the_printed_defaults(customer_on_each_store: Customer) -> None:
    """PE-406 to PE-414."""
    made = customer_on_each_store.call("POST", "/tool_providers", NEW_TOOL).json()["tool_provider"]
    now = "2026-11-21T20:37:12.000+01:00"
    assert made == {**TOOL_PROVIDER, "id": 3, "tool_url": "", "created_at": now, "updated_at": now}


@pytest.mark.parametrize("missing", list(NEW_TOOL))
def test_three_parameters_of_a_tool_provider_are_required(customer: Customer, missing: str) -> None:
    """PE-235, PE-408, PE-409, PE-410."""
    answer = customer.call("POST", "/tool_providers", {**NEW_TOOL, missing: ""})
    body = {"error": f"Param is missing or the value is empty: {missing}"}
    assert (answer.status_code, answer.json()) == (422, body)


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
@pytest.mark.parametrize(("field", "value"), [("tool_name", "Some new name"), ("use_as_basic_link", False)])
def test_tool_provider_is_changed(customer: Customer, method: str, field: str, value: Any) -> None:
    """PE-415 to PE-421."""
    changed = customer.call(method, "/tool_providers/1", {field: value}).json()["tool_provider"]
    assert changed == {**TOOL_PROVIDER, field: value, "updated_at": "2026-11-21T20:37:12.000+01:00"}


def test_tool_provider_of_an_open_exam_is_locked(customer_on_each_store: Customer) -> None:
    """PE-069, PE-198, PE-422, PE-425: the one body of a refusal that is printed."""
    answer = customer_on_each_store.call("DELETE", "/tool_providers/2")
    exams = [[{"id": 2, "name": "exam with lti resources example"}]]
    assert (answer.status_code, answer.json()) == (423, {"error": {"open_exam": exams}})
    assert customer_on_each_store.call("GET", "/tool_providers/2").status_code == 200


def test_tool_provider_is_deleted_once_its_exams_are_closed(customer: Customer) -> None:
    """PE-337, PE-495."""
    customer.call("PATCH", "/exams/2", {"end_time": "2020-01-01"})
    assert customer.call("DELETE", "/tool_providers/2").json() == {}
    assert customer.call("GET", "/lti_resources").json() == {"lti_resources": []}


def test_lti_resource_takes_over_from_its_tool_provider(customer_on_each_store: Customer) -> None:
    """PE-176, PE-177, PE-207, PE-346 to PE-353: texts in; the id of the tool provider is printed as text."""
    made = customer_on_each_store.call("POST", "/lti_resources", NEW_LINK).json()["lti_resource"]
    assert (made["exam_id"], made["tool_provider_id"], made["placeholder"]) == (1, "1", "LTI_EXAM_3")
    assert (made["lti_resource_launch_url"], made["lti_custom_data"]) == ("https://example.com/lti", "{}")


@pytest.mark.parametrize("missing", list(NEW_LINK))
def test_three_parameters_of_an_lti_resource_are_required(customer: Customer, missing: str) -> None:
    """PE-235, PE-348, PE-349, PE-350."""
    answer = customer.call("POST", "/lti_resources", {**NEW_LINK, missing: ""})
    body = {"error": f"Param is missing or the value is empty: {missing}"}
    assert (answer.status_code, answer.json()) == (422, body)


@pytest.mark.parametrize("field", ["exam_id", "tool_provider_id"])
@pytest.mark.parametrize(("method", "path"), [("POST", "/lti_resources"), ("PATCH", "/lti_resources/1")])
def test_what_an_lti_resource_links_must_exist(
    customer: Customer, method: str, path: str, field: str
) -> None:
    """PE-487."""
    answer = customer.call(method, path, {**NEW_LINK, field: 99})
    assert (answer.status_code, answer.json()) == (422, {"errors": {field: ["must exist"]}})


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_lti_resource_is_changed_and_deleted(customer: Customer, method: str) -> None:
    """PE-178, PE-226, PE-354 to PE-362."""
    changed = customer.call(method, "/lti_resources/1", {"open_in_new_tab": True}).json()["lti_resource"]
    now = "2026-11-21T20:37:12.000+01:00"
    assert changed == {**LTI_RESOURCE, "open_in_new_tab": True, "updated_at": now}
    assert customer.call("DELETE", "/lti_resources/1").json() == {}
    assert customer.call("GET", "/lti_resources/1").status_code == 404
