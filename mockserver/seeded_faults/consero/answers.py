"""What Consero can answer wrongly."""

from __future__ import annotations

from typing import Any

from mockserver.errors import MethodNotAllowed, ValuesInvalid, VendorRefusal
from mockserver.seeded_faults.changing import (
    change_answer,
    change_json,
    change_refusal,
    with_status,
    with_text,
    with_type,
)
from mockserver.seeded_faults.fault import Faults
from mockserver.vendors.consero import VENDOR

FAULTS = Faults("consero")


@FAULTS.add("allocated-with-200", breaks="CO-038", at="candidates.allocate")
def allocated_with_200() -> None:
    """An allocation is answered with 200."""
    change_answer(VENDOR, "candidates.allocate", with_status(200))


@FAULTS.add("html", breaks="CO-008", at="examinations.list")
def html() -> None:
    """JSON is sent as text/html."""
    change_answer(VENDOR, "examinations.list", with_type("text/html"))


@FAULTS.add("wrapped-list", breaks="CO-024", at="examinations.list")
def wrapped_list() -> None:
    """The list stands under a key."""
    change_json(VENDOR, "examinations.list", lambda body: {"data": body})


@FAULTS.add("test-id-as-text", breaks="CO-028", at="examinations.list")
def test_id_as_text() -> None:
    """The ids in the list are texts."""
    change_json(
        VENDOR, "examinations.list", lambda body: [{**item, "testId": str(item["testId"])} for item in body]
    )


@FAULTS.add("further-key-in-list", breaks="CO-030", at="examinations.list")
def further_key_in_list() -> None:
    """Each item of the list says more than id and name."""
    change_json(VENDOR, "examinations.list", lambda body: [{**item, "status": "active"} for item in body])


@FAULTS.add("invite-id-as-text", breaks="CO-041", at="candidates.allocate")
def invite_id_as_text() -> None:
    """The id of an invite is a text."""
    _change_data("candidates.allocate", lambda data: {**data, "invite_id": str(data["invite_id"])})


@FAULTS.add("relative-link", breaks="CO-042", at="candidates.allocate")
def relative_link() -> None:
    """The link of an invite has no host."""
    _change_data(
        "candidates.allocate",
        lambda data: {**data, "invite_link": "/exam/" + data["invite_link"].rpartition("/")[2]},
    )


@FAULTS.add("status-in-lower-case", breaks="CO-055", at="allocations.cancel")
def status_in_lower_case() -> None:
    """A cancelled invite is `invalid`, without the capital."""
    _change_data("allocations.cancel", lambda data: {**data, "status": "invalid"})


@FAULTS.add("report-in-envelope", breaks="CO-060", at="reports.get")
def report_in_envelope() -> None:
    """The report stands under data."""
    change_json(VENDOR, "reports.get", lambda body: {"success": True, "data": body})


@FAULTS.add("numbers-for-ids", breaks="CO-061", at="reports.get")
def numbers_for_ids() -> None:
    """The ids of a report are numbers."""
    _change_report(inviteId=lambda body: int(body["inviteId"]))


@FAULTS.add("percentage-as-fraction", breaks="CO-066", at="reports.get")
def percentage_as_fraction() -> None:
    """The percentage is the share, 0.74 for 74 of 100."""
    _change_report(percentage=lambda body: body["score"] / body["totalScore"])


@FAULTS.add("whole-seconds", breaks="CO-067", at="reports.get")
def whole_seconds() -> None:
    """The times of a report have no fraction."""
    _change_report(testEndDate=lambda body: body["testEndDate"].partition(".")[0] + "Z")


@FAULTS.add("one-url-for-both", breaks="CO-063", at="reports.get")
def one_url_for_both() -> None:
    """The proctoring report has the address of the report."""
    _change_report(proctoringURL=lambda body: body["reportURL"])


@FAULTS.add("no-metadata", breaks="CO-070", at="reports.get")
def no_metadata() -> None:
    """A report lacks metadata."""
    change_json(
        VENDOR, "reports.get", lambda body: {key: value for key, value in body.items() if key != "metadata"}
    )


@FAULTS.add("invalid-with-400", breaks="CO-074", at="candidates.allocate")
def invalid_with_400() -> None:
    """Wrong values are answered with 400."""
    change_refusal(VENDOR, ValuesInvalid, with_status(400))


@FAULTS.add("required-in-other-words", breaks="CO-076", at="candidates.allocate")
def required_in_other_words() -> None:
    """A missing field has another message."""
    change_refusal(VENDOR, ValuesInvalid, with_text("field is required", "must be given"))


@FAULTS.add("too-early-in-other-words", breaks="CO-095", at="reports.get")
def too_early_in_other_words() -> None:
    """A report that is not there yet has another message."""
    change_refusal(VENDOR, VendorRefusal, with_text("Report not available yet.", "No report."))


@FAULTS.add("wrong-method-with-404", breaks="CO-079", at="reports.get")
def wrong_method_with_404() -> None:
    """A wrong method is answered like a wrong address."""
    change_refusal(VENDOR, MethodNotAllowed, with_status(404))


def _change_data(operation_id: str, change: Any) -> None:
    change_json(VENDOR, operation_id, lambda body: {**body, "data": change(body["data"])})


def _change_report(**fields: Any) -> None:
    change_json(
        VENDOR, "reports.get", lambda body: {**body, **{name: make(body) for name, make in fields.items()}}
    )
