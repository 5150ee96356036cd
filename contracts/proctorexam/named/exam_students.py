"""The deprecated calls by which an exam adds, lists, shows and removes its students."""

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.named.values import TAKEN
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

ADDED_BY_EXAM = (
    ("PE-299", "name"),
    ("PE-300", "email"),
    ("PE-301", "individual_info"),
    ("PE-302", "is_individual_info_html"),
    ("PE-303", "skip_requirements"),
)


@REGISTER.contract(
    "proctorexam.old_students.add",
    "PE-276", "PE-286", "PE-283", "PE-288", "PE-290", "PE-297", "PE-299", "PE-300", "PE-301", "PE-302",
    "PE-303", "PE-304",
    "PE-306", "PE-226",
    operations=("exams.add_student", "exams.show_student", "exams.index_students", "exams.delete_student"),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def deprecated_calls(bench: Bench) -> None:
    """The deprecated calls of the exam still add, list, show and remove a student."""
    exam = samples.new_exam(bench)
    path = f"/exams/{exam['id']}"
    fields = {
        "name": "Student 1", "email": bench.email(), "individual_info": "Room 4",
        "is_individual_info_html": True,
        "skip_requirements": False, "open_time": 1893456000,
    }  # fmt: skip
    answer = bench.call("POST", f"{path}/add_student", json_body=fields)
    added = answer.accepted and isinstance(answer.at("student"), dict)
    bench.must(("PE-297", "PE-290", "PE-276", "PE-304"), added, "one object under student")
    student = answer.at("student") or {}
    for statement, name in ADDED_BY_EXAM:
        bench.holds(statement, student.get(name) == fields[name], f"{name} as sent")
    one = {"student_session_id": student.get("id")}
    listed = bench.call("GET", f"{path}/index_students").at("students")
    bench.holds(
        "PE-283", [item.get("id") for item in listed or []] == [student.get("id")], "the student in the list"
    )
    shown = bench.call("GET", f"{path}/show_student", query=one)
    bench.holds(("PE-286", "PE-288"), shown.at("student", "id") == student.get("id"), "the student")
    removed = bench.call("DELETE", f"{path}/delete_student", query=one)
    bench.holds(("PE-306", "PE-288"), removed.accepted, "the student to be removed")
    bench.holds("PE-226", removed.json == {}, "an empty object")
    bench.holds(
        "PE-306", bench.call("GET", f"{path}/show_student", query=one).status == 404, "404 afterwards"
    )


@REGISTER.contract(
    "proctorexam.old_students.refused",
    "PE-289",
    "PE-299",
    "PE-300",
    "PE-305",
    "PE-235",
    profile=Profile.STANDARD,
)
def refused_deprecated_calls(bench: Bench) -> None:
    """name and email are required, the e-mail address is unique, an unknown session is 404."""
    exam = samples.new_exam(bench)
    path = f"/exams/{exam['id']}"
    for statement, fields in (("PE-299", {"email": bench.email()}), ("PE-300", {"name": "Student 1"})):
        answer = bench.call("POST", f"{path}/add_student", json_body=fields)
        bench.holds((statement, "PE-235"), answer.status == 422, f"422 for {list(fields)} alone")
    taken = samples.new_student(bench, exam["id"])["email"]
    answer = bench.call("POST", f"{path}/add_student", json_body={"name": "Student 2", "email": taken})
    bench.holds("PE-305", answer.status == 422 and TAKEN.encode() in answer.body, f"422 with {TAKEN!r}")
    answer = bench.call("GET", f"{path}/show_student", query={"student_session_id": "2000000000"})
    bench.holds(
        "PE-289",
        answer.status == 404 and b"Couldn't find Student Session with 'id'='2000000000'" in answer.body,
        "404 with the printed message",
    )
