"""What users may do who are no superusers: each contract makes them, and calls by their keys."""

from contracts.bench import Bench
from contracts.exchange import Answer
from contracts.proctorexam import samples
from contracts.proctorexam.named.asking import REFUSAL, as_user
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile


@REGISTER.contract(
    "proctorexam.roles.institutes", "PE-166", "PE-167", operations=("users.create",), profile=Profile.STANDARD
)
def institutes_are_for_superusers(bench: Bench) -> None:
    """An administrator neither lists institutes nor creates one; which plan they have does not show."""
    fields = {"name": bench.unique("institute"), "short_name": "pmc"}
    with as_user(bench, samples.new_user(bench, role="administrator")):
        answer = bench.call("GET", "/institutes")
        bench.holds("PE-166", answer.refused, "the list of institutes to be refused to an administrator")
        answer = bench.call("POST", "/institutes", json_body=fields)
        bench.holds("PE-167", answer.refused, "a new institute to be refused to an administrator")


@REGISTER.contract(
    "proctorexam.roles.tool_providers",
    "PE-411",
    operations=("users.create", "tool_providers.create"),
    profile=Profile.STANDARD,
)
def institute_of_a_tool_provider(bench: Bench) -> None:
    """Of an administrator's tool provider the institute cannot be chosen: it is never another one's."""
    elsewhere = samples.new_institute(bench)["id"]
    fields = {
        "tool_name": bench.unique("tool"),
        "oauth_consumer_key": "key-of-the-run",
        "oauth_consumer_secret": "secret-of-the-run",
        "institute_id": elsewhere,
    }
    with as_user(bench, samples.new_user(bench, role="administrator")):
        answer = bench.call("POST", "/tool_providers", json_body=fields)
    theirs = answer.succeeded and answer.at("tool_provider", "institute_id") == elsewhere
    bench.holds("PE-411", not theirs, "no tool provider in another institute")


@REGISTER.contract(
    "proctorexam.roles.reach",
    "PE-488",
    operations=("users.create", "exams.create", "exams.show", "exams.update"),
    profile=Profile.STANDARD,
)
def reach_of_an_administrator(bench: Bench) -> None:
    """An administrator manages the own institute; objects of another one are refused as printed."""
    own, foreign = (
        samples.exam(bench),
        samples.new_exam(bench, institute_id=samples.new_institute(bench)["id"]),
    )
    users = f"/institutes/{samples.institute(bench)['id']}/users"
    with as_user(bench, samples.new_user(bench, role="administrator")):
        _may(bench, bench.call("GET", f"/exams/{own['id']}"), "an exam of the own institute to be shown")
        made = bench.call("POST", users, json_body=samples.user_fields(bench))
        _may(bench, made, "a user of the own institute to be created")
        _may_not(bench, bench.call("GET", f"/exams/{foreign['id']}"))
        _may_not(bench, bench.call("PATCH", f"/exams/{foreign['id']}", json_body={"name": "not mine"}))


@REGISTER.contract(
    "proctorexam.roles.teacher",
    "PE-488",
    operations=("users.create", "exams.create", "exams.update", "exams.add_comanager"),
    profile=Profile.STANDARD,
)
def exams_of_a_teacher(bench: Bench) -> None:
    """A teacher changes the exams that he owns or co-manages, and no users."""
    exam, teacher = samples.new_exam(bench), samples.new_user(bench, role="teacher")
    path, change = f"/exams/{exam['id']}", {"name": bench.unique("exam")}
    users = f"/institutes/{samples.institute(bench)['id']}/users"
    with as_user(bench, teacher):
        _may_not(bench, bench.call("PATCH", path, json_body=change))
        _may_not(bench, bench.call("POST", users, json_body=samples.user_fields(bench)))
        own = samples.new_exam(bench)
        _may(bench, bench.call("PATCH", f"/exams/{own['id']}", json_body=change), "an own exam to be changed")
    added = bench.call("PUT", f"{path}/add_comanager", json_body={"comanager_id": teacher["id"]})
    bench.need(added.accepted, "no comanager could be added")
    with as_user(bench, teacher):
        _may(bench, bench.call("PATCH", path, json_body=change), "a co-managed exam to be changed")


@REGISTER.contract(
    "proctorexam.roles.readers",
    "PE-488",
    operations=("users.create", "exams.show", "exams.update"),
    profile=Profile.STANDARD,
)
def others_only_read(bench: Bench) -> None:
    """A proctor and a reviewer see an exam of their institute and cannot change it."""
    path = f"/exams/{samples.exam(bench)['id']}"
    for role in ("proctor", "reviewer"):
        with as_user(bench, samples.new_user(bench, role=role)):
            _may(bench, bench.call("GET", path), f"an exam to be shown to a {role}")
            _may_not(bench, bench.call("PATCH", path, json_body={"name": "not mine"}))


def _may(bench: Bench, answer: Answer, expected: str) -> None:
    bench.holds("PE-488", answer.succeeded, expected)


def _may_not(bench: Bench, answer: Answer) -> None:
    refused = answer.refused and answer.at("error") == REFUSAL
    bench.holds("PE-488", refused, f"the refusal {REFUSAL!r}")
