"""What a sandbox can set, per vendor."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from mockserver.admin.control import Controls, Desk
from mockserver.admin.problem import AdminProblem
from mockserver.complaints import sentences
from mockserver.sandboxes import Sandbox

controls = Controls()


Values = dict[str, dict[str, Any]]


@controls.add("GET", "/settings", "settings.list")
def list_settings(desk: Desk) -> Values:
    """List what a sandbox can set, as one JSON schema for each vendor."""
    return {vendor.name: vendor.settings.model_json_schema() for vendor in desk.vendors}


@controls.add("GET", "/sandboxes/{sandbox_id}/settings", "settings.show", problems=(404,))
def show(desk: Desk, sandbox_id: str) -> Values:
    """Show every setting with its value."""
    return as_json(desk.sandbox(sandbox_id))


@controls.add("PATCH", "/sandboxes/{sandbox_id}/settings", "settings.change", problems=(404,))
def change(desk: Desk, sandbox_id: str, body: dict[str, dict[str, Any] | Any]) -> Values:
    """Change settings, e.g. `{"consero": {"allowed_networks": []}}` or `{"consero.allowed_networks": []}`."""
    sandbox = desk.sandbox(sandbox_id)
    wishes: dict[str, dict[str, Any]] = {}
    for name, value in body.items():
        vendor, dot, setting = name.partition(".")
        if dot:
            wishes.setdefault(vendor, {})[setting] = value
        elif isinstance(value, dict):
            wishes.setdefault(vendor, {}).update(value)
        else:
            raise AdminProblem(422, f"{name}: write it as {{{name!r}: {{setting: value}}}}.")
    changed = {name: _changed(desk, sandbox, name, wish) for name, wish in wishes.items()}
    return as_json(desk.house.sandboxes.change(desk.db, sandbox, settings=changed))


def as_json(sandbox: Sandbox) -> Values:
    """Return the settings as JSON."""
    return {name: model.model_dump(mode="json") for name, model in sandbox.settings.items()}


def _changed(desk: Desk, sandbox: Sandbox, name: str, wish: dict[str, Any]) -> BaseModel:
    model = desk.vendor(name).settings
    current = sandbox.settings[name].model_dump(mode="json", exclude_unset=True)
    try:
        return model.model_validate(
            {**current, **wish}, context={"webhook_hosts": desk.house.settings.webhook_hosts}
        )
    except ValidationError as problem:
        errors = problem.errors()
        detail = f"{sentences(errors, name)}."
        if any(error["type"] == "extra_forbidden" for error in errors):
            detail += f" Settings of {name}: {', '.join(model.model_fields)}."
        raise AdminProblem(422, detail) from None
