"""The statuses that a student's own steps lead to; where nobody sits an exam, a mock lets them happen."""

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

NO_WAY = "no call of the interface takes the steps of a student"
STEPS = (
    ("PE-087", "candidate_passes_check", "after_check_req"),
    ("PE-088", "candidate_enters_setup", "in_setup"),
    ("PE-089", "candidate_leaves_setup", "exam_not_started"),
    ("PE-088", "candidate_enters_setup", "in_setup"),
    ("PE-090", "candidate_starts", "exam_started"),
)


@REGISTER.contract(
    "proctorexam.student_life.statuses",
    "PE-087", "PE-088", "PE-089", "PE-090",
    operations=("student_sessions.create", "student_sessions.show"),
    profile=Profile.FULL,
)  # fmt: skip
def statuses_of_a_student(bench: Bench) -> None:
    """After each step of the student the session has the status that the page gives to it."""
    if bench.admin is None:
        bench.not_exercised(tuple(dict.fromkeys(statement for statement, _, _ in STEPS)), NO_WAY)
        return
    student = samples.new_student(bench)
    for statement, event, status in STEPS:
        bench.admin.event("proctorexam", event, student_session_id=student["id"])
        shown = bench.call("GET", f"/student_sessions/{student['id']}").at("student", "status")
        bench.holds(statement, shown == status, f"the status {status}")
