"""LTI resources: links from an exam into a tool provider (PE-176)."""

from __future__ import annotations

from typing import Any

from mockserver.store import Row
from mockserver.store.ids import next_id
from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.proctorexam import reach
from mockserver.vendors.proctorexam.creation import created
from mockserver.vendors.proctorexam.declaring import declare
from mockserver.vendors.proctorexam.errors import MustExist, NotFound, parameter_missing, unknown
from mockserver.vendors.proctorexam.lists import paged
from mockserver.vendors.proctorexam.permissions import EXAMS, READING
from mockserver.vendors.proctorexam.printing import zone
from mockserver.vendors.proctorexam.printing.lti import lti_resource_json
from mockserver.vendors.proctorexam.queries import lti as queries
from mockserver.vendors.proctorexam.queries.exams import FIND_EXAM
from mockserver.vendors.proctorexam.schemas.answers import Nothing, many, one
from mockserver.vendors.proctorexam.schemas.lists import Paged
from mockserver.vendors.proctorexam.schemas.lti import LtiResource, LtiResourceChanges, NewLtiResource
from mockserver.vendors.proctorexam.stored_fields import read_fields, write_fields

operations = Operations()
ONE = one("lti_resource", LtiResource)


@declare(
    operations,
    "GET",
    "/lti_resources",
    "lti_resources.index",
    statements="PE-338 PE-339 PE-340 PE-206 PE-207 PE-075 PE-076 PE-212 PE-213",
    answer=many("lti_resources", LtiResource),
    right=READING,
)
def index(call: Call, params: Paged) -> Answer:
    """List the LTI resources of the caller's institute; of every institute for superusers."""
    rows, headers = paged(
        call,
        params,
        listing=queries.LIST_LTI_RESOURCES,
        counting=queries.COUNT_LTI_RESOURCES,
        **reach.institutes(call),
    )
    in_zone = zone(call)
    return json_answer(200, {"lti_resources": [lti_resource_json(row, in_zone) for row in rows]}, headers)


@declare(
    operations,
    "GET",
    "/lti_resources/{id}",
    "lti_resources.show",
    statements="PE-341 PE-342 PE-343 PE-345",
    answer=ONE,
    right=READING,
    refuses=(unknown("lti resource", "PE-344", ":lti_resource_id"),),
)
def show(call: Call, id: str) -> Answer:
    """Show an LTI resource."""
    return json_answer(200, _one(call, _found(call, id)))


@declare(
    operations,
    "POST",
    "/lti_resources",
    "lti_resources.create",
    statements="PE-346 PE-347 PE-345 PE-176 PE-177",
    answer=ONE,
    right=EXAMS,
    creates=True,
    refuses=(parameter_missing("PE-235"),),
)
def create(call: Call, params: NewLtiResource) -> Answer:
    """Create an LTI resource in an exam, from a tool provider."""
    _check_exam(call, params.exam_id)
    provided = read_fields(_tool_provider(call, params.tool_provider_id)["fields"])
    url, custom = params.lti_resource_launch_url, params.lti_custom_data
    fields = {
        "lti_resource_link_id": None,
        "lti_resource_link_name": params.lti_resource_link_name,
        "lti_resource_launch_url": provided["tool_url"] if url is None else url,  # PE-351
        "lti_custom_data": provided["lti_custom_data"] if custom is None else custom,  # PE-353
        "open_in_new_tab": bool(params.open_in_new_tab),
    }
    resource_id = next_id(call.db, call.sandbox.id, "proctorexam_lti_resource")
    call.db.put(
        queries.ADD_LTI_RESOURCE,
        sandbox_id=call.sandbox.id,
        id=resource_id,
        exam_id=params.exam_id,
        tool_provider_id=params.tool_provider_id,
        created_ms=call.now_ms,
        updated_ms=call.now_ms,
        fields=write_fields(fields),
    )
    return created(call, _one(call, _found(call, str(resource_id))))


@declare(
    operations,
    "PATCH PUT",
    "/lti_resources/{id}",
    "lti_resources.update",
    statements="PE-354 PE-355 PE-343 PE-345 PE-178 PE-179",
    answer=ONE,
    right=EXAMS,
)
def update(call: Call, id: str, params: LtiResourceChanges) -> Answer:
    """Update an LTI resource."""
    resource_id = reach.id_of(id)
    call.db.put(queries.LOCK_LTI_RESOURCE, sandbox_id=call.sandbox.id, id=resource_id, now_ms=call.now_ms)
    row = _managed(call, id)
    given = params.given()
    exam_id = given.pop("exam_id", row["exam_id"])
    tool_provider_id = given.pop("tool_provider_id", row["tool_provider_id"])
    _check_exam(call, exam_id)
    _tool_provider(call, tool_provider_id)
    call.db.put(
        queries.CHANGE_LTI_RESOURCE,
        sandbox_id=call.sandbox.id,
        id=resource_id,
        exam_id=exam_id,
        tool_provider_id=tool_provider_id,
        fields=write_fields({**read_fields(row["fields"]), **given}),
    )
    return json_answer(200, _one(call, _found(call, id)))


@declare(
    operations,
    "DELETE",
    "/lti_resources/{id}",
    "lti_resources.destroy",
    statements="PE-362 PE-363 PE-180 PE-226",
    answer=Nothing,
    right=EXAMS,
    refuses=(unknown("lti resource", "PE-364", ":lti_resource_id"),),
)
def destroy(call: Call, id: str) -> Answer:
    """Delete an LTI resource."""
    row = _managed(call, id)
    call.db.put(queries.REMOVE_LTI_RESOURCE, sandbox_id=call.sandbox.id, id=row["id"])
    return json_answer(200, {})


def _found(call: Call, resource_id: str) -> Row:
    row = call.db.one(queries.FIND_LTI_RESOURCE, sandbox_id=call.sandbox.id, id=reach.id_of(resource_id))
    if row is None:
        raise NotFound("lti resource", resource_id, "PE-344")
    reach.check_institute(call, row["institute_id"])
    return row


def _managed(call: Call, resource_id: str) -> Row:
    row = _found(call, resource_id)
    reach.check_management(call, row["exam_id"], row["exam_user_id"])
    return row


def _check_exam(call: Call, exam_id: int) -> None:
    """Refuse an exam that does not exist (PE-487), or that the caller may not change."""
    row = call.db.one(FIND_EXAM, sandbox_id=call.sandbox.id, id=exam_id, now_ms=call.now_ms)
    if row is None:
        raise MustExist("exam_id")
    reach.check_institute(call, row["institute_id"])
    reach.check_management(call, exam_id, row["user_id"])


def _tool_provider(call: Call, tool_provider_id: int) -> Row:
    """Return the tool provider that a parameter names (PE-487)."""
    row = call.db.one(queries.FIND_TOOL_PROVIDER, sandbox_id=call.sandbox.id, id=tool_provider_id)
    if row is None:
        raise MustExist("tool_provider_id")
    reach.check_institute(call, row["institute_id"])
    return row


def _one(call: Call, row: Row) -> dict[str, Any]:
    return {"lti_resource": lti_resource_json(row, zone(call))}
