"""The examples of ProctorExam's pages: they exist after a fresh start (PE-202 to PE-206)."""

from __future__ import annotations

import json
from datetime import datetime

from mockserver.clock import as_ms
from mockserver.sandboxes import Sandbox, open_door
from mockserver.store import Connection
from mockserver.store.ids import continue_after
from mockserver.vendors.proctorexam import examples
from mockserver.vendors.proctorexam.keys import FIRST_USER, keys_of
from mockserver.vendors.proctorexam.queries.exams import ADD_EXAM
from mockserver.vendors.proctorexam.queries.institutes import ADD_INSTITUTE
from mockserver.vendors.proctorexam.queries.student_sessions import ADD_SESSION
from mockserver.vendors.proctorexam.queries.users import ADD_USER
from mockserver.vendors.proctorexam.uniqueness import email_key, name_key


def ms(text: str) -> int:
    """Return the milliseconds of a time as the pages print it."""
    return as_ms(datetime.fromisoformat(text))


def fill(db: Connection, sandbox: Sandbox, now_ms: int) -> None:
    """Add institute 1 with its users, exams and the finished session of Student 1."""
    del now_ms
    _institute(db, sandbox)
    _users(db, sandbox)
    _exams(db, sandbox)
    _student_session(db, sandbox)


def _institute(db: Connection, sandbox: Sandbox) -> None:
    db.run(
        ADD_INSTITUTE,
        sandbox_id=sandbox.id,
        id=1,
        name="ProctorExam",
        name_key=name_key("ProctorExam"),
        logo_name=None,
        logo_updated_ms=None,
        created_ms=ms("2018-08-20T15:11:09.284+02:00"),
        updated_ms=ms("2019-01-22T10:30:59.794+01:00"),
        fields=json.dumps(examples.INSTITUTE),
    )
    continue_after(db, sandbox.id, "proctorexam_institute", 1)


def _users(db: Connection, sandbox: Sandbox) -> None:
    """Add the users; the token of each opens the sandbox, that of the first one is its own credential."""
    for user_id, (email, name, role) in enumerate(examples.USERS, start=FIRST_USER):
        db.run(
            ADD_USER,
            sandbox_id=sandbox.id,
            id=user_id,
            institute_id=1,
            email=email,
            email_key=email_key(email),
            name=name,
            role=role,
            omniauth_config_id=None,
            created_ms=ms("2019-01-23T12:05:52.391+01:00"),
            updated_ms=ms("2019-01-23T12:05:52.391+01:00"),
            fields=json.dumps(examples.USER),
        )
        if user_id != FIRST_USER:
            open_door(db, sandbox.id, "proctorexam", keys_of(sandbox, user_id)["api_token"], str(user_id))
    continue_after(db, sandbox.id, "proctorexam_user", len(examples.USERS))


def _exams(db: Connection, sandbox: Sandbox) -> None:
    for exam_id, name in enumerate(examples.EXAM_NAMES, start=1):
        db.run(
            ADD_EXAM,
            sandbox_id=sandbox.id,
            id=exam_id,
            institute_id=1,
            user_id=5,
            name=name,
            status="open",
            start_ms=ms("2018-11-21T00:54:00.000+01:00"),
            end_ms=None,
            created_ms=ms("2018-11-21T00:54:59.934+01:00"),
            updated_ms=ms("2018-11-25T21:26:08.664+01:00"),
            fields=json.dumps(examples.EXAM),
        )
    continue_after(db, sandbox.id, "proctorexam_exam", len(examples.EXAM_NAMES))


def _student_session(db: Connection, sandbox: Sandbox) -> None:
    email = "student1@example.com"
    db.run(
        ADD_SESSION,
        sandbox_id=sandbox.id,
        id=1,
        exam_id=1,
        name="Student 1",
        email=email,
        email_key=email_key(email),
        external_id=None,
        status="exam_finished",
        token=None,
        open_ms=ms("2018-11-13T11:13:00.000+01:00"),
        reservation_ms=ms("2018-11-17T17:04:28.633+01:00"),
        start_ms=ms("2018-11-17T17:09:39.373+01:00"),
        end_ms=ms("2018-11-17T17:10:19.477+01:00"),
        student_lms_id="student_1",  # PE-292
        resource_link_id="-4cd10a07a82a4bd6afc8ff27ad2981b8",  # PE-293
        created_ms=ms("2018-11-17T17:01:25.788+01:00"),
        updated_ms=ms("2018-11-17T17:13:30.427+01:00"),
        fields=json.dumps(examples.STUDENT),
    )
    continue_after(db, sandbox.id, "proctorexam_student_session", 1)
