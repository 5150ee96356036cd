"""Callbacks to the address of an institute.

A real vendor cannot reach this machine and nobody sits an exam there: the control API of a mock makes
happen what is told.
"""

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.named.values import is_time
from contracts.proctorexam.register import REGISTER
from contracts.receiver import Receiver
from contracts.safety import Profile

NO_WAY = "a vendor cannot reach this machine, and no call of the interface lets a student start"
EVENTS = ("email_sent", "assign_proctor", "exam_started", "exam_finished")


@REGISTER.contract(
    "proctorexam.callbacks.told",
    "PE-082", "PE-500",
    operations=("institutes.create", "exams.create", "student_sessions.create"),
    profile=Profile.FULL,
)  # fmt: skip
def told_to_the_institute(bench: Bench) -> None:
    """What happens in a session is told to the callback_url of its institute, unsigned, with six fields."""
    if bench.admin is None:
        bench.not_exercised(("PE-082", "PE-500"), NO_WAY)
        return
    with Receiver() as receiver:
        institute = samples.new_institute(bench, callback_url=f"{receiver.url}/events")
        exam = samples.new_exam(bench, institute_id=institute["id"])
        student, proctor = samples.new_student(bench, exam["id"]), samples.proctor(bench)
        bench.need(bench.call("POST", f"/exams/{exam['id']}/send_emails").accepted, "no mails were sent")
        path = f"/student_sessions/{student['id']}/assign_proctor"
        bench.need(bench.call("POST", path, json_body={"proctor_id": proctor["id"]}).accepted, "no proctor")
        for event in ("candidate_starts", "candidate_finishes"):
            bench.admin.event("proctorexam", event, student_session_id=student["id"])
        came = receiver.wait_for("/events", len(EVENTS))
    bodies = [one.json if isinstance(one.json, dict) else {} for one in came]
    bench.holds("PE-082", bodies, "callbacks at the callback_url of the institute")
    told = tuple(body.get("event") for body in bodies)
    bench.holds("PE-500", told == EVENTS, f"the events {', '.join(EVENTS)} in this order")
    ids = {"institute_id": institute["id"], "exam_id": exam["id"], "student_session_id": student["id"]}
    for received, body in zip(came, bodies, strict=True):
        rest = {name: value for name, value in body.items() if name not in (*ids, "event")}
        right = ids.items() <= body.items() and set(rest) == {"status", "created_at"}
        unsigned = "Authorization" not in received.headers
        bench.holds(
            "PE-500", right and is_time(rest.get("created_at")) and unsigned, "the six fields, unsigned"
        )
