"""The examples of ProctorExam's pages: they exist after a fresh start (PE-202 to PE-206)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mockserver.clock import as_ms
from mockserver.doors import open_door
from mockserver.sandboxes import Sandbox
from mockserver.store import Connection, Statement
from mockserver.store.ids import continue_after
from mockserver.vendors.proctorexam import examples
from mockserver.vendors.proctorexam.keys import FIRST_USER, keys_of
from mockserver.vendors.proctorexam.queries.documents import ADD_ATTACHMENT, ADD_DOCUMENT
from mockserver.vendors.proctorexam.queries.exams import ADD_EXAM
from mockserver.vendors.proctorexam.queries.institutes import ADD_INSTITUTE
from mockserver.vendors.proctorexam.queries.lti import (
    ADD_IDENTITY_PROVIDER,
    ADD_LTI_RESOURCE,
    ADD_TOOL_PROVIDER,
)
from mockserver.vendors.proctorexam.queries.student_sessions import ADD_SESSION
from mockserver.vendors.proctorexam.queries.users import ADD_USER
from mockserver.vendors.proctorexam.routes.users import UNSET_FIELDS as NEW_USER
from mockserver.vendors.proctorexam.stored_fields import write_fields
from mockserver.vendors.proctorexam.uniqueness import email_key, name_key


def ms(text: str) -> int:
    """Return the milliseconds of a time as the pages print it."""
    return as_ms(datetime.fromisoformat(text))


def fill(db: Connection, sandbox: Sandbox, now_ms: int) -> None:
    """Add the users of institute 1, its exams, the finished session of Student 1 and the LTI links."""
    del now_ms
    _users(db, sandbox, first=FIRST_USER + 1, last=len(examples.USERS))
    _exams(db, sandbox)
    _student_session(db, sandbox)
    _exam_files(db, sandbox)
    _lti(db, sandbox)


def add_first_user(db: Connection, sandbox: Sandbox, now_ms: int) -> None:
    """Add institute 1 and the user whose token and secret are the credentials of the sandbox."""
    del now_ms
    _institute(db, sandbox)
    _users(db, sandbox, first=FIRST_USER, last=FIRST_USER)


def _institute(db: Connection, sandbox: Sandbox) -> None:
    db.put(
        ADD_INSTITUTE,
        sandbox_id=sandbox.id,
        id=1,
        name="ProctorExam",
        name_key=name_key("ProctorExam"),
        logo_name=None,
        logo_updated_ms=None,
        created_ms=ms("2018-08-20T15:11:09.284+02:00"),
        updated_ms=ms("2019-01-22T10:30:59.794+01:00"),
        fields=write_fields(examples.INSTITUTE),
    )
    continue_after(db, sandbox.id, "proctorexam_institute", 1)


def _users(db: Connection, sandbox: Sandbox, *, first: int, last: int) -> None:
    """Add some of the users; the token of each opens the sandbox, that of the first is its own credential."""
    for user_id in range(first, last + 1):
        email, name, role = examples.USERS[user_id - FIRST_USER]
        db.put(
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
            fields=write_fields(NEW_USER),
        )
        if user_id != FIRST_USER:
            open_door(db, sandbox.id, "proctorexam", keys_of(sandbox, user_id)["api_token"], str(user_id))
    continue_after(db, sandbox.id, "proctorexam_user", last)


def _exams(db: Connection, sandbox: Sandbox) -> None:
    for exam_id, name in enumerate(examples.EXAM_NAMES, start=1):
        db.put(
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
            fields=write_fields(examples.EXAM),
        )
    continue_after(db, sandbox.id, "proctorexam_exam", len(examples.EXAM_NAMES))


def _student_session(db: Connection, sandbox: Sandbox) -> None:
    email = "student1@example.com"
    db.put(
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
        context_id=None,
        created_ms=ms("2018-11-17T17:01:25.788+01:00"),
        updated_ms=ms("2018-11-17T17:13:30.427+01:00"),
        fields=write_fields(examples.STUDENT),
    )
    continue_after(db, sandbox.id, "proctorexam_student_session", 1)


def _exam_files(db: Connection, sandbox: Sandbox) -> None:
    """Add the document and the attachment of exam 1."""
    db.put(
        ADD_DOCUMENT,
        sandbox_id=sandbox.id,
        id=1,
        exam_id=1,
        exam_content=examples.DOCUMENT,
        created_ms=ms("2019-01-22T16:07:23.183+01:00"),
        updated_ms=ms("2019-01-22T16:07:28.315+01:00"),
    )
    continue_after(db, sandbox.id, "proctorexam_document", 1)
    db.put(
        ADD_ATTACHMENT,
        sandbox_id=sandbox.id,
        id=1,
        exam_id=1,
        **examples.ATTACHMENT,
        document_updated_ms=ms("2019-01-22T16:48:06.983+01:00"),
        created_ms=ms("2019-01-22T16:48:06.991+01:00"),
        updated_ms=ms("2019-01-22T16:48:06.991+01:00"),
    )
    continue_after(db, sandbox.id, "proctorexam_attachment", 1)


def _lti(db: Connection, sandbox: Sandbox) -> None:
    """Add two tool providers, of which exam 2 uses the second one, and an identity provider."""
    for number, fields in enumerate(examples.TOOL_PROVIDERS, start=1):
        _add(db, sandbox, ADD_TOOL_PROVIDER, number, "2020-11-26T07:19:53.143+01:00", fields, institute_id=1)
    continue_after(db, sandbox.id, "proctorexam_tool_provider", len(examples.TOOL_PROVIDERS))
    for number, fields in enumerate(examples.LTI_RESOURCES, start=1):
        _add(
            db,
            sandbox,
            ADD_LTI_RESOURCE,
            number,
            "2020-11-25T17:21:59.485+01:00",
            fields,
            exam_id=2,
            tool_provider_id=2,
        )
    continue_after(db, sandbox.id, "proctorexam_lti_resource", len(examples.LTI_RESOURCES))
    fields = examples.IDENTITY_PROVIDER
    _add(db, sandbox, ADD_IDENTITY_PROVIDER, 1, "2023-10-31T16:40:48.201+01:00", fields, institute_id=1)
    continue_after(db, sandbox.id, "proctorexam_identity_provider", 1)


def _add(
    db: Connection, sandbox: Sandbox, statement: Statement, number: int, at: str, fields: Any, **owners: int
) -> None:
    db.put(
        statement,
        sandbox_id=sandbox.id,
        id=number,
        created_ms=ms(at),
        updated_ms=ms(at),
        fields=write_fields(fields),
        **owners,
    )
