"""What goes along when an object is deleted, and what its own user cannot delete."""

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile


@REGISTER.contract("proctorexam.removal.exam", "PE-495", profile=Profile.STANDARD)
def exam_with_all_in_it(bench: Bench) -> None:
    """With an exam its sessions and LTI resources are gone."""
    exam = samples.new_exam(bench)
    student = samples.new_student(bench, exam["id"])
    resource = samples.new_lti_resource(bench, exam_id=exam["id"])
    bench.need(bench.call("DELETE", f"/exams/{exam['id']}").accepted, "the exam cannot be deleted")
    for path in (f"/student_sessions/{student['id']}", f"/lti_resources/{resource['id']}"):
        bench.holds("PE-495", bench.call("GET", path).status == 404, f"{path} to be gone")


@REGISTER.contract("proctorexam.removal.institute", "PE-495", profile=Profile.STANDARD)
def institute_with_all_in_it(bench: Bench) -> None:
    """With an institute its exams are gone."""
    institute = samples.new_institute(bench)
    exam = samples.new_exam(bench, institute_id=institute["id"])
    answer = bench.call("DELETE", f"/institutes/{institute['id']}")
    bench.need(answer.accepted, "the institute cannot be deleted")
    gone = bench.call("GET", f"/exams/{exam['id']}").status == 404
    bench.holds("PE-495", gone, "the exam to be gone with its institute")
