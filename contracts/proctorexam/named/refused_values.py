"""Values that no parameter takes: how each is assumed to be refused."""

import json
from typing import Any

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.named.unknown import NOBODY
from contracts.proctorexam.named.values import TAKEN
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

THRESHOLD = "pre_assigned_proctor_fallback_threshold"
# Statement, parameter and value, one at a time in an institute that is fine otherwise.
OF_INSTITUTES: tuple[tuple[str, str, Any], ...] = (
    ("PE-472", "short_name", None), ("PE-472", THRESHOLD, None), ("PE-472", "global_proctor", None),
    ("PE-473", THRESHOLD, str(2**63)), ("PE-473", THRESHOLD, "9" * 30),
    ("PE-474", "callback_url", "nowhere"), ("PE-474", "callback_url", "/events"),
    ("PE-474", "callback_url", "ftp://example.com/"),
)  # fmt: skip
OF_EXAMS = (
    ("PE-481", "start_time", "soon"),
    ("PE-481", "end_time", "21.11.2018"),
    ("PE-481", "start_time", "2018-13-01T00:00:00Z"),
)
YEAR_10000 = 253_402_300_800


@REGISTER.contract("proctorexam.values.institutes", "PE-472", "PE-473", "PE-474", profile=Profile.STANDARD)
def values_of_institutes(bench: Bench) -> None:
    """null, numbers beyond 64 bits and callback addresses that are none are refused with 422."""
    for statement, name, value in OF_INSTITUTES:
        fields = {"name": bench.unique("institute"), "short_name": "pmc", name: value}
        answer = bench.call("POST", "/institutes", json_body=fields)
        bench.holds(statement, answer.status == 422, f"422 for {name} {value!r}")
    fields = {"name": bench.unique("institute"), "short_name": "pmc", THRESHOLD: 2**63}
    answer = bench.call("POST", "/institutes", json_body=fields)
    bench.holds("PE-473", answer.status == 400, "400 for a JSON number beyond 64 bits")
    good = samples.new_institute(bench, callback_url="https://example.com/events?of=exams")
    bench.holds("PE-474", good.get("callback_url"), "an absolute https address to be taken")


@REGISTER.contract("proctorexam.values.times", "PE-473", "PE-481", profile=Profile.STANDARD)
def times_that_are_none(bench: Bench) -> None:
    """A time of an exam is ISO 8601 or epoch seconds, open_time a second before the year 10000."""
    for statement, name, value in OF_EXAMS:
        fields = {"name": bench.unique("exam"), "type": "record_review", name: value}
        answer = bench.call("POST", "/exams", json_body=fields)
        bench.holds(statement, answer.status == 422, f"422 for {name} {value!r}")
    for good in ("2030-01-01T00:00:00Z", 1893456000, "1893456000"):
        made = samples.new_exam(bench, start_time=good)
        start = str(made.get("start_time"))
        bench.holds("PE-481", start == "2030-01-01T01:00:00.000+01:00", f"start_time {good!r} to be taken")
    path = f"/student_sessions/{samples.new_student(bench)['id']}"
    answer = bench.call("PATCH", path, json_body={"open_time": YEAR_10000})
    bench.holds("PE-473", answer.status == 422, "422 for an open_time after the year 9999")


@REGISTER.contract("proctorexam.values.emptied", "PE-492", "PE-466", profile=Profile.STANDARD)
def names_are_not_emptied(bench: Bench) -> None:
    """On an update an empty name, short name or type counts as a missing parameter."""
    institute, exam = samples.new_institute(bench), samples.new_exam(bench)
    for path, name in (
        (f"/institutes/{institute['id']}", "name"),
        (f"/institutes/{institute['id']}", "short_name"),
        (f"/exams/{exam['id']}", "name"),
        (f"/exams/{exam['id']}", "type"),
    ):
        answer = bench.call("PATCH", path, json_body={name: ""})
        body = {"error": f"Param is missing or the value is empty: {name}"}
        bench.holds(
            ("PE-492", "PE-466"), answer.status == 422 and answer.json == body, f"422 with {json.dumps(body)}"
        )


@REGISTER.contract("proctorexam.values.model", "PE-332", "PE-465", profile=Profile.STANDARD)
def errors_of_the_model(bench: Bench) -> None:
    """What only the store can tell, such as a name that is taken, travels under errors."""
    taken, other = samples.new_institute(bench), samples.new_institute(bench)
    body = {"errors": {"name": [TAKEN]}}
    answer = bench.call("PATCH", f"/institutes/{other['id']}", json_body={"name": taken["name"]})
    bench.holds("PE-332", answer.status == 422 and TAKEN.encode() in answer.body, f"422 with {TAKEN!r}")
    bench.holds("PE-465", answer.json == body, f"the body {json.dumps(body)}")


@REGISTER.contract("proctorexam.values.nobody", "PE-487", profile=Profile.FULL)
def objects_that_do_not_exist(bench: Bench) -> None:
    """A parameter with the id of nobody is refused with 422."""
    answer = bench.call(
        "PUT", f"/exams/{samples.new_exam(bench)['id']}/add_comanager", json_body={"comanager_id": NOBODY}
    )
    body = {"errors": {"comanager_id": ["must exist"]}}
    bench.holds("PE-487", answer.status == 422 and answer.json == body, f"422 with {json.dumps(body)}")
