"""Values of an exam: null, times, ids as numbers or text, and what an update forgets."""

from contracts.bench import Bench
from contracts.constructor.register import REGISTER
from contracts.constructor.samples import api, claims, exam, start, status, upsert
from contracts.safety import Profile

HUGE = 4_000_000
MAY_BE_NULL = ("userAgreementUrl", "identification", "desktopAppForbiddenProcesses")
MAY_NOT_BE_NULL = ("accountName", "courseName", "duration", "schedule", "rules", "startDate")


@REGISTER.contract("constructor.values.null", "CP-158", "CP-264", profile=Profile.STANDARD)
def null_values(bench: Bench) -> None:
    """null is taken where clients send it, and nowhere else."""
    for name in MAY_BE_NULL:
        answer = upsert(bench, exam(bench, **{name: None}))
        bench.holds("CP-158", answer.status == 201, f"{name} null to be taken")
    for name in MAY_NOT_BE_NULL:
        answer = upsert(bench, exam(bench, **{name: None}))
        told = isinstance(answer.at(name), list)
        bench.holds("CP-264", answer.status == 400 and told, f"400 with a message for {name}")


@REGISTER.contract("constructor.values.identification", "CP-087", profile=Profile.STANDARD)
def ways_of_identification(bench: Bench) -> None:
    """The four ways that clients ask for are taken and repeated."""
    for way in ("passport", "face", "face_and_passport", "skip"):
        answer = upsert(bench, exam(bench, identification=way))
        bench.holds(
            "CP-087", answer.status == 201 and answer.at("identification") == way, f"{way} to be taken"
        )


@REGISTER.contract("constructor.values.times", "CP-157", "CP-271", profile=Profile.STANDARD)
def times(bench: Bench) -> None:
    """A time needs Z or an offset; the end may come before the start."""
    for good in ("2030-01-01T00:00:00+00:00", "2030-01-01T00:00:00+0000", "2030-01-01T00:00:00.123456+10"):
        answer = upsert(bench, exam(bench, startDate=good))
        bench.holds("CP-157", answer.status == 201, f"{good} to be taken")
    for bad in ("2030-01-01T00:00:00", "2030-01-01"):
        answer = upsert(bench, exam(bench, startDate=bad))
        bench.holds("CP-271", answer.status == 400, f"{bad} to be refused")
    backwards = exam(bench, startDate="2030-01-02T00:00:00Z", endDate="2030-01-01T00:00:00Z")
    bench.holds("CP-271", upsert(bench, backwards).status == 201, "an end before the start to be taken")


@REGISTER.contract("constructor.values.ids", "CP-269", profile=Profile.STANDARD)
def numbers_and_texts(bench: Bench) -> None:
    """The number 123 and the text "123" are one id, of an exam as of a session."""
    number = int(bench.clock.now_ms())
    body = exam(bench, examId=number)
    bench.need(upsert(bench, body).status == 201, "no exam with a number as id could be created")
    again = upsert(bench, body | {"examId": str(number), "accountId": "123"})
    bench.holds("CP-269", again.status == 200, "the same exam by its text")
    session = claims(bench, sessionId=number)
    bench.need(start(bench, session).accepted, "no session with a number as id could be started")
    bench.holds("CP-269", status(bench, str(number)).status == 200, "the session in the path of its text")


@REGISTER.contract("constructor.values.forgotten", "CP-270", profile=Profile.STANDARD)
def update_replaces_all(bench: Bench) -> None:
    """What a later call leaves out is back at its default."""
    body = exam(bench, rules={"allow_voices": True}, visibleWarnings={"warning_phone": False})
    bench.need(upsert(bench, body).status == 201, "no exam could be created")
    plain = {name: value for name, value in body.items() if name not in ("rules", "visibleWarnings", "trial")}
    answer = upsert(bench, plain)
    bench.holds("CP-270", answer.at("rules", "allow_voices") is not True, "allow_voices at its default")
    silent = answer.at("visibleWarnings", "warning_phone") is False
    bench.holds("CP-270", not silent, "warning_phone at its default")


@REGISTER.contract("constructor.values.huge", "CP-268", profile=Profile.FULL)
def huge_body(bench: Bench) -> None:
    """A body of 4 MB is refused with 413."""
    answer = bench.call("POST", f"{api(bench)}/exams/", body=b" " * HUGE)
    told = isinstance(answer.at("detail"), str)
    bench.holds("CP-268", answer.status == 413 and told, "413 with a detail")
