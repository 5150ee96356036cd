"""Users of an institute: list, show, create, update, delete."""

from __future__ import annotations

from mockserver.doors import open_door
from mockserver.errors import Problem, ValuesInvalid
from mockserver.store.ids import next_id
from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.proctorexam import reach, removal
from mockserver.vendors.proctorexam.creation import created
from mockserver.vendors.proctorexam.declaring import declare
from mockserver.vendors.proctorexam.errors import (
    Forbidden,
    MustExist,
    Taken,
    documented,
    parameter_missing,
    unknown,
)
from mockserver.vendors.proctorexam.filtering import Column
from mockserver.vendors.proctorexam.keys import keys_of
from mockserver.vendors.proctorexam.lists import filtered
from mockserver.vendors.proctorexam.permissions import ADMINISTRATION, READING
from mockserver.vendors.proctorexam.printing.users import user_json
from mockserver.vendors.proctorexam.queries import users as queries
from mockserver.vendors.proctorexam.queries.lti import FIND_IDENTITY_PROVIDER
from mockserver.vendors.proctorexam.schemas.answers import Nothing, many, one
from mockserver.vendors.proctorexam.schemas.lists import Filtered
from mockserver.vendors.proctorexam.schemas.users import NewUser, User, UserChanges, UserListItem, UserSummary
from mockserver.vendors.proctorexam.stored_fields import read_fields, write_fields
from mockserver.vendors.proctorexam.uniqueness import email_key, taken_once

operations = Operations()

UNSET_FIELDS = {  # what a user is created with, apart from the parameters (PE-205)
    "student_number": None,
    "invitation_token": None,
    "invitation_created_at": None,
    "invitation_sent_at": None,
    "invitation_accepted_at": None,
    "invitation_limit": None,
    "invited_by_id": None,
    "invited_by_type": None,
    "receives_reports": False,
    "report_frequency": "week",
    "first_visit_guide": True,
}
COLUMNS = {
    "id": Column("id", "number"),
    "email": Column("email", "text"),
    "name": Column("name", "text"),
    "role": Column("role", "text"),
    "omniauth_config_id": Column("omniauth_config_id", "number"),
}


@declare(
    operations,
    "GET",
    "/institutes/{institute_id}/users",
    "users.index",
    statements="PE-426 PE-427 PE-428 PE-205 PE-075 PE-076 PE-079 PE-242 PE-243",
    answer=many("users", UserListItem),
    right=READING,
)
def index(call: Call, institute_id: str, params: Filtered) -> Answer:
    """List the users of an institute."""
    rows, headers = filtered(
        call,
        params,
        COLUMNS,
        listing=queries.LIST_USERS,
        counting=queries.COUNT_USERS,
        institute_id=reach.institute(call, institute_id)["id"],
    )
    return json_answer(200, {"users": [user_json(call, row, UserListItem) for row in rows]}, headers)


@declare(
    operations,
    "GET",
    "/institutes/{institute_id}/users/{id}",
    "users.show",
    statements="PE-429 PE-430 PE-431 PE-433 PE-201",
    answer=one("user", UserSummary),
    right=READING,
    refuses=(unknown("User", "PE-432"),),
)
def show(call: Call, institute_id: str, id: str) -> Answer:
    """Show a user."""
    return json_answer(200, {"user": user_json(call, reach.user(call, institute_id, id), UserSummary)})


@declare(
    operations,
    "POST",
    "/institutes/{institute_id}/users",
    "users.create",
    statements="PE-434 PE-435 PE-431 PE-433 PE-199 PE-200 PE-020 PE-205",
    answer=one("user", User),
    right=ADMINISTRATION,
    creates=True,
    refuses=(parameter_missing("PE-235"), documented(Taken("email"))),
)
def create(call: Call, institute_id: str, params: NewUser) -> Answer:
    """Create a user; the keys in the answer open the sandbox. The password is checked and not kept."""
    institute = reach.institute(call, institute_id)
    if params.role == "superuser" and not call.caller.is_superuser:
        raise Forbidden(call.operation, "Only a superuser can create a superuser.")
    if params.password != params.password_confirmation:  # PE-476
        raise ValuesInvalid([Problem("password_confirmation", "confirmation", "doesn't match Password")])
    _check_identity_provider(call, params.omniauth_config_id)
    user_id = next_id(call.db, call.sandbox.id, "proctorexam_user")
    with taken_once(call.db, "email"):
        call.db.put(
            queries.ADD_USER,
            sandbox_id=call.sandbox.id,
            id=user_id,
            institute_id=institute["id"],
            email=params.email,
            email_key=email_key(params.email),
            name=params.name,
            role=params.role,
            omniauth_config_id=params.omniauth_config_id,
            created_ms=call.now_ms,
            updated_ms=call.now_ms,
            fields=write_fields(UNSET_FIELDS),
        )
    token = keys_of(call.sandbox, user_id)["api_token"]
    open_door(call.db, call.sandbox.id, "proctorexam", token, str(user_id))
    row = reach.user(call, institute_id, str(user_id))
    return created(call, {"user": user_json(call, row)})


@declare(
    operations,
    "PATCH PUT",
    "/institutes/{institute_id}/users/{id}",
    "users.update",
    statements="PE-442 PE-443 PE-430 PE-431 PE-433 PE-179 PE-205",
    answer=one("user", User),
    right=ADMINISTRATION,
    refuses=(parameter_missing("PE-235"),),
)
def update(call: Call, institute_id: str, id: str, params: UserChanges) -> Answer:
    """Update how a user gets reports and signs on."""
    user = reach.user(call, institute_id, id)
    _check_identity_provider(call, params.omniauth_config_id)
    row = call.db.one(queries.TAKE_USER, sandbox_id=call.sandbox.id, id=user["id"], now_ms=call.now_ms)
    assert row is not None
    given = params.given()
    call.db.put(
        queries.CHANGE_USER,
        sandbox_id=call.sandbox.id,
        id=user["id"],
        omniauth_config_id=given.pop("omniauth_config_id", row["omniauth_config_id"]),
        fields=write_fields({**read_fields(row["fields"]), **given}),
    )
    return json_answer(200, {"user": user_json(call, reach.user(call, institute_id, id))})


@declare(
    operations,
    "DELETE",
    "/institutes/{institute_id}/users/{id}",
    "users.destroy",
    statements="PE-447 PE-448 PE-430 PE-431 PE-337",
    answer=Nothing,
    right=ADMINISTRATION,
    refuses=(unknown("User", "PE-432"),),
)
def destroy(call: Call, institute_id: str, id: str) -> Answer:
    """Delete a user, whose token opens nothing from then on; not the caller itself (PE-495)."""
    user = reach.user(call, institute_id, id)
    if user["id"] == call.caller.user_id:
        raise Forbidden(call.operation, "It is the caller's own user.")
    removal.remove_user(call, user["id"])
    return json_answer(200, {})


def _check_identity_provider(call: Call, identity_provider_id: int | None) -> None:
    """Refuse an identity provider that does not exist (PE-487)."""
    if identity_provider_id is None:
        return
    row = call.db.one(FIND_IDENTITY_PROVIDER, sandbox_id=call.sandbox.id, id=identity_provider_id)
    if row is None:
        raise MustExist("omniauth_config_id")
    reach.check_institute(call, row["institute_id"])
