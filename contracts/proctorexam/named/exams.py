"""Exams, their mails and comanagers."""

from typing import Any

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.named.values import is_time
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

# Statement, parameter and value of the printed example; compared where the answer has the field.
EXAMPLE: tuple[tuple[str, str, Any], ...] = (
    ("PE-254", "use_duration", True), ("PE-255", "duration_minutes", 90),
    ("PE-256", "global_proctoring", True),
    ("PE-257", "global_reviewing", True), ("PE-258", "start_time", "2018-11-21T00:54:00.000+01:00"),
    ("PE-260", "for_reviewing", True), ("PE-261", "upload_answers", False), ("PE-262", "mobile_cam", True),
    ("PE-263", "restrictions", "Example of restrictions to be added."), ("PE-264", "allow_websites", True),
    ("PE-265", "allow_external_applications", True), ("PE-266", "allow_textbooks", True),
    ("PE-267", "allow_calculator", True), ("PE-268", "allow_pen_paper", True),
    ("PE-269", "allow_additional", True),
    ("PE-270", "allowed_websites", "www.proctorexam.com"),
    ("PE-271", "allowed_external_applications", "External"),
    ("PE-272", "allowed_textbooks", "Reference book"), ("PE-273", "allowed_calculator_type", "Basic"),
    ("PE-274", "allowed_additional", "Headphones"),
)  # fmt: skip
SHOWN = (
    "use_duration",
    "duration_minutes",
    "global_proctoring",
    "global_reviewing",
    "for_reviewing",
    "upload_answers",
)
PARAMETERS = tuple(statement for statement, _, _ in EXAMPLE)


