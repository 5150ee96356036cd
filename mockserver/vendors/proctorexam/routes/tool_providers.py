"""LTI tool providers, and the identity providers that the API only lists."""

from __future__ import annotations

from mockserver.store.ids import next_id
from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.proctorexam import reach, removal
from mockserver.vendors.proctorexam.creation import created
from mockserver.vendors.proctorexam.declaring import declare
from mockserver.vendors.proctorexam.errors import (
    NotFound,
    ToolProviderInUse,
    documented,
    parameter_missing,
    unknown,
)
from mockserver.vendors.proctorexam.permissions import ADMINISTRATION
from mockserver.vendors.proctorexam.printing import zone
from mockserver.vendors.proctorexam.printing.lti import identity_provider_json, tool_provider_json
from mockserver.vendors.proctorexam.queries import lti as queries
from mockserver.vendors.proctorexam.schemas.answers import Nothing, many, one
from mockserver.vendors.proctorexam.schemas.lti import (
    IdentityProvider,
    NewToolProvider,
    ToolProvider,
    ToolProviderChanges,
)
from mockserver.vendors.proctorexam.stored_fields import read_fields, write_fields

operations = Operations()
ONE = one("tool_provider", ToolProvider)
UNKNOWN = unknown("tool provider", "PE-404", ":tool_provider_id")


@declare(
    operations,
    "GET",
    "/identity_providers",
    "identity_providers.index",
    statements="PE-316 PE-318 PE-206 PE-078",
    answer=many("identity_providers", IdentityProvider),
    right=ADMINISTRATION,
)
def identity_providers(call: Call) -> Answer:
    """List the identity providers of the caller's institute; of every institute for superusers."""
    rows = call.db.all(queries.LIST_IDENTITY_PROVIDERS, sandbox_id=call.sandbox.id, **reach.institutes(call))
    in_zone = zone(call)
    return json_answer(200, {"identity_providers": [identity_provider_json(row, in_zone) for row in rows]})


@declare(
    operations,
    "GET",
    "/tool_providers",
    "tool_providers.index",
    statements="PE-398 PE-399 PE-400 PE-206 PE-078",
    answer=many("tool_providers", ToolProvider),
    right=ADMINISTRATION,
)
def index(call: Call) -> Answer:
    """List the tool providers of the caller's institute; of every institute for superusers."""
    rows = call.db.all(queries.LIST_TOOL_PROVIDERS, sandbox_id=call.sandbox.id, **reach.institutes(call))
    in_zone = zone(call)
    return json_answer(200, {"tool_providers": [tool_provider_json(row, in_zone) for row in rows]})


@declare(
    operations,
    "GET",
    "/tool_providers/{id}",
    "tool_providers.show",
    statements="PE-401 PE-402 PE-403 PE-405",
    answer=ONE,
    right=ADMINISTRATION,
    refuses=(UNKNOWN,),
)
def show(call: Call, id: str) -> Answer:
    """Show a tool provider."""
    row = reach.tool_provider(call, id)
    return json_answer(200, {"tool_provider": tool_provider_json(row, zone(call))})


@declare(
    operations,
    "POST",
    "/tool_providers",
    "tool_providers.create",
    statements="PE-406 PE-407 PE-405 PE-196",
    answer=ONE,
    right=ADMINISTRATION,
    creates=True,
    refuses=(parameter_missing("PE-235"),),
)
def create(call: Call, params: NewToolProvider) -> Answer:
    """Create a tool provider."""
    given = params.given()
    institute_id = given.pop("institute_id", call.caller.institute_id)
    reach.named_institute(call, institute_id)
    fields = {"tool_url": "", "use_as_basic_link": True, "lti_custom_data": "{}", **given}  # as printed
    tool_provider_id = next_id(call.db, call.sandbox.id, "proctorexam_tool_provider")
    call.db.put(
        queries.ADD_TOOL_PROVIDER,
        sandbox_id=call.sandbox.id,
        id=tool_provider_id,
        institute_id=institute_id,
        created_ms=call.now_ms,
        updated_ms=call.now_ms,
        fields=write_fields(fields),
    )
    row = reach.tool_provider(call, str(tool_provider_id))
    return created(call, {"tool_provider": tool_provider_json(row, zone(call))})


@declare(
    operations,
    "PATCH PUT",
    "/tool_providers/{id}",
    "tool_providers.update",
    statements="PE-415 PE-416 PE-403 PE-405 PE-179",
    answer=ONE,
    right=ADMINISTRATION,
)
def update(call: Call, id: str, params: ToolProviderChanges) -> Answer:
    """Update a tool provider."""
    tool_provider_id = reach.id_of(id)
    row = call.db.one(
        queries.TAKE_TOOL_PROVIDER, sandbox_id=call.sandbox.id, id=tool_provider_id, now_ms=call.now_ms
    )
    if row is None:
        raise NotFound("tool provider", id, "PE-470")
    reach.check_institute(call, row["institute_id"])
    given = params.given()
    institute_id = given.pop("institute_id", row["institute_id"])
    reach.named_institute(call, institute_id)
    call.db.put(
        queries.CHANGE_TOOL_PROVIDER,
        sandbox_id=call.sandbox.id,
        id=tool_provider_id,
        institute_id=institute_id,
        fields=write_fields({**read_fields(row["fields"]), **given}),
    )
    return json_answer(200, {"tool_provider": tool_provider_json(reach.tool_provider(call, id), zone(call))})


@declare(
    operations,
    "DELETE",
    "/tool_providers/{id}",
    "tool_providers.destroy",
    statements="PE-422 PE-423 PE-403 PE-337 PE-197 PE-198",
    answer=Nothing,
    right=ADMINISTRATION,
    refuses=(
        UNKNOWN,
        documented(ToolProviderInUse([{"id": 2, "name": "exam with lti resources example"}])),
    ),
)
def destroy(call: Call, id: str) -> Answer:
    """Delete a tool provider with its LTI resources; refused while an open exam uses one of them (PE-425)."""
    row = reach.tool_provider(call, id)
    exams = call.db.all(
        queries.OPEN_EXAMS_OF_TOOL_PROVIDER, sandbox_id=call.sandbox.id, id=row["id"], now_ms=call.now_ms
    )
    if exams:
        raise ToolProviderInUse([{"id": exam["id"], "name": exam["name"]} for exam in exams])
    removal.remove_tool_provider(call, row["id"])
    return json_answer(200, {})
