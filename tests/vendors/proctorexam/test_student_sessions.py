"""Student sessions: every row of seed document 001, and the calls around it."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import Customer

# The example of the page, field by field (PE-188, PE-202).
EXAMPLE: dict[str, Any] = {
    "id": 1,
    "session_id": None,
    "student_id": None,
    "external_id": None,
    "proctor_id": None,
    "time_slot": 1,
    "created_at": "2018-11-17T17:01:25.788+01:00",
    "updated_at": "2018-11-17T17:13:30.427+01:00",
    "email": "student1@example.com",
    "operating_system": "OS X 10.14.1",
    "browser": "Chrome",
    "browser_version": "70.0.3538.102",
    "status": "exam_finished",
    "token": None,
    "screenshare_check": "not_started",
    "microphone_check": "not_started",
    "speakers_check": "not_started",
    "webcam_check": "not_started",
    "mobile_check": "not_started",
    "dummy_exam_survey": None,
    "skip_requirements": True,
    "send_confirmation": False,
    "name": "Student 1",
    "start_time": "2018-11-17T17:09:39.373+01:00",
    "exam_id": 1,
    "expires_at": None,
    "end_time": "2018-11-17T17:10:19.477+01:00",
    "entered_room": True,
    "reservation_time": "2018-11-17T17:04:28.633+01:00",
    "exam_document_content_type": None,
    "exam_document_file_size": None,
    "exam_document_updated_at": None,
    "reviewed": "10",
    "id_card_file_name": "data",
    "id_card_content_type": "image/png",
    "id_card_file_size": 187297,
    "face_photo_file_name": "data",
    "face_photo_content_type": "image/png",
    "face_photo_file_size": 206025,
    "bandwidth_check": "not_started",
    "bandwidth_speed": None,
    "open_time": "2018-11-13T11:13:00.000+01:00",
    "individual_info": "individual_info for user 1",
    "rtc_session_id": 0,
    "in_setup": False,
    "in_check_requirements": False,
    "attempt": 0,
    "archived": True,
    "current_exam_mode": "01010000",
    "rtc_session_ids": [],
    "transcoding_status": "not_sent_to_queue",
    "is_individual_info_html": True,
    "priority": "01",
    "recording_started_at": None,
    "recording_ended_at": None,
}
REQUEST = {
    "name": "Student 1",
    "email": "student1@example.com",
    "individual_info": "individual_info for user 1",
    "is_individual_info_html": True,
    "skip_requirements": True,
}
STRINGS = ["name", "email", "external_id", "individual_info"]
SWITCHES = ["is_individual_info_html", "skip_requirements", "preserve"]
TAKEN = (422, {"errors": {"email": ["has already been taken"]}})


def student_of(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["student"]
    return found


def test_example_of_the_page_exists_after_a_fresh_start(customer_on_each_store: Customer) -> None:
    """PE-008, PE-009, PE-010, PE-095, PE-188, PE-190, PE-202, PE-372: 55 fields, in the order of the page."""
    answer = customer_on_each_store.call("GET", "/student_sessions/1", ids={"id": "1"})
    assert list(student_of(answer).items()) == list(EXAMPLE.items())
    assert len(EXAMPLE) == 55


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
@pytest.mark.parametrize("ids", [None, {"id": "1"}])
@pytest.mark.parametrize("place", ["json", "data", "params"])
def test_request_of_the_page_answers_what_the_page_prints(
    customer: Customer, method: str, ids: Any, place: str
) -> None:
    """PE-035, PE-111, PE-138, PE-139 to PE-144, PE-179, PE-296, PE-384, PE-385."""
    answer = customer.call(method, "/student_sessions/1", REQUEST, ids=ids, place=place)
    assert student_of(answer) == {**EXAMPLE, "updated_at": "2026-11-21T20:37:12.000+01:00"}


def test_every_parameter_is_optional(customer_on_each_store: Customer) -> None:
    """PE-186, PE-187."""
    answer = customer_on_each_store.call("PATCH", "/student_sessions/1")
    assert student_of(answer) == {**EXAMPLE, "updated_at": "2026-11-21T20:37:12.000+01:00"}


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("name", "Zoë", "Zoë"),
        ("name", "", ""),
        ("email", "other@example.com", "other@example.com"),
        ("external_id", "ext-7", "ext-7"),
        ("individual_info", "<b>for you</b>", "<b>for you</b>"),
        ("is_individual_info_html", False, False),
        ("is_individual_info_html", "0", False),
        ("skip_requirements", "false", False),
        ("open_time", 1542103980, "2018-11-13T11:13:00.000+01:00"),
        ("open_time", "1530000000", "2018-06-26T10:00:00.000+02:00"),
        ("open_time", 0, "1970-01-01T01:00:00.000+01:00"),
    ],
)
def test_parameter_is_kept_and_shown(customer: Customer, field: str, value: Any, shown: Any) -> None:
    """PE-139 to PE-147: open_time comes in epoch seconds and is printed in ISO 8601."""
    assert student_of(customer.call("PATCH", "/student_sessions/1", {field: value}))[field] == shown
    after = student_of(customer.call("GET", "/student_sessions/1"))
    assert after == {**EXAMPLE, field: shown, "updated_at": after["updated_at"]}


@pytest.mark.parametrize("field", STRINGS)
@pytest.mark.parametrize("value", [1, 1.5, True, None, ["a"], {"a": "b"}], ids=str)
def test_texts_must_be_strings(customer: Customer, field: str, value: Any) -> None:
    """PE-103, PE-111, PE-467, PE-472."""
    answer = customer.call("PATCH", "/student_sessions/1", {field: value})
    assert (answer.status_code, answer.json()) == (422, {"errors": {field: ["Must be a String"]}})


@pytest.mark.parametrize("field", SWITCHES)
@pytest.mark.parametrize("value", ["True", "yes", "", 2, None, "null"])
def test_switches_take_nothing_but_the_four_words(customer: Customer, field: str, value: Any) -> None:
    """PE-106, PE-111, PE-143, PE-144, PE-148."""
    answer = customer.call("PATCH", "/student_sessions/1", {field: value})
    assert answer.status_code == 422
    assert answer.json() == {"errors": {field: ["Must be one of: true, false, 1, 0."]}}


@pytest.mark.parametrize(
    "value", [-1, 1.5, "1.5", "01", "", "soon", "2018-11-13T11:13:00Z", True, None, 253402300800, "9" * 30]
)
def test_open_time_must_be_a_number(customer: Customer, value: Any) -> None:
    """PE-105, PE-111, PE-145, PE-473: of seconds, so milliseconds lie beyond the year 9999."""
    answer = customer.call("PATCH", "/student_sessions/1", {"open_time": value})
    assert (answer.status_code, answer.json()) == (422, {"errors": {"open_time": ["Must be a number."]}})


def test_every_broken_validation_is_named(customer: Customer) -> None:
    """PE-467."""
    answer = customer.call("PATCH", "/student_sessions/1", {"name": 5, "open_time": "soon"})
    errors = {"name": ["Must be a String"], "open_time": ["Must be a number."]}
    assert (answer.status_code, answer.json()) == (422, {"errors": errors})


def test_broken_value_changes_nothing(customer: Customer) -> None:
    assert customer.call("PATCH", "/student_sessions/1", {"name": "New", "open_time": "x"}).status_code == 422
    assert student_of(customer.call("GET", "/student_sessions/1")) == EXAMPLE


@pytest.mark.parametrize(
    ("field", "most"), [("name", 255), ("email", 255), ("external_id", 255), ("individual_info", 65535)]
)
def test_texts_have_a_longest_length(customer: Customer, field: str, most: int) -> None:
    """PE-491."""
    assert customer.call("PATCH", "/student_sessions/1", {field: "x" * most}).status_code == 200
    answer = customer.call("PATCH", "/student_sessions/1", {field: "x" * (most + 1)})
    message = f"is too long (maximum is {most} characters)"
    assert (answer.status_code, answer.json()) == (422, {"errors": {field: [message]}})


@pytest.mark.parametrize("email", ["student1@example.com", "Student1@Example.COM"])
def test_email_is_unique_in_the_exam(customer_on_each_store: Customer, email: str) -> None:
    """PE-067, PE-189, PE-305, PE-465, PE-485."""
    customer = customer_on_each_store
    other = customer.new_session(1)
    answer = customer.call("PATCH", f"/student_sessions/{other}", {"email": email, "name": "Changed"})
    assert (answer.status_code, answer.json()) == TAKEN
    assert student_of(customer.call("GET", f"/student_sessions/{other}"))["name"] == "Student"


def test_same_student_may_sit_two_exams(customer: Customer) -> None:
    """PE-485."""
    answer = customer.call(
        "POST", "/exams/2/student_sessions", {"name": "S", "email": "student1@example.com"}
    )
    assert student_of(answer)["exam_id"] == 2


def test_email_may_be_sent_unchanged(customer: Customer) -> None:
    answer = customer.call("PATCH", "/student_sessions/1", {"email": "STUDENT1@example.com"})
    assert student_of(answer)["email"] == "STUDENT1@example.com"


def test_new_session_is_registered_and_has_no_past(customer_on_each_store: Customer) -> None:
    """PE-085, PE-185, PE-375 to PE-382, PE-478."""
    request = {**REQUEST, "email": "new@example.com", "external_id": "e1", "open_time": 1542103980}
    made = student_of(customer_on_each_store.call("POST", "/exams/1/student_sessions", request))
    now = "2026-11-21T20:37:12.000+01:00"
    assert list(made) == list(EXAMPLE)
    assert {name: made[name] for name in request} == {**request, "open_time": EXAMPLE["open_time"]}
    assert (made["id"], made["status"], made["created_at"], made["updated_at"]) == (2, "registered", now, now)
    assert {
        made[name] for name in ("start_time", "end_time", "reservation_time", "browser", "id_card_file_size")
    } == {None}
    assert (made["entered_room"], made["archived"], len(made["token"])) == (False, False, 32)


@pytest.mark.parametrize("missing", ["name", "email"])
@pytest.mark.parametrize("spoil", [{}, {"value": ""}, {"value": None}], ids=str)
def test_name_and_email_are_required(customer: Customer, missing: str, spoil: dict[str, Any]) -> None:
    """PE-238, PE-376, PE-377."""
    sent = {name: REQUEST[name] for name in ("name", "email") if name != missing}
    sent |= dict.fromkeys([missing][: len(spoil)], spoil.get("value"))
    answer = customer.call("POST", "/exams/2/student_sessions", sent)
    assert answer.status_code == 422
    assert answer.json() == {"error": f"Param is missing or the value is empty: {missing}"}


def test_second_session_with_an_email_is_refused(customer_on_each_store: Customer) -> None:
    """PE-383."""
    answer = customer_on_each_store.call("POST", "/exams/1/student_sessions", REQUEST)
    assert (answer.status_code, answer.json()) == TAKEN
    count = customer_on_each_store.call("GET", "/student_sessions").headers["x-pagination-item-count"]
    assert count == "1"


def test_list_adds_three_fields(customer_on_each_store: Customer) -> None:
    """PE-182, PE-365, PE-309: 58 fields in the order of the list page."""
    [item] = customer_on_each_store.call("GET", "/student_sessions").json()["students"]
    names = list(EXAMPLE)
    names.insert(names.index("time_slot"), "pre_assigned_proctor_id")
    assert list(item) == [*names, "is_email_sent", "preserve"]
    assert item == {**EXAMPLE, "pre_assigned_proctor_id": None, "is_email_sent": False, "preserve": False}


def test_preserve_is_shown_in_the_list(customer: Customer) -> None:
    """PE-148."""
    student_of(customer.call("PATCH", "/student_sessions/1", {"preserve": "1"}))
    [item] = customer.call("GET", "/student_sessions").json()["students"]
    assert item["preserve"] is True


def test_sessions_of_one_exam_are_listed(customer: Customer) -> None:
    """PE-183, PE-285, PE-366."""
    other = customer.new_session(2)
    assert customer.call("GET", "/exams/1/student_sessions").json() == {"students": [EXAMPLE]}
    [found] = customer.call("GET", "/exams/2/student_sessions").json()["students"]
    assert found["id"] == other


@pytest.mark.parametrize(
    ("status", "count"), [("exam_finished", 1), ("registered", 0), ("before_check_req", 0)]
)
def test_sessions_of_an_exam_are_filtered_by_status(customer: Customer, status: str, count: int) -> None:
    """PE-092, PE-367."""
    answer = customer.call("GET", "/exams/1/student_sessions", {"status": status})
    assert len(answer.json()["students"]) == count


def test_unknown_status_is_refused(customer: Customer) -> None:
    """PE-475."""
    answer = customer.call("GET", "/exams/1/student_sessions", {"status": "asleep"})
    assert answer.status_code == 422
    assert answer.json()["errors"]["status"][0].startswith("Must be one of: registered, ")


@pytest.mark.parametrize("method", ["GET", "PATCH", "PUT", "DELETE"])
def test_unknown_session_is_not_found(customer: Customer, method: str) -> None:
    """PE-186, PE-374, PE-470."""
    answer = customer.call(method, "/student_sessions/9")
    assert answer.status_code == 404
    assert answer.json() == {"error": "Couldn't find Student Session with 'id'='9'"}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sessions_of_an_unknown_exam_are_not_found(customer: Customer, method: str) -> None:
    answer = customer.call(method, "/exams/9/student_sessions", {"name": "S", "email": "s@example.com"})
    assert (answer.status_code, answer.json()) == (404, {"error": "Couldn't find Exam with 'id'='9'"})


def test_deleted_session_is_gone_and_its_email_free(customer_on_each_store: Customer) -> None:
    """PE-226, PE-386."""
    customer = customer_on_each_store
    answer = customer.call("DELETE", "/student_sessions/1")
    assert (answer.status_code, answer.json()) == (200, {})
    assert customer.call("GET", "/student_sessions/1").status_code == 404
    assert student_of(customer.call("POST", "/exams/1/student_sessions", REQUEST))["id"] == 2
