"""What ProctorExam can answer wrongly."""

from __future__ import annotations

from typing import Any

from mockserver.errors import AccessRefused, ValuesInvalid, VendorRefusal
from mockserver.seeded_faults.changing import (
    change_answer,
    change_json,
    change_refusal,
    with_json,
    with_status,
    with_text,
    with_type,
    wrap,
)
from mockserver.seeded_faults.fault import Faults
from mockserver.vendors.proctorexam import VENDOR, printing
from mockserver.vendors.proctorexam.errors import NotFound, Taken
from mockserver.vendors.proctorexam.routes import proctoring

FAULTS = Faults("proctorexam")


@FAULTS.add("refused-with-401", breaks="PE-463", at="exams.index")
def refused_with_401() -> None:
    """A refused signature is answered with 401."""
    change_refusal(VENDOR, AccessRefused, with_status(401))


@FAULTS.add("refused-in-other-words", breaks="PE-214", at="exams.index")
def refused_in_other_words() -> None:
    """A refused access has another message."""
    change_refusal(VENDOR, AccessRefused, with_text("You are not authorized to access this page.", "Denied."))


@FAULTS.add("field-missing", breaks="PE-204", at="exams.create")
def field_missing() -> None:
    """An exam is printed without its language."""
    change_json(VENDOR, "exams.create", lambda body: _without(body, "exam", "exam_language"))


@FAULTS.add("further-fields", breaks="PE-188", at="student_sessions.update")
def further_fields() -> None:
    """A changed student is printed with the fields of the list."""
    change_json(
        VENDOR,
        "student_sessions.update",
        lambda body: {"student": {**body["student"], "preserve": False, "is_email_sent": False}},
    )


@FAULTS.add("number-for-text", breaks="PE-207", at="lti_resources.create")
def number_for_text() -> None:
    """The id of a tool provider is a number in an LTI resource."""
    change_json(
        VENDOR, "lti_resources.create", lambda body: _with(body, "lti_resource", "tool_provider_id", int)
    )


@FAULTS.add("text-for-boolean", breaks="PE-202", at="student_sessions.show")
def text_for_boolean() -> None:
    """A switch of a student is printed as a text."""
    change_json(VENDOR, "student_sessions.show", lambda body: _with(body, "student", "entered_room", str))


@FAULTS.add("other-default", breaks="PE-124", at="institutes.create")
def other_default() -> None:
    """Sessions of a new institute are kept for 12 months."""
    change_json(
        VENDOR,
        "institutes.create",
        lambda body: _with(
            body, "institute", "session_retention_period", lambda value: "12" if value == "6" else value
        ),
    )


@FAULTS.add("months-as-number", breaks="PE-125", at="institutes.create")
def months_as_number() -> None:
    """The retention period is a number."""
    change_json(
        VENDOR, "institutes.create", lambda body: _with(body, "institute", "session_retention_period", int)
    )


@FAULTS.add("times-without-milliseconds", breaks="PE-009", at="institutes.create")
def times_without_milliseconds() -> None:
    """Times have whole seconds."""
    wrap(
        printing,
        "printed",
        lambda real: lambda ms, zone: None if ms is None else real(ms, zone)[:19] + real(ms, zone)[23:],
    )


@FAULTS.add("keys-in-the-list", breaks="PE-205", at="users.show")
def keys_in_the_list() -> None:
    """The page of a user prints the secret key."""
    change_json(VENDOR, "users.show", lambda body: {"user": {**body["user"], "secret_key": "x" * 43}})


@FAULTS.add("list-without-a-key", breaks="PE-240", at="exams.index")
def list_without_a_key() -> None:
    """The list of exams is a bare array."""
    change_json(VENDOR, "exams.index", lambda body: body["exams"])


@FAULTS.add("unknown-exam-with-200", breaks="PE-247", at="exams.show")
def unknown_exam_with_200() -> None:
    """What does not exist is answered with 200 and nothing."""
    change_refusal(VENDOR, NotFound, lambda answer: with_json(with_status(200)(answer), lambda _: {}))


@FAULTS.add("unknown-in-other-words", breaks="PE-374", at="student_sessions.show")
def unknown_in_other_words() -> None:
    """A 404 has another message."""
    change_refusal(VENDOR, NotFound, with_text("Couldn't find", "Could not find"))


@FAULTS.add("unknown-as-text", breaks="PE-073", at="exams.show_lti_student")
def unknown_as_text() -> None:
    """A 404 is sent as plain text."""
    change_refusal(VENDOR, VendorRefusal, with_type("text/plain"))


@FAULTS.add("taken-in-other-words", breaks="PE-328", at="institutes.create")
def taken_in_other_words() -> None:
    """A value that is taken has another message."""
    change_refusal(VENDOR, Taken, with_text("has already been taken", "is taken"))


@FAULTS.add("missing-in-other-words", breaks="PE-235", at="institutes.create")
def missing_in_other_words() -> None:
    """A missing parameter has another message."""
    change_refusal(VENDOR, ValuesInvalid, with_text("Param is missing or the value is empty", "Missing"))


@FAULTS.add("invalid-with-400", breaks="PE-111", at="student_sessions.update")
def invalid_with_400() -> None:
    """A value that breaks its rule is answered with 400."""
    change_refusal(VENDOR, ValuesInvalid, with_status(400))


@FAULTS.add("rules-in-other-words", breaks="PE-143", at="student_sessions.update")
def rules_in_other_words() -> None:
    """A broken rule has another message."""
    change_refusal(VENDOR, ValuesInvalid, with_text("Must be one of", "Should be one of"))


@FAULTS.add("anybody-proctors", breaks="PE-392 PE-489", at="student_sessions.assign_proctor")
def anybody_proctors() -> None:
    """Every user can be assigned as a proctor."""
    setattr(  # noqa: B010 - a constant for everybody else
        proctoring, "PROCTORING_ROLES", ("superuser", "administrator", "teacher", "proctor", "auditor")
    )


@FAULTS.add("deleted-object-returned", breaks="PE-226", at="student_sessions.destroy")
def deleted_object_returned() -> None:
    """A deletion is answered with more than an empty object."""
    change_json(VENDOR, "student_sessions.destroy", lambda _: {"deleted": True})


@FAULTS.add("created-with-202", breaks="PE-326", at="institutes.create")
def created_with_202() -> None:
    """A creation is answered with 202."""
    change_answer(VENDOR, "institutes.create", with_status(202))


def _with(body: Any, key: str, field: str, make: Any) -> Any:
    return {**body, key: {**body[key], field: make(body[key][field])}}


def _without(body: Any, key: str, field: str) -> Any:
    return {**body, key: {name: value for name, value in body[key].items() if name != field}}
