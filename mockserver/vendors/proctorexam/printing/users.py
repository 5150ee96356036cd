"""How a user is printed: short in lists and when shown, long with both keys when changed (PE-205)."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from mockserver.store import Row
from mockserver.vendor import Call
from mockserver.vendors.proctorexam.keys import keys_of
from mockserver.vendors.proctorexam.printing import in_order, stamped, zone
from mockserver.vendors.proctorexam.printing.institutes import logo_path
from mockserver.vendors.proctorexam.schemas.users import User
from mockserver.vendors.proctorexam.stored_fields import read_fields


def user_json(call: Call, row: Row, page: type[BaseModel] = User) -> dict[str, Any]:
    """Return the fields of a user that `page` prints; the global switches are the institute's (PE-498)."""
    values = stamped(row, zone(call))
    for name in ("institute_id", "email", "name", "role", "institute_name", "omniauth_config_id"):
        values[name] = row[name]
    values["logo_image"] = logo_path(row["logo_name"])
    institute = read_fields(row["institute_fields"])
    values["global_proctor"], values["global_reviewer"] = (
        institute["global_proctor"],
        institute["global_reviewer"],
    )
    if page is User and row["omniauth_config_id"] is not None:
        values["omniauth_config_id"] = str(row["omniauth_config_id"])  # a text only on these pages
    return in_order({**values, **keys_of(call.sandbox, row["id"])}, page)
