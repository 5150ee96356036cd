"""Institutes: list, show, create, update, delete."""

from __future__ import annotations

from typing import Any

from mockserver.store.ids import next_id
from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.proctorexam import reach, removal, uploads
from mockserver.vendors.proctorexam.creation import created
from mockserver.vendors.proctorexam.declaring import declare
from mockserver.vendors.proctorexam.errors import (
    Forbidden,
    NotFound,
    Taken,
    documented,
    parameter_missing,
    unknown,
)
from mockserver.vendors.proctorexam.lists import paged
from mockserver.vendors.proctorexam.permissions import ADMINISTRATION, INSTITUTES, READING
from mockserver.vendors.proctorexam.printing import zone
from mockserver.vendors.proctorexam.printing.institutes import institute_json
from mockserver.vendors.proctorexam.queries import institutes as queries
from mockserver.vendors.proctorexam.schemas.answers import Nothing, many, one
from mockserver.vendors.proctorexam.schemas.institutes import (
    Institute,
    InstituteChanges,
    InstituteParameters,
    NewInstitute,
)
from mockserver.vendors.proctorexam.schemas.lists import Paged
from mockserver.vendors.proctorexam.stored_fields import read_fields, write_fields
from mockserver.vendors.proctorexam.uniqueness import name_key, taken_once

operations = Operations()
ONE, MANY = one("institute", Institute), many("institutes", Institute)

# What an institute is created with, apart from its parameters: the values of the page (PE-170, PE-173).
UNSET_FIELDS: dict[str, Any] = {
    "logo_image_file_name": None,
    "logo_image_content_type": None,
    "logo_image_file_size": None,
    "callback_url": None,
    "tawk_url": None,
    "check_requirements_emails_enabled": True,
    "reminder_emails_enabled": True,
    "exam_link_emails_enabled": True,
    "exam_changed_emails_enabled": True,
    "exam_finalized_emails_enabled": True,
    "global_proctor": False,
    "global_reviewer": False,
    "token_value": 30,
    "tawk_api_key": None,
    "default_language": "en-GB",
    "custom_languages": ["no-NO"],
    "tokens": [],
    "session_retention_period": "6",  # PE-124, PE-125
    "pre_assigned_proctor_fallback_threshold": 0,  # PE-130
    "connected_proctor_fallback_threshold": 0,  # PE-134
    "block_students_until_proctor_connected": False,  # PE-137
}
_LANGUAGES = ("default_language", "default_exam_languages", "default_locale")


@declare(
    operations,
    "GET",
    "/institutes",
    "institutes.index",
    statements="PE-319 PE-320 PE-166 PE-075 PE-076 PE-212 PE-213",
    answer=MANY,
    right=INSTITUTES,
)
def index(call: Call, params: Paged) -> Answer:
    """List all institutes; for superusers."""
    rows, headers = paged(call, params, listing=queries.LIST_INSTITUTES, counting=queries.COUNT_INSTITUTES)
    in_zone = zone(call)
    return json_answer(200, {"institutes": [institute_json(row, in_zone) for row in rows]}, headers)


@declare(
    operations,
    "GET",
    "/institutes/{id}",
    "institutes.show",
    statements="PE-321 PE-322 PE-323 PE-325 PE-203",
    answer=ONE,
    right=READING,
    refuses=(unknown("Institute", "PE-324"),),
)
def show(call: Call, id: str) -> Answer:
    """Show an institute."""
    return json_answer(200, {"institute": institute_json(reach.institute(call, id), zone(call))})


@declare(
    operations,
    "POST",
    "/institutes",
    "institutes.create",
    statements="PE-326 PE-327 PE-167 PE-168 PE-169 PE-170 PE-171 PE-172 PE-173",
    answer=ONE,
    right=INSTITUTES,
    creates=True,
    refuses=(parameter_missing("PE-235"), documented(Taken("name"))),
)
def create(call: Call, params: NewInstitute) -> Answer:
    """Create an institute."""
    fields = dict(UNSET_FIELDS)
    logo_name = _apply(call, params, fields)
    row = {
        "id": next_id(call.db, call.sandbox.id, "proctorexam_institute"),
        "name": params.name,
        "logo_name": logo_name,
        "logo_updated_ms": call.now_ms if logo_name else None,
        "created_ms": call.now_ms,
        "updated_ms": call.now_ms,
        "fields": fields,
    }
    stored = {**row, "fields": write_fields(fields)}
    with taken_once(call.db, "name"):
        call.db.put(
            queries.ADD_INSTITUTE, sandbox_id=call.sandbox.id, name_key=name_key(params.name), **stored
        )
    return created(call, {"institute": institute_json(row, zone(call))})


@declare(
    operations,
    "PATCH PUT",
    "/institutes/{id}",
    "institutes.update",
    statements="PE-329 PE-330 PE-331 PE-334 PE-174 PE-175 PE-126",
    answer=ONE,
    right=ADMINISTRATION,
    refuses=(
        parameter_missing("PE-238"),
        documented(Taken("name")),
        unknown("Institute", "PE-333"),
    ),
)
def update(call: Call, id: str, params: InstituteChanges) -> Answer:
    """Update an institute."""
    institute_id = reach.id_of(id)
    row = call.db.one(queries.TAKE_INSTITUTE, sandbox_id=call.sandbox.id, id=institute_id, now_ms=call.now_ms)
    if row is None:
        raise NotFound("Institute", id, "PE-333")
    reach.check_institute(call, institute_id)
    fields = read_fields(row["fields"])
    logo_name = _apply(call, params, fields)
    if logo_name:
        uploads.forget(call, row["logo_name"])
    name = params.name or row["name"]
    with taken_once(call.db, "name"):
        call.db.put(
            queries.CHANGE_INSTITUTE,
            sandbox_id=call.sandbox.id,
            id=institute_id,
            name=name,
            name_key=name_key(name),
            logo_name=logo_name or row["logo_name"],
            logo_updated_ms=call.now_ms if logo_name else row["logo_updated_ms"],
            fields=write_fields(fields),
        )
    return json_answer(200, {"institute": institute_json(reach.institute(call, id), zone(call))})


@declare(
    operations,
    "DELETE",
    "/institutes/{id}",
    "institutes.destroy",
    statements="PE-335 PE-336 PE-323 PE-337",
    answer=Nothing,
    right=INSTITUTES,
    refuses=(unknown("Institute", "PE-324"),),
)
def destroy(call: Call, id: str) -> Answer:
    """Delete an institute with all that belongs to it; not the caller's own (PE-495)."""
    row = reach.institute(call, id)
    if row["id"] == call.caller.institute_id:
        raise Forbidden(call.operation, "It is the caller's own institute, and the caller would go with it.")
    removal.remove_institute(call, row)
    return json_answer(200, {})


def _apply(call: Call, params: InstituteParameters, fields: dict[str, Any]) -> str | None:
    """Write the parameters that were sent into `fields`; return the name of the stored logo, if one came."""
    given = params.given()
    given.pop("name", None)
    logo = given.pop("logo_image", None)
    # PE-123; the deprecated two stand in for it (PE-496)
    languages = [language for name in _LANGUAGES if (language := given.pop(name, None))]
    fields.update(given)
    if languages:
        fields["default_language"] = languages[0]
    if "session_retention_period" in given:
        fields["session_retention_period"] = str(given["session_retention_period"])  # PE-125
    if logo is None:
        return None
    fields["logo_image_file_name"] = uploads.shown_name(logo)
    fields["logo_image_content_type"] = uploads.shown_type(logo)
    fields["logo_image_file_size"] = len(logo.content)
    return uploads.keep(call, logo)