@REGISTER.contract(
    "proctorexam.exams.create",
    "PE-008", "PE-009", "PE-013", "PE-093", "PE-098", "PE-204", "PE-248", "PE-249", "PE-250", "PE-251",
    "PE-252", *PARAMETERS,
    operations=("exams.create",),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def create(bench: Bench) -> None:
    """The printed example makes an exam; it is a draft until it has a document."""
    sent = {name: value for _, name, value in EXAMPLE}
    name = bench.unique("exam")
    fields = {"name": name, "type": "record_review", "institute_id": samples.institute(bench)["id"], **sent}
    answer = bench.call("POST", "/exams", json_body=fields)
    created = answer.status in {200, 201}
    bench.must(
        ("PE-013", "PE-249", "PE-250", "PE-251", "PE-252", "PE-098", *PARAMETERS),
        created,
        "status 200 or 201",
    )
    exam = answer.at("exam") or {}
    bench.holds(("PE-008", "PE-248"), bool(exam), "one object under exam")
    bench.holds("PE-250", exam.get("name") == name, "the name that was sent")
    bench.holds("PE-252", exam.get("institute_id") == fields["institute_id"], "the institute that was sent")
    for statement, parameter, value in EXAMPLE:
        if parameter in SHOWN:
            bench.holds(statement, exam.get(parameter) == value, f"{parameter} {value!r} as sent")
    bench.holds("PE-204", len(exam) == 31, "31 fields")
    bench.holds("PE-009", is_time(exam.get("created_at")), "ISO 8601 with milliseconds and offset")
    bench.holds("PE-093", exam.get("status") == "draft", "the status draft after creation")


@REGISTER.contract("proctorexam.exams.required", "PE-235", "PE-250", "PE-251", profile=Profile.STANDARD)
def required_parameters(bench: Bench) -> None:
    """name and type are required."""
    for statement, fields in (("PE-250", {"type": "demo"}), ("PE-251", {"name": bench.unique("exam")})):
        answer = bench.call("POST", "/exams", json_body=fields)
        bench.holds(statement, answer.refused, f"an exam of {list(fields)} alone to be refused")
        message = b"Param is missing or the value is empty: " in answer.body
        bench.holds("PE-235", answer.status == 422 and message, "422 with the printed message")


@REGISTER.contract(
    "proctorexam.exams.show",
    "PE-034",
    "PE-204",
    "PE-240",
    "PE-244",
    "PE-245",
    "PE-246",
    profile=Profile.STANDARD,
)
def show_and_list(bench: Bench) -> None:
    """An exam reads back as it was created, alone and in the list."""
    made = samples.new_exam(bench)
    answer = bench.call("GET", f"/exams/{made['id']}")
    bench.holds(
        ("PE-245", "PE-246", "PE-034"),
        answer.status == 200 and answer.at("exam", "id") == made["id"],
        "the exam",
    )
    bench.holds("PE-204", answer.at("exam") == made, "the exam to read back as it was answered")
    answer = bench.call("GET", "/exams", query={"sort": '[{"id":"desc"}]'})
    listed = answer.at("exams")
    bench.holds(
        ("PE-240", "PE-244"),
        isinstance(listed, list) and any(one.get("id") == made["id"] for one in listed),
        "the exam in the list",
    )


@REGISTER.contract(
    "proctorexam.exams.update",
    "PE-275",
    "PE-276",
    "PE-277",
    "PE-278",
    "PE-279",
    "PE-248",
    profile=Profile.STANDARD,
)
def update(bench: Bench) -> None:
    """PATCH and PUT change what is sent."""
    made = samples.new_exam(bench)
    for method in ("PATCH", "PUT"):
        name = bench.unique("renamed")
        body = {"name": name, "type": "demo", "student_experience": True}
        answer = bench.call(method, f"/exams/{made['id']}", json_body=body)
        changed = answer.accepted and answer.at("exam", "name") == name
        bench.holds(("PE-275", "PE-276", "PE-277", "PE-248"), changed, f"the new name by {method}")
        bench.holds(("PE-278", "PE-279"), answer.accepted, "type and student_experience to be taken")
        read = bench.call("GET", f"/exams/{made['id']}").at("exam", "name")
        bench.holds("PE-275", read == name, "the new name to read back")


@REGISTER.contract("proctorexam.exams.destroy", "PE-226", "PE-280", profile=Profile.STANDARD)
def destroy(bench: Bench) -> None:
    """A destroyed exam is gone."""
    made = samples.new_exam(bench)
    answer = bench.call("DELETE", f"/exams/{made['id']}")
    bench.holds("PE-280", answer.accepted, "the exam to be destroyed")
    bench.holds("PE-226", answer.json == {}, "an empty object")
    bench.holds("PE-280", bench.call("GET", f"/exams/{made['id']}").status == 404, "404 afterwards")


@REGISTER.contract(
    "proctorexam.mails.send",
    "PE-085", "PE-086", "PE-163", "PE-209", "PE-308", "PE-309",
    operations=("exams.create", "student_sessions.create", "exams.send_emails"),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def send_emails(bench: Bench) -> None:
    """A new student is registered; sending the mails moves the session to email_sent."""
    exam = samples.new_exam(bench)
    samples.new_document(bench, exam["id"])
    student = samples.new_student(bench, exam["id"])
    bench.holds("PE-085", student.get("status") == "registered", "the status registered after creation")
    answer = bench.call("POST", f"/exams/{exam['id']}/send_emails")
    bench.must(
        ("PE-308", "PE-309", "PE-163"),
        answer.accepted and isinstance(answer.at("students"), list),
        "a list under students",
    )
    bench.holds(
        "PE-209",
        answer.at("students") == [{"id": student["id"], "status": "email_sent"}],
        "objects of id and status",
    )
    shown = bench.call("GET", f"/student_sessions/{student['id']}")
    bench.holds(("PE-086", "PE-163"), shown.at("student", "status") == "email_sent", "the status email_sent")


@REGISTER.contract(
    "proctorexam.comanagers.add",
    "PE-164", "PE-165", "PE-205", "PE-276", "PE-310", "PE-311", "PE-312", "PE-313", "PE-314", "PE-315",
    operations=("exams.create", "users.create", "exams.add_comanager", "exams.remove_comanager"),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def comanagers(bench: Bench) -> None:
    """A user is added to an exam and removed again; both answers repeat the user."""
    exam, user = samples.new_exam(bench), samples.new_user(bench)
    fields = {"comanager_id": str(user["id"])}
    answer = bench.call("PUT", f"/exams/{exam['id']}/add_comanager", json_body=fields)
    repeated = answer.at("comanager", "id") == user["id"]
    bench.must(
        ("PE-310", "PE-311", "PE-312", "PE-313", "PE-164", "PE-276"),
        answer.accepted and repeated,
        "the user under comanager",
    )
    bench.holds(
        "PE-205",
        {"api_token", "secret_key"} <= set(answer.at("comanager") or {}),
        "the long user with both keys",
    )
    answer = bench.call("DELETE", f"/exams/{exam['id']}/remove_comanager", query=fields)
    repeated = answer.at("comanager", "id") == user["id"]
    bench.holds(
        ("PE-314", "PE-315", "PE-165", "PE-313"),
        answer.accepted and repeated,
        "the removed user under comanager",
    )


@REGISTER.contract("proctorexam.comanagers.required", "PE-312", "PE-235", profile=Profile.STANDARD)
def comanager_is_required(bench: Bench) -> None:
    """comanager_id is required."""
    answer = bench.call("PUT", f"/exams/{samples.exam(bench)['id']}/add_comanager", json_body={})
    bench.holds("PE-312", answer.refused, "a call without comanager_id to be refused")
    bench.holds("PE-235", answer.status == 422, "status 422")
