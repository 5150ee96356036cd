"""What can go wrong around ProctorExam's users and students: who may what, how far they are, who is told."""

from __future__ import annotations

from typing import Any

from mockserver.seeded_faults.changing import Function, change_json, wrap
from mockserver.seeded_faults.fault import Faults
from mockserver.vendors.proctorexam import VENDOR, callbacks, permissions, reach
from mockserver.vendors.proctorexam.permissions import INSTITUTES, RIGHTS, Caller
from mockserver.vendors.proctorexam.routes import exams

FAULTS = Faults("proctorexam")
ASSIGN = "student_sessions.assign_proctor"


@FAULTS.add("institutes-mixed", breaks="PE-488 PE-411", at="exams.show tool_providers.create")
def institutes_mixed() -> None:
    """Everybody reaches the objects of every institute."""
    wrap(Caller, "reaches", lambda _: lambda _caller, _institute_id: True)


@FAULTS.add("any-teacher-changes-exams", breaks="PE-488", at="exams.update")
def any_teacher_changes_exams() -> None:
    """A teacher changes exams of other people."""
    wrap(reach, "check_management", lambda _: lambda *_: None)


@FAULTS.add("everybody-changes-exams", breaks="PE-488", at="exams.update")
def everybody_changes_exams() -> None:
    """A role that only reads may do what a teacher may."""
    for role in ("proctor", "reviewer"):
        permissions.RIGHTS[role] = RIGHTS["teacher"]


@FAULTS.add("administrators-over-institutes", breaks="PE-166 PE-167", at="institutes.index institutes.create")
def administrators_over_institutes() -> None:
    """An administrator lists and creates institutes."""
    permissions.RIGHTS["administrator"] = RIGHTS["administrator"] | {INSTITUTES}


@FAULTS.add("assigned-sessions-uncounted", breaks="PE-489", at=ASSIGN)
def assigned_sessions_uncounted() -> None:
    """A proctor has one session, however many were assigned."""
    change_json(VENDOR, ASSIGN, lambda body: {**body, "active_proctoring_sessions": 1})


@FAULTS.add("status-stands-still", breaks="PE-087 PE-088 PE-089 PE-090", at="student_sessions.show")
def status_stands_still() -> None:
    """A student who was shown is always registered."""
    change_json(VENDOR, "student_sessions.show", _registered)


@FAULTS.add("lti-status-stands-still", breaks="PE-160", at="exams.show_lti_student")
def lti_status_stands_still() -> None:
    """A student found by the ids of the LMS is always registered."""
    change_json(VENDOR, "exams.show_lti_student", _registered)


@FAULTS.add("epoch-milliseconds", breaks="PE-155", at="exams.create")
def epoch_milliseconds() -> None:
    """The times of an exam are read as milliseconds."""
    wrap(
        exams,
        "read_moment",
        lambda real: lambda value, zone: real(value, zone) // (1000 if str(value).isdecimal() else 1),
    )


@FAULTS.add("callbacks-lost", breaks="PE-082", at="student_sessions.show")
def callbacks_lost() -> None:
    """No institute is told anything."""
    wrap(callbacks, "hand_over", lambda _: lambda *_args, **_given: None)


@FAULTS.add("callbacks-without-time", breaks="PE-500", at="student_sessions.show")
def callbacks_without_time() -> None:
    """A callback does not say when."""

    def make(real: Function) -> Function:
        def told(moment: Any, *, body: dict[str, Any], **rest: Any) -> None:
            real(moment, body={name: value for name, value in body.items() if name != "created_at"}, **rest)

        return told

    wrap(callbacks, "hand_over", make)


def _registered(body: Any) -> Any:
    return {"student": {**body["student"], "status": "registered"}}
