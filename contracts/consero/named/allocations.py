"""POST /allocate-candidate: an invite for a candidate."""

import json
from urllib.parse import urlsplit

from contracts.bench import Bench
from contracts.consero.named.examinations import any_examination
from contracts.consero.register import REGISTER
from contracts.exchange import Answer
from contracts.safety import Profile

ALLOCATE = "candidates.allocate"
BAD_IDS = (119.5, "abc", [119], {"id": 119})


@REGISTER.contract(
    "consero.allocations.allocate",
    "CO-008", "CO-020", "CO-031", "CO-033", "CO-034", "CO-036", "CO-037",
    "CO-038", "CO-039", "CO-040", "CO-041", "CO-042",
    operations=(ALLOCATE,),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def allocate(bench: Bench) -> None:
    """A new candidate gets an invite for an examination of the list."""
    examination, email = any_examination(bench), bench.email()
    answer = bench.call(
        "POST",
        "/allocate-candidate",
        json_body={"candidate_email": email, "examination_id": examination},
        headers={"Content-Type": "application/json"},
    )
    bench.must(
        ("CO-038", "CO-020", "CO-033", "CO-034", "CO-036", "CO-037"), answer.status == 201, "status 201"
    )
    bench.holds("CO-031", answer.status == 201, "testId of the list to be taken as examination_id")
    bench.holds("CO-008", answer.content_type == "application/json", "the content type application/json")
    bench.holds(
        "CO-039",
        answer.at("success") is True
        and answer.at("message") == "Candidate allocated to examination successfully."
        and isinstance(answer.at("data"), dict),
        "success true, the printed message and data",
    )
    data = answer.at("data") or {}
    bench.holds(
        "CO-040",
        data.get("candidate_email") == email
        and data.get("examination_id") == examination
        and {"invite_id", "invite_link"} <= set(data),
        "data to repeat e-mail and examination and to add invite_id and invite_link",
    )
    bench.holds("CO-041", type(data.get("invite_id")) is int, "an integer invite_id")
    link = urlsplit(str(data.get("invite_link")))
    token = link.path.partition("/exam/start/")[2]
    bench.holds(
        "CO-042",
        link.scheme and link.netloc and token,
        "an absolute invite_link below /exam/start/ with a token",
    )


@REGISTER.contract(
    "consero.allocations.missing_fields", "CO-036", "CO-037", "CO-074", "CO-076", profile=Profile.STANDARD
)
def missing_fields(bench: Bench) -> None:
    """examination_id and candidate_email are required."""
    examination = any_examination(bench)
    for statement, body in (
        ("CO-036", {"candidate_email": bench.email()}),
        ("CO-037", {"examination_id": examination}),
    ):
        answer = bench.call("POST", "/allocate-candidate", json_body=body)
        bench.holds(statement, not answer.accepted, "a missing required field to be refused")
    _judge_validation_error(bench, answer, "candidate_email", "The candidate email field is required.")


@REGISTER.contract(
    "consero.allocations.bad_values", "CO-036", "CO-037", "CO-076", "CO-083", profile=Profile.STANDARD
)
def bad_values(bench: Bench) -> None:
    """examination_id is an integer, candidate_email an e-mail address."""
    examination = any_examination(bench)
    for bad in BAD_IDS:
        answer = bench.call(
            "POST", "/allocate-candidate", json_body={"examination_id": bad, "candidate_email": bench.email()}
        )
        bench.holds(("CO-036", "CO-083"), not answer.accepted, f"examination_id {bad!r} to be refused")
    for bad_email in (f"{bench.tag}-no-address", f"{bench.tag}@", ""):
        answer = bench.call(
            "POST",
            "/allocate-candidate",
            json_body={"examination_id": examination, "candidate_email": bad_email},
        )
        bench.holds("CO-037", not answer.accepted, f"candidate_email {bad_email!r} to be refused")


@REGISTER.contract("consero.allocations.lenient", "CO-083", "CO-086", "CO-100", profile=Profile.STANDARD)
def lenient_values(bench: Bench) -> None:
    """A numeric text is an integer, unknown fields are ignored; a form works, and JSON declared as one."""
    examination = any_examination(bench)
    body = {"examination_id": str(examination), "candidate_email": bench.email(), "note": "unknown"}
    answer = bench.call("POST", "/allocate-candidate", json_body=body)
    bench.holds("CO-083", answer.status == 201, "a numeric text to be taken as integer")
    answer = bench.call("POST", "/allocate-candidate", form={**body, "candidate_email": bench.email()})
    bench.holds("CO-086", answer.status == 201, "a form body with an unknown field to be taken")
    answer = bench.call(
        "POST",
        "/allocate-candidate",
        body=json.dumps({**body, "candidate_email": bench.email()}).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    bench.holds("CO-100", answer.status == 201, "JSON that is declared as a form to be read as JSON")


@REGISTER.contract("consero.allocations.blank", "CO-084", "CO-085", profile=Profile.STANDARD)
def blank_and_broken_bodies(bench: Bench) -> None:
    """A blank value counts as missing, and so does a body that is no JSON."""
    answer = bench.call(
        "POST",
        "/allocate-candidate",
        json_body={"examination_id": any_examination(bench), "candidate_email": "  "},
    )
    bench.holds("CO-084", answer.status == 422, "422 for a blank value")
    answer = bench.call(
        "POST",
        "/allocate-candidate",
        body=b'{"examination_id": ',
        headers={"Content-Type": "application/json"},
    )
    bench.holds("CO-085", answer.status == 422, "422 for malformed JSON")


@REGISTER.contract(
    "consero.allocations.unknown_examination", "CO-036", "CO-090", "CO-092", profile=Profile.STANDARD
)
def unknown_examination(bench: Bench) -> None:
    """An examination that does not exist fails validation, and so does a boolean."""
    for bad, text in (
        (2_000_000_000, "The selected examination id is invalid."),
        (True, "must be an integer"),
    ):
        body = {"examination_id": bad, "candidate_email": bench.email()}
        answer = bench.call("POST", "/allocate-candidate", json_body=body)
        statement = "CO-092" if bad is True else "CO-090"
        shown = answer.status == 422 and text in str(answer.at("errors", "examination_id"))
        bench.holds(statement, shown, f"422 with {text!r} for {bad}")


@REGISTER.contract("consero.allocations.again", "CO-093", "CO-096", "CO-097", profile=Profile.STANDARD)
def allocate_again(bench: Bench) -> None:
    """The same candidate gets the same invite until it is cancelled, however it is asked for."""
    examination, email = any_examination(bench), bench.email()
    body = {"candidate_email": email, "examination_id": examination}
    first = bench.call("POST", "/allocate-candidate", json_body=body).at("data", "invite_id")
    bench.need(type(first) is int, "no allocation could be made")
    again = bench.call("POST", "/allocate-candidate", json_body=body)
    bench.holds("CO-096", again.at("data", "invite_id") == first, "the same invite for the same candidate")
    local, at, host = email.partition("@")
    other_case = {**body, "candidate_email": local + at + host.upper()}
    answer = bench.call("POST", "/allocate-candidate", json_body=other_case)
    bench.holds("CO-097", answer.at("data", "invite_id") == first, "letter case to make no difference")
    in_query = {name: str(value) for name, value in body.items()}
    for sent in (b"{}", b""):
        answer = bench.call("POST", "/allocate-candidate", query=in_query, body=sent)
        bench.holds("CO-093", answer.at("data", "invite_id") == first, "fields of the query to be read")
    bench.call("POST", "/cancel-allocation", json_body={"invite_id": first})
    renewed = bench.call("POST", "/allocate-candidate", json_body=body).at("data", "invite_id")
    bench.holds("CO-096", type(renewed) is int and renewed != first, "another invite after the cancellation")


@REGISTER.contract("consero.allocations.failure", "CO-044", "CO-045", "CO-046", profile=Profile.FULL)
def provoked_failure(bench: Bench) -> None:
    """A failed allocation answers 500 with the driver's text; only a mock can be asked to fail."""
    if bench.admin is None:
        bench.not_exercised(("CO-044", "CO-045", "CO-046"), "a real server cannot be asked to fail")
        return
    answer = bench.call(
        "POST",
        "/allocate-candidate",
        json_body={"examination_id": any_examination(bench), "candidate_email": bench.email()},
        headers={"Prefer": "code=500"},
    )
    bench.holds("CO-045", answer.status == 500, "status 500")
    error = answer.at("error")
    documented = (
        answer.at("success") is False
        and answer.at("message") == "An error occurred during allocation."
        and isinstance(error, str)
        and error.startswith("SQLSTATE[HY000]: General error:")
    )
    bench.holds(
        ("CO-044", "CO-046"), documented, "success false, the printed message and a SQLSTATE error text"
    )


def new_allocation(bench: Bench) -> Answer:
    """A fresh allocation; stops the contract when none can be made."""
    answer = bench.call(
        "POST",
        "/allocate-candidate",
        json_body={"candidate_email": bench.email(), "examination_id": any_examination(bench)},
    )
    bench.need(
        answer.accepted and isinstance(answer.at("data", "invite_id"), int), "no allocation could be made"
    )
    return answer


def _judge_validation_error(bench: Bench, answer: Answer, field: str, text: str) -> None:
    messages = answer.at("errors", field)
    shape = answer.status == 422 and isinstance(answer.at("message"), str) and isinstance(messages, list)
    bench.holds("CO-074", shape, f"422 with message and a list of errors for {field}")
    bench.holds("CO-076", isinstance(messages, list) and text in messages, f"the text {text!r}")
