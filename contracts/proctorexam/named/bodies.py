"""Requests that say one thing twice, or too much at once."""

import json
from datetime import datetime

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.named.asking import own_headers, signed
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

HUGE = 4_000_000


@REGISTER.contract("proctorexam.bodies.twice", "PE-483", profile=Profile.STANDARD)
def one_parameter_twice(bench: Bench) -> None:
    """A parameter in query and body, an id that contradicts the address and a strange type are refused."""
    headers = own_headers(bench)
    name = bench.unique("institute")
    query = signed(bench, name=name, short_name="pmc")
    answer = bench.call(
        "POST", "/institutes", sign=False, query=query, json_body={"name": name}, headers=headers
    )
    bench.holds("PE-483", answer.refused, "a parameter in query and body to be refused")
    institute, other = samples.new_institute(bench), samples.institute(bench)
    answer = bench.call("GET", f"/institutes/{institute['id']}", query={"id": str(other["id"])})
    bench.holds("PE-483", answer.refused, "an id that contradicts the address to be refused")
    answer = bench.call(
        "POST",
        "/institutes",
        sign=False,
        query=signed(bench, name=name, short_name="pmc"),
        body=b"name: x",
        headers=headers | {"Content-Type": "text/plain"},
    )
    bench.holds("PE-483", answer.refused, "a body of another type to be refused")


@REGISTER.contract("proctorexam.bodies.form_of_an_exam", "PE-155", profile=Profile.STANDARD)
def form_of_an_exam(bench: Bench) -> None:
    """An exam comes as a form to /exams?, with its times in epoch seconds and a list written as text."""
    form = {
        "name": bench.unique("exam"),
        "type": "record_review",
        "institute_id": str(samples.institute(bench)["id"]),
        "start_time": "1893456000",
        "end_time": "1893463200",
        "restrictions": '[["websites", "school.org"], ["books", ""]]',
    }
    exam = samples.made(bench, bench.call("POST", "/exams?", form=form), "exam")
    for name in ("start_time", "end_time"):
        read = datetime.fromisoformat(str(exam.get(name))).timestamp()
        bench.holds("PE-155", read == int(form[name]), f"{name} read as epoch seconds")


@REGISTER.contract("proctorexam.bodies.huge", "PE-486", profile=Profile.FULL)
def huge_body(bench: Bench) -> None:
    """A body of 4 MB is refused with 413."""
    answer = bench.call("POST", "/institutes", json_body={"name": "x" * HUGE, "short_name": "pmc"})
    body = {"error": "Payload Too Large"}
    bench.holds("PE-486", answer.status == 413 and answer.json == body, f"413 with {json.dumps(body)}")
