"""ProctorExam's public clients, quirk for quirk: they change base URL and credentials alone."""

from __future__ import annotations

from interoperability_programs import RunClient, statuses

from mockserver.client.sandbox import SandboxHandle

PAGE = "You are not authorized to access this page."


def refused_by(world: SandboxHandle) -> tuple[str, str | None]:
    """Return the check that refused the newest refused request, and the mistake that was probably made."""
    refused = world.requests(refused=True)[0]
    mistake = world.request(refused["request_id"])["explanation"]["likely_mistake"]
    return refused["refused_by"], mistake["name"] if mistake else None


def test_python_wrapper(run_client: RunClient, world: SandboxHandle) -> None:
    """PE-455, PE-012, PE-024, PE-061; the booleans that it signs as True are refused (PE-046)."""
    calls = run_client("proctorexam_wrapper.py")
    assert statuses(calls) == {
        "institutes": 200,
        "new exam": 200,
        "new student": 200,
        "student": 200,
        "students": 200,
        "same email": 422,
        "unknown student": 404,
        "boolean": 403,
    }
    assert calls["new student"]["body"]["student"]["skip_requirements"] is True
    assert [student["id"] for student in calls["students"]["body"]["students"]] == [1, 2]
    assert calls["same email"]["body"] == {"errors": {"email": ["has already been taken"]}}
    assert calls["boolean"]["body"] == {"error": PAGE}
    assert refused_by(world) == ("signature", "booleans_as_True_and_False")


def test_xblock(run_client: RunClient, world: SandboxHandle) -> None:
    """PE-458, PE-042, PE-073, PE-160: a JSON body on GET; 404 with JSON until the student has come."""
    world.event(
        "proctorexam",
        "candidate_comes_by_lti",
        exam_id=1,
        student_lms_id="lms-student-1",
        resource_link_id="course-v1:openfun+1+2-abc",
        context_id="course-v1:openfun+1+2",
        name="Ada",
        email="ada@example.com",
    )
    calls = run_client("proctorexam_xblock.py")
    assert statuses(calls) == {"no student yet": 404, "student": 200, "same second": 403}
    assert "Couldn't find Student Session" in calls["no student yet"]["body"]["error"]
    assert calls["student"]["student"] == "registered"
    assert refused_by(world)[0] == "nonce"


def test_ruby_scripts(run_client: RunClient) -> None:
    """PE-460, PE-033, PE-045, PE-048, PE-061; an id of the path may be left unsigned (PE-036)."""
    calls = run_client("proctorexam_scripts.rb")
    assert statuses(calls) == {
        "new exam": 200,
        "add student": 200,
        "new student": 200,
        "rename": 200,
        "list value": 200,
        "id left unsigned": 200,
        "delete": 200,
    }
    assert calls["new exam"]["body"]["exam"]["name"] == "Zoë's exam"
    assert calls["new student"]["body"]["student"]["individual_info"] == "What? 1 = 1"
    assert calls["rename"]["body"]["student"]["name"] == "Bob Ross"
    assert calls["delete"]["body"] == {}


def test_ruby_scripts_where_ids_must_be_signed(run_client: RunClient, world: SandboxHandle) -> None:
    """PE-033: the scripts note that the signature is wrong without them."""
    world.settings({"proctorexam.url_ids_signed": "required"})
    calls = run_client("proctorexam_scripts.rb")
    assert {name for name, status in statuses(calls).items() if status != 200} == {"id left unsigned"}


def test_c_sharp_client(run_client: RunClient) -> None:
    """PE-459, PE-037, PE-039, PE-155: PHP for C#; a form to /exams?, epoch seconds, booleans as text."""
    calls = run_client("proctorexam_form.php")
    assert statuses(calls) == {"new exam": 200, "rename": 200, "new student": 200, "exams": 200}
    exam = calls["new exam"]["body"]["exam"]
    assert exam["start_time"] == "2030-01-01T11:00:00.000+01:00"
    assert exam["restrictions"] == '[["books", "allowed"], ["websites", "forbidden"]]'
    assert (exam["mobile_cam"], exam["upload_answers"]) == (True, False)
    assert calls["rename"]["body"]["exam"]["name"] == "Renamed"


def test_go_clients(run_client: RunClient, world: SandboxHandle) -> None:
    """PE-456, PE-457, PE-037, PE-061: Node for Go; the vendor's own one, unsorted, is refused (PE-051)."""
    calls = run_client("proctorexam_go.mjs")
    assert statuses(calls) == {
        "exams": 200,
        "exam": 200,
        "users": 200,
        "user": 200,
        "students": 200,
        "student": 200,
        "new exam": 200,
        "unsorted": 403,
    }
    assert calls["student"]["body"]["student"]["name"] == "Student 1"
    assert calls["new exam"]["body"]["exam"]["name"] == "Gone & back"
    assert refused_by(world) == ("signature", "not_sorted")
