"""A proctor is assigned to a student session."""

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.named.asking import as_user
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile


@REGISTER.contract(
    "proctorexam.assignment.assign",
    "PE-192", "PE-193", "PE-387", "PE-388", "PE-389", "PE-390",
    operations=("users.create", "student_sessions.create", "student_sessions.assign_proctor"),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def assign_proctor(bench: Bench) -> None:
    """A proctor is assigned; the id goes in as text and comes out as a number."""
    proctor, student = samples.proctor(bench), samples.new_student(bench)
    path = f"/student_sessions/{student['id']}/assign_proctor"
    answer = bench.call("POST", path, json_body={"proctor_id": str(proctor["id"])})
    taken = answer.accepted and answer.at("proctor_id") == proctor["id"]
    bench.must(("PE-387", "PE-388", "PE-389", "PE-390", "PE-193"), taken, "the proctor's id as a number")
    both = isinstance(answer.json, dict) and set(answer.json) == {"proctor_id", "active_proctoring_sessions"}
    bench.holds("PE-192", both, "proctor_id and active_proctoring_sessions at top level")


@REGISTER.contract(
    "proctorexam.assignment.refused", "PE-191", "PE-391", "PE-392", "PE-393", "PE-390", profile=Profile.FULL
)
def refused_assignments(bench: Bench) -> None:
    """An unknown session, an unknown proctor and a user who is no proctor have answers of their own."""
    proctor, student = samples.proctor(bench), samples.new_student(bench)
    unknown = 2_000_000_000
    answer = bench.call(
        "POST", f"/student_sessions/{unknown}/assign_proctor", json_body={"proctor_id": proctor["id"]}
    )
    message = f"Couldn't find Student Session with 'id'='{unknown}'."
    bench.holds(
        ("PE-191", "PE-391"),
        answer.status == 404 and message in answer.body.decode("utf-8", "replace"),
        f"404 with {message!r}",
    )
    path = f"/student_sessions/{student['id']}/assign_proctor"
    answer = bench.call("POST", path, json_body={"proctor_id": unknown})
    bench.holds(
        ("PE-191", "PE-393"),
        answer.status == 404 and b"Not found error." in answer.body,
        "404 with 'Not found error.'",
    )
    answer = bench.call("POST", path, json_body={})
    bench.holds("PE-390", answer.refused, "a call without proctor_id to be refused")
    answer = bench.call("POST", path, json_body={"proctor_id": samples.user(bench)["id"]})
    bench.holds(
        "PE-392",
        answer.status == 422 and b"Invalid parameters." in answer.body,
        "422 with 'Invalid parameters.'",
    )


@REGISTER.contract(
    "proctorexam.assignment.proctors",
    "PE-489",
    operations=("users.create", "student_sessions.create", "student_sessions.assign_proctor"),
    profile=Profile.STANDARD,
)
def who_can_proctor(bench: Bench) -> None:
    """Proctors within reach and global ones are taken, teachers are not; assigned sessions are counted."""
    elsewhere = f"/institutes/{samples.new_institute(bench)['id']}/users"
    far, everywhere = (
        samples.make(bench, elsewhere, "user", samples.user_fields(bench, role=role))
        for role in ("proctor", "global_proctor")
    )
    near, teacher = samples.new_user(bench, role="proctor"), samples.new_user(bench, role="teacher")
    paths = [f"/student_sessions/{samples.new_student(bench)['id']}/assign_proctor" for _ in range(2)]
    with as_user(bench, samples.new_user(bench, role="administrator")):
        for proctor in (far, teacher):
            answer = bench.call("POST", paths[0], json_body={"proctor_id": proctor["id"]})
            bench.holds("PE-489", answer.refused, "neither a teacher nor another institute's proctor")
        answer = bench.call("POST", paths[0], json_body={"proctor_id": everywhere["id"]})
        bench.holds("PE-489", answer.accepted, "a global proctor of another institute to be taken")
        for count, path in enumerate(paths, 1):
            answer = bench.call("POST", path, json_body={"proctor_id": near["id"]})
            bench.holds(
                "PE-489", answer.at("active_proctoring_sessions") == count, f"{count} sessions counted"
            )
