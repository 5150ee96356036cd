"""Objects that do not exist: 404 and the message of the page."""

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.named.asking import ask, signed
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

NOBODY = 2_000_000_000
# Method, address, statement, message; {exam} and {institute} stand for objects that exist.
READS = (
    ("/exams/{id}", "PE-247", "Couldn't find Exam with 'id'='{id}'"),
    ("/institutes/{id}", "PE-324", "Couldn't find Institute with 'id'='{id}'"),
    ("/lti_resources/{id}", "PE-344", "Couldn't find lti resource with 'id'='{id}'"),
    ("/tool_providers/{id}", "PE-404", "Couldn't find tool provider with 'id'='{id}'"),
    ("/student_sessions/{id}", "PE-374", "Couldn't find Student Session with 'id'='{id}'"),
)
WRITES = (
    ("POST", "/exams/{id}/send_emails", "PE-247", "Couldn't find Exam with 'id'='{id}'"),
    ("DELETE", "/exams/{id}", "PE-282", "Couldn't find Exam with 'id'='{id}'"),
    ("DELETE", "/institutes/{id}", "PE-324", "Couldn't find Institute with 'id'='{id}'"),
    ("PATCH", "/institutes/{id}", "PE-333", "Couldn't find Institute with 'id'='{id}'"),
    ("DELETE", "/lti_resources/{id}", "PE-364", "Couldn't find lti resource with 'id'='{id}'"),
    ("DELETE", "/tool_providers/{id}", "PE-404", "Couldn't find tool provider with 'id'='{id}'"),
    ("DELETE", "/student_sessions/{id}", "PE-374", "Couldn't find Student Session with 'id'='{id}'"),
    ("GET", "/exams/{exam}/attachments/{id}", "PE-219", "Couldn't find Attachment with 'id'='{id}'"),
    ("DELETE", "/exams/{exam}/attachments/{id}", "PE-219", "Couldn't find Attachment with 'id'='{id}'"),
    ("GET", "/exams/{exam}/documents/{id}", "PE-231", "Couldn't find Document with 'id'='{id}'"),
    ("DELETE", "/exams/{exam}/documents/{id}", "PE-231", "Couldn't find Document with 'id'='{id}'"),
    ("GET", "/institutes/{institute}/users/{id}", "PE-432", "Couldn't find User with 'id'='{id}'"),
    ("DELETE", "/institutes/{institute}/users/{id}", "PE-432", "Couldn't find User with 'id'='{id}'"),
)


@REGISTER.contract("proctorexam.unknown.control", "PE-240", operations=("exams.index",), control=True)
def the_door_is_open(bench: Bench) -> None:
    """The list of exams is answered, so a 404 is about the object."""
    bench.must("PE-240", bench.call("GET", "/exams").status == 200, "the list of exams")


@REGISTER.contract("proctorexam.unknown.read", *dict.fromkeys(statement for _, statement, _ in READS))
def unknown_objects(bench: Bench) -> None:
    """Reading an object that does not exist is 404 with the printed message."""
    for path, statement, message in READS:
        _judge(bench, "GET", path.format(id=NOBODY), statement, message)


@REGISTER.contract(
    "proctorexam.unknown.write", *dict.fromkeys(one for _, _, one, _ in WRITES), profile=Profile.FULL
)
def unknown_objects_are_not_changed(bench: Bench) -> None:
    """Changing an object that does not exist is 404 with the printed message."""
    exam, institute = samples.exam(bench)["id"], samples.institute(bench)["id"]
    for method, path, statement, message in WRITES:
        _judge(bench, method, path.format(id=NOBODY, exam=exam, institute=institute), statement, message)


@REGISTER.contract(
    "proctorexam.unknown.lti_student",
    "PE-073",
    "PE-291",
    "PE-292",
    "PE-293",
    "PE-295",
    profile=Profile.STANDARD,
)
def unknown_lti_student(bench: Bench) -> None:
    """A student of an LTI exam is looked up by two ids of the LMS."""
    query = {"student_lms_id": "lms-9", "resource_link_id": "link-9"}
    answer = bench.call("GET", f"/exams/{samples.exam(bench)['id']}/show_lti_student", query=query)
    message = "Couldn't find Student Session with 'id'='lms-9' and 'resource_link_id'='link-9'"
    found = answer.status == 404 and message in answer.body.decode("utf-8", "replace")
    bench.holds(("PE-291", "PE-292", "PE-293", "PE-295"), found, f"404 with {message!r}")
    bench.holds("PE-073", answer.content_type == "application/json", "JSON in the 404")


@REGISTER.contract("proctorexam.unknown.address", "PE-469")
def unknown_address(bench: Bench) -> None:
    """An address that nobody documented is 404."""
    answer = bench.call("GET", "/reviews")
    bench.holds(
        "PE-469",
        answer.status == 404 and answer.json == {"error": "Not Found"},
        '404 with {"error": "Not Found"}',
    )


@REGISTER.contract("proctorexam.unknown.json", "PE-074")
def refusals_are_json(bench: Bench) -> None:
    """Refusals of access, objects and values all have a JSON body."""
    wrong = signed(bench) | {"signature": "0" * 64}
    for status, answer in (
        (403, ask(bench, wrong)),
        (404, bench.call("GET", f"/exams/{NOBODY}")),
        (422, bench.call("GET", "/exams", query={"page": "none"})),
    ):
        told = answer.status == status and isinstance(answer.json, dict)
        bench.holds("PE-074", told, f"{status} with a JSON body")


def _judge(bench: Bench, method: str, path: str, statement: str, message: str) -> None:
    body = {"name": "x"} if method == "PATCH" else None
    answer = bench.call(method, path, json_body=body)
    found = answer.status == 404 and message.format(id=NOBODY) in answer.body.decode("utf-8", "replace")
    bench.holds(statement, found, f"404 with {message.format(id=NOBODY)!r}")
