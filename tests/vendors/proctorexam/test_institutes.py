"""Institutes: every row of seed document 003, and the calls around it."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import Customer, institute_of

NOT_AUTHORIZED = {"error": "You are not authorized to access this page."}

# The example of the page, field by field (PE-170, PE-203).
EXAMPLE: dict[str, Any] = {
    "id": 1,
    "name": "ProctorExam",
    "created_at": "2018-08-20T15:11:09.284+02:00",
    "updated_at": "2019-01-22T10:30:59.794+01:00",
    "short_name": "pe",
    "logo_image_file_name": None,
    "logo_image_content_type": None,
    "logo_image_file_size": None,
    "logo_image_updated_at": None,
    "callback_url": None,
    "tawk_url": None,
    "check_requirements_emails_enabled": True,
    "reminder_emails_enabled": True,
    "exam_link_emails_enabled": True,
    "exam_changed_emails_enabled": True,
    "exam_finalized_emails_enabled": True,
    "global_proctor": True,
    "global_reviewer": True,
    "token_value": 30,
    "tawk_api_key": None,
    "default_exam_languages": "en-GB",
    "default_locale": "en-GB",
    "default_language": "en-GB",
    "custom_languages": ["no-NO"],
    "logo_image": "/logo_images/original/missing.png",
    "tokens": [],
    "session_retention_period": "6",
    "pre_assigned_proctor_fallback_threshold": 0,
    "connected_proctor_fallback_threshold": 0,
    "block_students_until_proctor_connected": False,
}
NEW = {"name": "New", "short_name": "n"}


def test_example_of_the_page_exists_after_a_fresh_start(customer_on_each_store: Customer) -> None:
    """PE-008, PE-009, PE-010, PE-322, PE-323, PE-325: 30 fields, in the order of the page."""
    answer = customer_on_each_store.call("GET", "/institutes/1", ids={"id": "1"})
    assert list(institute_of(answer).items()) == list(EXAMPLE.items())


def test_request_of_the_page_answers_what_the_page_prints(customer_on_each_store: Customer) -> None:
    """PE-114 to PE-118, PE-124, PE-125, PE-130, PE-134, PE-137, PE-167 to PE-170, PE-172, PE-173, PE-326."""
    customer = customer_on_each_store
    request = {"name": "ProctorExam 2", "short_name": "pe", "global_proctor": True, "global_reviewer": True}
    made = institute_of(customer.call("POST", "/institutes", request))
    now = "2026-11-21T20:37:12.000+01:00"
    own = {"id": 2, "name": "ProctorExam 2", "created_at": now, "updated_at": now}
    assert made == {**EXAMPLE, **own}
    assert institute_of(customer.call("GET", "/institutes/2")) == made


@pytest.mark.parametrize("place", ["json", "data", "params"])
def test_institute_is_created_from_json_form_and_query(customer: Customer, place: str) -> None:
    """PE-168, PE-042, PE-017."""
    made = institute_of(customer.call("POST", "/institutes", {**NEW, "global_proctor": "true"}, place=place))
    assert (made["name"], made["global_proctor"], made["global_reviewer"]) == ("New", True, False)


@pytest.mark.parametrize("status", [200, 201])
def test_status_of_a_creation_is_a_setting(customer: Customer, status: int) -> None:
    """PE-011, PE-012, PE-013."""
    customer.settings(create_status=status)
    assert customer.call("POST", "/institutes", NEW).status_code == status


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("callback_url", "https://school.org/callbacks?x=1", "https://school.org/callbacks?x=1"),
        ("global_proctor", True, True),
        ("global_reviewer", True, True),
        ("tawk_url", "https://tawk.to/chat", "https://tawk.to/chat"),
        ("default_language", "nl-NL", "nl-NL"),
        ("session_retention_period", "12", "12"),
        ("session_retention_period", 12, "12"),
        ("pre_assigned_proctor_fallback_threshold", 5, 5),
        ("connected_proctor_fallback_threshold", "5", 5),
        ("block_students_until_proctor_connected", "1", True),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT"])
def test_optional_parameter_is_kept_and_shown(
    customer: Customer, method: str, field: str, value: Any, shown: Any
) -> None:
    """PE-082, PE-116 to PE-119, PE-123 to PE-127, PE-131, PE-136, PE-174, PE-175, PE-329, PE-331."""
    path = "/institutes" if method == "POST" else "/institutes/1"
    required = NEW if method == "POST" else {}
    made = institute_of(customer.call(method, path, {**required, field: value}))
    assert made[field] == shown
    assert type(made[field]) is type(shown)
    assert institute_of(customer.call("GET", f"/institutes/{made['id']}"))[field] == shown


@pytest.mark.parametrize("missing", ["name", "short_name"])
@pytest.mark.parametrize("spoil", [{}, {"sent": ""}, {"sent": None}, {"sent": []}], ids=str)
def test_name_and_short_name_are_required(customer: Customer, missing: str, spoil: dict[str, Any]) -> None:
    """PE-071, PE-114, PE-115, PE-235, PE-466."""
    sent = {name: value for name, value in NEW.items() if name != missing}
    sent |= dict.fromkeys([missing][: len(spoil)], spoil.get("sent"))
    answer = customer.call("POST", "/institutes", sent)
    assert answer.status_code == 422
    assert answer.json() == {"error": f"Param is missing or the value is empty: {missing}"}


def test_name_is_unique(customer_on_each_store: Customer) -> None:
    """PE-067, PE-169, PE-328, PE-465."""
    customer = customer_on_each_store
    answer = customer.call("POST", "/institutes", {"name": "ProctorExam", "short_name": "other"})
    assert (answer.status_code, answer.json()) == (422, {"errors": {"name": ["has already been taken"]}})
    assert customer.call("GET", "/institutes").headers["x-pagination-item-count"] == "1"


def test_name_stays_unique_when_it_is_changed(customer_on_each_store: Customer) -> None:
    """PE-332."""
    customer = customer_on_each_store
    other = customer.new_institute()
    answer = customer.call("PATCH", f"/institutes/{other}", {"name": "ProctorExam", "short_name": "changed"})
    assert (answer.status_code, answer.json()) == (422, {"errors": {"name": ["has already been taken"]}})
    assert institute_of(customer.call("GET", f"/institutes/{other}"))["short_name"] == "o"


@pytest.mark.parametrize(("name", "status"), [("Zoë", 422), ("Zoe\u0308", 422), ("ZOË", 200), ("Zoë ", 200)])
def test_names_are_compared_as_sent_after_composing(customer: Customer, name: str, status: int) -> None:
    """PE-484."""
    institute_of(customer.call("POST", "/institutes", {**NEW, "name": "Zoë"}))
    assert customer.call("POST", "/institutes", {**NEW, "name": name}).status_code == status


def test_short_name_need_not_be_unique(customer: Customer) -> None:
    """PE-171."""
    assert (
        institute_of(customer.call("POST", "/institutes", {"name": "Other", "short_name": "pe"}))["id"] == 2
    )


@pytest.mark.parametrize("field", ["default_language", "default_exam_languages", "default_locale"])
def test_deprecated_fields_repeat_the_language(customer: Customer, field: str) -> None:
    """PE-121, PE-122, PE-123, PE-496: whichever of the three sets it."""
    made = institute_of(customer.call("POST", "/institutes", {**NEW, field: "nl-NL"}))
    shown = {made["default_language"], made["default_exam_languages"], made["default_locale"]}
    assert shown == {"nl-NL"}


def test_default_language_leads(customer: Customer) -> None:
    languages = {"default_locale": "fr-FR", "default_exam_languages": "de-DE", "default_language": "nl-NL"}
    assert institute_of(customer.call("PATCH", "/institutes/1", languages))["default_locale"] == "nl-NL"


def test_update_changes_only_what_is_sent(customer: Customer) -> None:
    """PE-329, PE-331, PE-334."""
    customer.passes(3600)
    changed = institute_of(customer.call("PATCH", "/institutes/1", {"short_name": "new"}))
    assert changed == {**EXAMPLE, "short_name": "new", "updated_at": "2026-11-21T21:37:12.000+01:00"}


@pytest.mark.parametrize("field", ["name", "short_name"])
def test_name_cannot_be_emptied(customer: Customer, field: str) -> None:
    """PE-238, PE-492."""
    answer = customer.call("PATCH", "/institutes/1", {field: ""})
    assert answer.status_code == 422
    assert answer.json() == {"error": f"Param is missing or the value is empty: {field}"}


def test_institutes_are_listed(customer: Customer) -> None:
    """PE-166, PE-319, PE-320."""
    other = customer.new_institute()
    answer = customer.call("GET", "/institutes")
    assert [institute["id"] for institute in answer.json()["institutes"]] == [1, other]
    assert list(answer.json()["institutes"][0].items()) == list(EXAMPLE.items())


@pytest.mark.parametrize(("method", "id"), [("GET", "9"), ("PATCH", "9"), ("PUT", "9"), ("DELETE", "9")])
def test_unknown_institute_is_not_found(customer: Customer, method: str, id: str) -> None:
    """PE-324, PE-333, PE-470."""
    answer = customer.call(method, f"/institutes/{id}")
    assert (answer.status_code, answer.json()) == (404, {"error": "Couldn't find Institute with 'id'='9'"})


@pytest.mark.parametrize("id", ["0", "01", "-1", "1.0", "abc", "１", "9" * 40, "1%0A", "'; DROP TABLE x;--"])
def test_what_is_no_id_is_the_id_of_nothing(customer: Customer, id: str) -> None:
    """PE-470."""
    answer = customer.call("GET", f"/institutes/{id}")
    assert answer.status_code == 404
    assert answer.json()["error"].startswith("Couldn't find Institute with 'id'='")


def test_path_with_nul_is_no_path(customer_on_each_store: Customer) -> None:
    """PostgreSQL could not even look for it."""
    answer = customer_on_each_store.call("GET", "/institutes/1%00")
    assert (answer.status_code, answer.json()) == (404, {"error": "Not Found"})


def test_deleted_institute_is_gone_with_all_that_is_its(customer_on_each_store: Customer) -> None:
    """PE-335, PE-336, PE-337, PE-495."""
    customer = customer_on_each_store
    institute = customer.new_institute()
    administrator = customer.new_user("administrator", institute)
    exam = administrator.new_exam()
    session = administrator.new_session(exam)
    answer = customer.call("DELETE", f"/institutes/{institute}")
    assert (answer.status_code, answer.json()) == (200, {})
    assert customer.call("GET", f"/institutes/{institute}").status_code == 404
    assert customer.call("GET", f"/exams/{exam}").status_code == 404
    assert customer.call("GET", f"/student_sessions/{session}").status_code == 404
    assert administrator.call("GET", "/exams").json() == NOT_AUTHORIZED


def test_own_institute_cannot_be_deleted(customer: Customer) -> None:
    """PE-495."""
    answer = customer.call("DELETE", "/institutes/1")
    assert (answer.status_code, answer.json()) == (403, NOT_AUTHORIZED)
    assert institute_of(customer.call("GET", "/institutes/1")) == EXAMPLE


def test_ids_do_not_come_back(customer: Customer) -> None:
    first = customer.new_institute("First")
    assert customer.call("DELETE", f"/institutes/{first}").status_code == 200
    assert customer.new_institute("Second") == first + 1
