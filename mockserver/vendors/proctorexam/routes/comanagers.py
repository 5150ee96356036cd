"""Comanagers: users who manage an exam beside its owner (PE-310, PE-314)."""

from __future__ import annotations

from mockserver.store import Row
from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.proctorexam import reach
from mockserver.vendors.proctorexam.declaring import declare
from mockserver.vendors.proctorexam.errors import MustExist, parameter_missing
from mockserver.vendors.proctorexam.permissions import EXAMS
from mockserver.vendors.proctorexam.printing.users import user_json
from mockserver.vendors.proctorexam.queries.exams import ADD_COMANAGER, REMOVE_COMANAGER
from mockserver.vendors.proctorexam.queries.users import FIND_USER
from mockserver.vendors.proctorexam.schemas.answers import one
from mockserver.vendors.proctorexam.schemas.exams import Comanagement
from mockserver.vendors.proctorexam.schemas.users import Comanager

operations = Operations()
ONE = one("comanager", Comanager)


@declare(
    operations,
    "PUT",
    "/exams/{id}/add_comanager",
    "exams.add_comanager",
    statements="PE-310 PE-311 PE-276 PE-313 PE-164",
    answer=ONE,
    right=EXAMS,
    refuses=(parameter_missing("PE-235"),),
)
def add_comanager(call: Call, id: str, params: Comanagement) -> Answer:
    """Add a comanager to an exam; one who is there already stays."""
    exam = reach.managed_exam(call, id)
    user = _user(call, params.comanager_id)
    call.db.put(ADD_COMANAGER, sandbox_id=call.sandbox.id, exam_id=exam["id"], user_id=user["id"])
    return json_answer(200, {"comanager": user_json(call, user, Comanager)})


@declare(
    operations,
    "DELETE",
    "/exams/{id}/remove_comanager",
    "exams.remove_comanager",
    statements="PE-314 PE-315 PE-276 PE-313 PE-165",
    answer=ONE,
    right=EXAMS,
    refuses=(parameter_missing("PE-235"),),
)
def remove_comanager(call: Call, id: str, params: Comanagement) -> Answer:
    """Remove a comanager from an exam; the answer repeats the user."""
    exam = reach.managed_exam(call, id)
    user = _user(call, params.comanager_id)
    removed = call.db.run(
        REMOVE_COMANAGER, sandbox_id=call.sandbox.id, exam_id=exam["id"], user_id=user["id"]
    )
    if not removed:
        raise MustExist("comanager_id")
    return json_answer(200, {"comanager": user_json(call, user, Comanager)})


def _user(call: Call, user_id: int) -> Row:
    """Return the user whom the parameter names (PE-487)."""
    user = call.db.one(FIND_USER, sandbox_id=call.sandbox.id, id=user_id)
    if user is None:
        raise MustExist("comanager_id")
    reach.check_institute(call, user["institute_id"])
    return user
