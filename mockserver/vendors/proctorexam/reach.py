"""Finding an object by its id; refusing what does not exist (404) or is another institute's (403)."""

from __future__ import annotations

import re

from mockserver.store import Row
from mockserver.strict_json import INT64_MAX
from mockserver.vendor import Call
from mockserver.vendors.proctorexam.errors import Forbidden, MustExist, NotFound
from mockserver.vendors.proctorexam.permissions import Caller
from mockserver.vendors.proctorexam.queries.exams import FIND_EXAM, IS_COMANAGER
from mockserver.vendors.proctorexam.queries.institutes import FIND_INSTITUTE
from mockserver.vendors.proctorexam.queries.lti import FIND_TOOL_PROVIDER
from mockserver.vendors.proctorexam.queries.student_sessions import FIND_SESSION
from mockserver.vendors.proctorexam.queries.users import FIND_USER

_ID = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


def id_of(text: str) -> int:
    """Return the number of an id in the URL; what is no id is that of nothing (PE-470)."""
    return int(text) if _ID.fullmatch(text) and int(text) <= INT64_MAX else 0


def check_institute(call: Call, institute_id: int) -> None:
    """Refuse what belongs to another institute than the caller's; superusers stand above them (PE-488).

    Raises:
        Forbidden: as the operation's page prints it.
    """
    caller: Caller = call.caller
    if not caller.reaches(institute_id):
        raise Forbidden(call.operation, "The object belongs to another institute.")


def institutes(call: Call) -> dict[str, int]:
    """Return what a listing looks through: the caller's institute, or every one for superusers."""
    caller: Caller = call.caller
    return {"every_institute": int(caller.is_superuser), "institute_id": caller.institute_id}


def named_institute(call: Call, institute_id: int) -> Row:
    """Return the institute that a parameter names.

    Raises:
        Forbidden: it is another one than the caller's (PE-411).
        MustExist: there is none (PE-487).
    """
    check_institute(call, institute_id)
    row = call.db.one(FIND_INSTITUTE, sandbox_id=call.sandbox.id, id=institute_id)
    if row is None:
        raise MustExist("institute_id")
    return row


def institute(call: Call, institute_id: str) -> Row:
    """Return an institute within the caller's reach."""
    row = call.db.one(FIND_INSTITUTE, sandbox_id=call.sandbox.id, id=id_of(institute_id))
    if row is None:
        raise NotFound("Institute", institute_id, "PE-324")
    check_institute(call, row["id"])
    return row


def exam(call: Call, exam_id: str) -> Row:
    """Return an exam within the caller's reach."""
    row = call.db.one(FIND_EXAM, sandbox_id=call.sandbox.id, id=id_of(exam_id), now_ms=call.now_ms)
    if row is None:
        raise NotFound("Exam", exam_id, "PE-247")
    check_institute(call, row["institute_id"])
    return row


def managed_exam(call: Call, exam_id: str) -> Row:
    """Return an exam that the caller may change: teachers those they own or co-manage (PE-488)."""
    row = exam(call, exam_id)
    check_management(call, row["id"], row["user_id"])
    return row


def check_management(call: Call, exam_id: int, owner_id: int) -> None:
    """Refuse a teacher who neither owns nor co-manages the exam."""
    caller: Caller = call.caller
    if caller.role != "teacher" or owner_id == caller.user_id:
        return
    if not call.db.one(IS_COMANAGER, sandbox_id=call.sandbox.id, exam_id=exam_id, user_id=caller.user_id):
        raise Forbidden(
            call.operation, "The exam belongs to another user, who has not made the caller a comanager."
        )


def session(call: Call, session_id: str, *, end: str = "") -> Row:
    """Return a student session within the caller's reach; `end` is what one page puts behind its 404."""
    row = call.db.one(FIND_SESSION, sandbox_id=call.sandbox.id, id=id_of(session_id), now_ms=call.now_ms)
    if row is None:
        raise NotFound("Student Session", session_id, "PE-391" if end else "PE-374", end)
    check_institute(call, row["institute_id"])
    return row


def managed_session(call: Call, session_id: str, *, end: str = "") -> Row:
    """Return a student session that the caller may change, as one of an exam that it may change."""
    row = session(call, session_id, end=end)
    check_management(call, row["exam_id"], row["exam_user_id"])
    return row


def user(call: Call, institute_id: str, user_id: str) -> Row:
    """Return a user of an institute within the caller's reach."""
    owner = institute(call, institute_id)
    row = call.db.one(FIND_USER, sandbox_id=call.sandbox.id, id=id_of(user_id))
    if row is None or row["institute_id"] != owner["id"]:
        raise NotFound("User", user_id, "PE-432")
    return row


def tool_provider(call: Call, tool_provider_id: str) -> Row:
    """Return a tool provider within the caller's reach."""
    row = call.db.one(FIND_TOOL_PROVIDER, sandbox_id=call.sandbox.id, id=id_of(tool_provider_id))
    if row is None:
        raise NotFound("tool provider", tool_provider_id, "PE-404")
    check_institute(call, row["institute_id"])
    return row
