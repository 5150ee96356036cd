"""Student sessions: created in an exam, updated as the seed page prints it, finished, removed."""

from typing import Any

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.named.values import TAKEN, is_time
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

NUMBER, TEXT, SWITCH = "Must be a number.", "Must be a String", "Must be one of: true, false, 1, 0."
UPDATE: tuple[tuple[str, str, Any], ...] = (
    ("PE-139", "name", "Student 2"),
    ("PE-141", "external_id", "E-17"),
    ("PE-142", "individual_info", "individual_info for user 1"),
    ("PE-143", "is_individual_info_html", True),
    ("PE-144", "skip_requirements", True),
)
CREATED = (
    ("PE-376", "name"),
    ("PE-377", "email"),
    ("PE-378", "external_id"),
    ("PE-379", "individual_info"),
    ("PE-380", "is_individual_info_html"),
    ("PE-381", "skip_requirements"),
)
ADDED = ("pre_assigned_proctor_id", "is_email_sent", "preserve")


@REGISTER.contract(
    "proctorexam.students.create",
    "PE-085", "PE-185", "PE-202", "PE-290", "PE-375", "PE-376", "PE-377", "PE-378", "PE-379", "PE-380",
    "PE-381", "PE-382",
    operations=("exams.create", "student_sessions.create"),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def create(bench: Bench) -> None:
    """A student session is created in an exam and read back."""
    fields = {
        "name": "Student 1", "email": bench.email(), "external_id": "E-1", "individual_info": "Room 4",
        "is_individual_info_html": False, "skip_requirements": True, "open_time": 1893456000,
    }  # fmt: skip
    answer = bench.call("POST", f"/exams/{samples.exam(bench)['id']}/student_sessions", json_body=fields)
    created = answer.accepted and isinstance(answer.at("student"), dict)
    bench.must(("PE-375", "PE-185", "PE-290", "PE-382"), created, "one object under student")
    student = answer.at("student") or {}
    for statement, name in CREATED:
        bench.holds(statement, student.get(name) == fields[name], f"{name} as sent")
    bench.holds("PE-085", student.get("status") == "registered", "the status registered")
    bench.holds("PE-202", len(student) == 55, "55 fields")


@REGISTER.contract(
    "proctorexam.students.update",
    "PE-035", "PE-138", "PE-140", "PE-145", "PE-146", "PE-147", "PE-179", "PE-184", "PE-187", "PE-188",
    "PE-190", "PE-202",
    "PE-296", "PE-372", "PE-384", "PE-385", *(statement for statement, _, _ in UPDATE),
    profile=Profile.STANDARD,
)  # fmt: skip
def update(bench: Bench) -> None:
    """Every parameter of the page, alone and together, by PATCH and PUT; the answer has 55 fields."""
    path = f"/student_sessions/{samples.new_student(bench)['id']}"
    for statement, name, value in UPDATE:
        answer = bench.call("PATCH", path, json_body={name: value})
        bench.holds(
            (statement, "PE-187"),
            answer.accepted and answer.at("student", name) == value,
            f"{name} alone to be taken",
        )
    email = bench.email()
    answer = bench.call("PATCH", path, json_body={"email": email})
    bench.holds(
        ("PE-140", "PE-385", "PE-384"), answer.at("student", "email") == email, "the new e-mail address"
    )
    student = answer.at("student") or {}
    bench.holds(
        ("PE-188", "PE-202"),
        len(student) == 55 and not set(ADDED) & set(student),
        "the 55 fields of the page",
    )
    bits = all(
        isinstance(student.get(name), str) and set(student[name]) <= {"0", "1"}
        for name in ("current_exam_mode", "priority", "reviewed")
    )
    bench.holds("PE-190", bits, "texts of binary digits")
    answer = bench.call("PUT", path, json_body={"name": "Student 3", "open_time": 1893456000})
    bench.holds(
        ("PE-179", "PE-296", "PE-138", "PE-035"),
        answer.accepted and answer.at("student", "name") == "Student 3",
        "PUT to do the same",
    )
    opened = str(answer.at("student", "open_time"))
    bench.holds(("PE-145", "PE-146"), is_time(opened), "open_time as ISO 8601 with offset")
    bench.holds("PE-147", opened.startswith(("2029-12-31", "2030-01-01")), "open_time read as epoch seconds")
    shown = bench.call("GET", path)
    bench.holds(
        ("PE-372", "PE-184"),
        shown.at("student", "name") == "Student 3",
        "the change to read back under student",
    )


@REGISTER.contract(
    "proctorexam.students.validation",
    "PE-111",
    "PE-139",
    "PE-142",
    "PE-143",
    "PE-144",
    "PE-145",
    profile=Profile.STANDARD,
)
def validation(bench: Bench) -> None:
    """Values that break the printed rule are refused with its text."""
    path = f"/student_sessions/{samples.new_student(bench)['id']}"
    for statement, name, text, values in (
        ("PE-139", "name", TEXT, (["a"], {"a": 1})),
        ("PE-142", "individual_info", TEXT, (["a"],)),
        ("PE-143", "is_individual_info_html", SWITCH, ("yes", 2, "TRUE")),
        ("PE-144", "skip_requirements", SWITCH, ("perhaps", 7)),
        ("PE-145", "open_time", NUMBER, ("soon", "-5", "1.5")),
    ):
        for value in values:
            answer = bench.call("PATCH", path, json_body={name: value})
            bench.holds(
                (statement, "PE-111"),
                answer.status == 422 and text.encode() in answer.body,
                f"422 with {text!r} for {name} {value!r}",
            )
    for value in ("true", "false", "1", "0", 1, 0, True, False):
        answer = bench.call("PATCH", path, json_body={"skip_requirements": value})
        bench.holds(("PE-144", "PE-111"), answer.accepted, f"skip_requirements {value!r} to be taken")


@REGISTER.contract(
    "proctorexam.students.taken", "PE-186", "PE-189", "PE-305", "PE-383", profile=Profile.STANDARD
)
def taken_email(bench: Bench) -> None:
    """An e-mail address that another session of the exam has is refused."""
    first, second = samples.new_student(bench), samples.new_student(bench)
    answer = bench.call("PATCH", f"/student_sessions/{second['id']}", json_body={"email": first["email"]})
    refused = answer.status == 422 and TAKEN.encode() in answer.body
    bench.holds(("PE-305", "PE-186", "PE-189"), refused, f"422 with {TAKEN!r}")
    fields = {"name": "Student 9", "email": first["email"]}
    answer = bench.call("POST", f"/exams/{samples.exam(bench)['id']}/student_sessions", json_body=fields)
    bench.holds(
        "PE-383", answer.status == 422 and TAKEN.encode() in answer.body, f"422 with {TAKEN!r} on creation"
    )


@REGISTER.contract(
    "proctorexam.students.lists",
    "PE-182",
    "PE-183",
    "PE-202",
    "PE-285",
    "PE-309",
    "PE-365",
    "PE-366",
    profile=Profile.STANDARD,
)
def lists(bench: Bench) -> None:
    """The list of all sessions has three fields more; that of one exam holds its students."""
    exam = samples.new_exam(bench)
    student = samples.new_student(bench, exam["id"])
    listed = bench.call("GET", "/student_sessions", query={"sort": '[{"id":"desc"}]'}).at("students")
    found = next((one for one in listed or [] if one.get("id") == student["id"]), None)
    bench.holds(("PE-365", "PE-309"), found is not None, "the session in the list")
    if found is not None:
        bench.holds("PE-182", set(ADDED) <= set(found), f"the fields {', '.join(ADDED)}")
        bench.holds("PE-202", set(student) <= set(found), "the fields of the update page")
    listed = bench.call("GET", f"/exams/{exam['id']}/student_sessions").at("students")
    same = [one.get("id") for one in listed or []] == [student["id"]]
    bench.holds(("PE-366", "PE-285", "PE-183"), same, "the one session of the exam")


@REGISTER.contract("proctorexam.students.destroy", "PE-226", "PE-386", profile=Profile.STANDARD)
def destroy(bench: Bench) -> None:
    """A destroyed session is gone."""
    path = f"/student_sessions/{samples.new_student(bench)['id']}"
    answer = bench.call("DELETE", path)
    bench.holds("PE-386", answer.accepted, "the session to be destroyed")
    bench.holds("PE-226", answer.json == {}, "an empty object")
    bench.holds("PE-386", bench.call("GET", path).status == 404, "404 afterwards")


@REGISTER.contract(
    "proctorexam.students.end",
    "PE-091",
    "PE-394",
    "PE-477",
    operations=("student_sessions.end_exam",),
    profile=Profile.STANDARD,
)
def end_exam(bench: Bench) -> None:
    """An end_exam call ends the exam of a student."""
    student = samples.new_student(bench)
    answer = bench.call("POST", f"/student_sessions/{student['id']}/end_exam")
    bench.holds("PE-394", answer.accepted, "the call to be taken")
    bench.holds("PE-477", isinstance(answer.at("student"), dict), "the session under student")
    shown = bench.call("GET", f"/student_sessions/{student['id']}")
    bench.holds("PE-091", shown.at("student", "status") == "exam_finished", "the status exam_finished")


@REGISTER.contract(
    "proctorexam.students.reviewable",
    "PE-195",
    "PE-396",
    "PE-397",
    "PE-477",
    operations=("student_sessions.reviewable",),
    profile=Profile.STANDARD,
)
def reviewable(bench: Bench) -> None:
    """A session is found for review by its token."""
    student = samples.student(bench)
    bench.need(student.get("token"), "the session has no token yet")
    answer = bench.call("GET", f"/student_sessions/{student['token']}/reviewable")
    bench.holds(
        ("PE-195", "PE-396", "PE-397", "PE-477"),
        answer.at("student", "id") == student["id"],
        "the session under student",
    )
