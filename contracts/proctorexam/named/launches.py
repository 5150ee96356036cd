"""A student who comes out of an LMS is found by the ids of the LMS."""

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

LINK = {"student_lms_id": "lms-1", "resource_link_id": "link-1", "context_id": "course-1"}
STEPS = (
    ("candidate_enters_setup", "in_setup"),
    ("candidate_leaves_setup", "exam_not_started"),
    ("candidate_starts", "exam_started"),
    ("candidate_finishes", "exam_finished"),
)


@REGISTER.contract(
    "proctorexam.launches.found",
    "PE-291", "PE-292", "PE-293", "PE-294", "PE-296", "PE-501",
    operations=("exams.create", "exams.show_lti_student"),
    profile=Profile.FULL,
)  # fmt: skip
def found_after_the_launch(bench: Bench) -> None:
    """The launch makes a registered session; the next one leads to the same, another course to none."""
    if bench.admin is None:
        bench.not_exercised(("PE-294", "PE-501"), "no call of the interface launches an LTI link")
        return
    exam = samples.new_exam(bench)
    student = {"exam_id": exam["id"], "name": "Ada", "email": bench.email(), **LINK}
    bench.admin.event("proctorexam", "candidate_comes_by_lti", **student)
    path = f"/exams/{exam['id']}/show_lti_student"
    first = bench.call("GET", path, query=LINK)
    bench.holds(
        ("PE-291", "PE-292", "PE-293", "PE-296"), isinstance(first.at("student", "id"), int), "the student"
    )
    bench.holds("PE-501", first.at("student", "status") == "registered", "the status registered")
    bench.admin.event("proctorexam", "candidate_comes_by_lti", **student)
    second = bench.call("GET", path, query=LINK)
    bench.holds("PE-501", second.at("student", "id") == first.at("student", "id"), "the same session")
    elsewhere = bench.call("GET", path, query=LINK | {"context_id": "course-2"})
    bench.holds(("PE-294", "PE-501"), elsewhere.status == 404, "404 for another course")


@REGISTER.contract("proctorexam.launches.progress", "PE-160", profile=Profile.FULL)
def progress_of_a_student(bench: Bench) -> None:
    """Before the launch there is a 404 with JSON; then the status tells how far the student is."""
    exam = samples.new_exam(bench)
    path = f"/exams/{exam['id']}/show_lti_student"
    before = bench.call("GET", path, query=LINK)
    not_yet = before.status == 404 and isinstance(before.json, dict)
    bench.holds("PE-160", not_yet, "404 with JSON before the launch")
    if bench.admin is None:
        return
    student = {"exam_id": exam["id"], "name": "Ada", "email": bench.email(), **LINK}
    bench.admin.event("proctorexam", "candidate_comes_by_lti", **student)
    session_id = bench.call("GET", path, query=LINK).at("student", "id")
    for event, status in STEPS:
        bench.admin.event("proctorexam", event, student_session_id=session_id)
        shown = bench.call("GET", path, query=LINK).at("student", "status")
        bench.holds("PE-160", shown == status, f"the status {status}")
