"""POST /report: the flat report of one candidate."""

import json
import re
from urllib.parse import urlsplit

from contracts.bench import Bench
from contracts.consero.named.allocations import BAD_IDS, new_allocation
from contracts.consero.register import REGISTER
from contracts.exchange import Answer
from contracts.safety import Profile

REPORT = "reports.get"
UNKNOWN_INVITE = 2_000_000_000
TWO_FRACTIONAL_DIGITS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\dZ")
KEYS = {
    "inviteId", "testId", "testName", "email", "reportURL", "proctoringURL", "score", "totalScore",
    "percentage", "testStartDate", "testEndDate", "status", "metadata",
}  # fmt: skip


@REGISTER.contract(
    "consero.reports.report",
    "CO-008", "CO-021", "CO-022", "CO-041", "CO-058", "CO-059", "CO-060", "CO-061", "CO-062", "CO-063",
    "CO-064",
    "CO-065", "CO-066", "CO-067", "CO-068", "CO-070", "CO-071",
    operations=(REPORT,),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def report(bench: Bench) -> None:
    """The report of a finished exam, asked for as the sample does: JSON without a Content-Type."""
    allocation = finished_allocation(bench)
    invite_id = allocation.at("data", "invite_id")
    answer = bench.call("POST", "/report", body=b'{"inviteId": %d}' % invite_id)
    without_content_type = answer.accepted
    if not answer.accepted:
        answer = bench.call("POST", "/report", json_body={"inviteId": invite_id})
    if bench.admin is None:
        bench.need(answer.accepted, "no report of this invite yet")
    bench.must("CO-058", answer.accepted, "the report of a finished exam")
    bench.holds(("CO-021", "CO-022"), without_content_type, "JSON without a Content-Type to be read")
    bench.holds(("CO-041", "CO-059"), answer.accepted, "the invite id to be taken")
    bench.holds("CO-071", answer.status == 200, "status 200")
    bench.holds("CO-008", answer.content_type == "application/json", "the content type application/json")
    body = answer.json
    flat = isinstance(body, dict) and not {"success", "message", "data"} & set(body)
    bench.holds("CO-060", flat and set(body) == KEYS, "a flat object of the printed keys")
    bench.holds(
        "CO-061",
        answer.at("inviteId") == str(invite_id)
        and answer.at("testId") == str(allocation.at("data", "examination_id")),
        "inviteId and testId as texts of digits",
    )
    bench.holds(
        "CO-062",
        isinstance(answer.at("testName"), str)
        and answer.at("email") == allocation.at("data", "candidate_email"),
        "testName and the candidate's e-mail address",
    )
    _judge_urls(bench, answer, invite_id)
    _judge_figures(bench, answer)
    bench.holds("CO-068", isinstance(answer.at("status"), str), "status as a text")
    bench.holds(
        "CO-070",
        isinstance(answer.at("metadata", "mode_of_completion"), str),
        "metadata with mode_of_completion",
    )


@REGISTER.contract("consero.reports.refused", "CO-059", profile=Profile.STANDARD)
def report_without_a_usable_id(bench: Bench) -> None:
    """inviteId is required, in camel case, and an integer."""
    invite_id = new_allocation(bench).at("data", "invite_id")
    for body in ({}, {"invite_id": invite_id}, *({"inviteId": bad} for bad in BAD_IDS)):
        answer = bench.call("POST", "/report", json_body=body)
        bench.holds("CO-059", not answer.accepted, f"{body} to be refused")


@REGISTER.contract("consero.reports.unknown", "CO-089", profile=Profile.STANDARD)
def report_of_an_unknown_invite(bench: Bench) -> None:
    """An invite that nobody made has no report."""
    answer = bench.call("POST", "/report", json_body={"inviteId": UNKNOWN_INVITE})
    body = {"success": False, "message": "Allocation not found."}
    bench.holds("CO-089", answer.status == 404 and answer.json == body, f"404 with {json.dumps(body)}")


@REGISTER.contract("consero.reports.too_early", "CO-095", profile=Profile.FULL)
def report_of_an_exam_not_taken(bench: Bench) -> None:
    """Before the exam is taken there is no report."""
    if bench.admin is None:
        bench.not_exercised("CO-095", "a real server cannot be told when an exam ends")
        return
    bench.admin.change_settings("consero", {"exam_completion": "manual"})
    bench.shelf.pop("exams_finish_at_once", None)
    answer = bench.call(
        "POST", "/report", json_body={"inviteId": new_allocation(bench).at("data", "invite_id")}
    )
    body = {"success": False, "message": "Report not available yet."}
    bench.holds("CO-095", answer.status == 404 and answer.json == body, f"404 with {json.dumps(body)}")


def finished_allocation(bench: Bench) -> Answer:
    """An allocation whose exam is over: a mock is told to finish exams at once."""
    if bench.admin is not None and "exams_finish_at_once" not in bench.shelf:
        bench.admin.change_settings("consero", {"exam_completion": "immediate"})
        bench.shelf["exams_finish_at_once"] = True
    return new_allocation(bench)


def _judge_urls(bench: Bench, answer: Answer, invite_id: int) -> None:
    urls = [urlsplit(str(answer.at(name))) for name in ("reportURL", "proctoringURL")]
    absolute = all(url.scheme in {"http", "https"} and url.netloc for url in urls)
    report_url, proctoring_url = urls
    bench.holds(
        "CO-063",
        absolute and "/report/" in report_url.path and "/report/proctoring/" in proctoring_url.path,
        "absolute URLs below /report/ and /report/proctoring/",
    )
    bench.holds(
        "CO-064", all(url.path.endswith(f"/{invite_id}") for url in urls), "both URLs to end in the invite id"
    )


def _judge_figures(bench: Bench, answer: Answer) -> None:
    score, total, percentage = (answer.at(name) for name in ("score", "totalScore", "percentage"))
    numbers = all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in (score, total, percentage)
    )
    decimal = re.search(rb'"percentage"\s*:\s*-?\d+\.\d', answer.body) is not None
    bench.holds("CO-065", numbers and decimal, "numbers, and percentage with a decimal part")
    if numbers and total:
        bench.holds(
            "CO-066",
            abs(percentage - 100 * score / total) < 0.01,
            "percentage to be 100 * score / totalScore",
        )
    dates = [str(answer.at(name)) for name in ("testStartDate", "testEndDate")]
    bench.holds(
        "CO-067",
        all(TWO_FRACTIONAL_DIGITS.fullmatch(date) for date in dates),
        "UTC times with two fractional digits",
    )
