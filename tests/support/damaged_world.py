"""An exported world with one thing in it that no server left there, and whoever meets it afterwards."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.testclient import TestClient

from mockserver.clock import Machine
from mockserver.vendor import Operation, Vendor
from tests.support import constructor_calls
from tests.support.any_call import call

GONE = "(the key is taken out)"
TEXTS = ("", "x\u2603", "\x00")
NUMBERS = (-1, 0, 2**62, 2**63 - 1, -(2**63), 2**64, 1.5, -1e300, 1e308)
VALUES: tuple[Any, ...] = (GONE, None, *TEXTS, *NUMBERS, True, [], {}, [1], {"a": 1})

# One bag of parameters for every operation: what a room does not know it ignores.
PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    "consero": {
        "candidate_email": "ada@example.org",
        "examination_id": 119,
        "inviteId": 142,
        "invite_id": 142,
    },
    "constructor": constructor_calls.claims(
        examId="a3875623", sessionId="b3875623", schedule=True, returnUrl="https://school.org/"
    ),
    "proctorexam": {
        "name": "Name",
        "short_name": "n",
        "type": "classic",
        "email": "ada@example.org",
        "password": "Passw0rd!",
        "password_confirmation": "Passw0rd!",
        "role": "teacher",
        "exam_content": "Text",
        "tool_name": "Tool",
        "oauth_consumer_key": "key",
        "oauth_consumer_secret": "secret",
        "lti_resource_link_name": "link",
        "tool_provider_id": 1,
        "student_session_id": 1,
        "proctor_id": 3,
        "comanager_id": 2,
        "student_lms_id": "student_1",
        "resource_link_id": "-4cd10a07a82a4bd6afc8ff27ad2981b8",
    },
}
OPEN_SESSION = constructor_calls.claims(
    examId="b1", sessionId="open", schedule=True, startDate="2018-03-27T00:00:00Z"
)
OF_SESSION: Mapping[str, Mapping[str, Any]] = {
    "consero": {"invite_id": 142},
    "constructor": {"session_id": "b3875623"},
    "proctorexam": {"student_session_id": 1},
}
EVENT_FIELDS: Mapping[str, Mapping[str, Any]] = {  # of events that take others
    "warning_raised": {"session_id": "b3875623", "type": "WARNING_VOICE_DETECTED"},
    "recording_stays_away": {"student_session_id": 1, "stopped_at": "2026-11-21T19:37:12.000+01:00"},
    "candidate_comes_by_lti": {
        "exam_id": 1,
        "student_lms_id": "9",
        "resource_link_id": "9",
        "name": "Ada",
        "email": "ada@example.com",
    },
}
PANELS = ("", "/deliveries", "/faults", "/export", "/settings", "/clock", "/requests")
RARE_SECONDS = 40 * 365 * 86_400  # more than any event waits that a test has planned


@dataclass(frozen=True)
class Place:
    """One cell, or a value in the JSON document that the cell holds."""

    table: str
    row: int
    column: str
    path: tuple[str | int, ...] = ()

    def may_meet(self, vendor: str) -> bool:
        """Whether requests of the vendor may meet it: rows of other vendors are none of its business."""
        return self.table.partition("_")[0] not in set(PARAMETERS) - {vendor}


def places(world: Mapping[str, Any]) -> Iterator[Place]:
    """Yield every place of every row."""
    for table, part in world["tables"].items():
        for number, row in enumerate(part["rows"]):
            for column, value in zip(part["columns"], row, strict=True):
                yield Place(table, number, column)
                if isinstance(value, str) and value[:1] in ("{", "["):
                    for path in _paths(json.loads(value)):
                        yield Place(table, number, column, path)


def damaged(world: Mapping[str, Any], place: Place, value: Any) -> dict[str, Any]:
    """Return a copy of the world with `value` at `place`."""
    found: dict[str, Any] = copy.deepcopy(dict(world))
    part = found["tables"][place.table]
    row, column = part["rows"][place.row], part["columns"].index(place.column)
    if place.path:
        document = json.loads(row[column])
        _put(document, place.path, value)
        row[column] = json.dumps(document)
    else:
        row[column] = value
    return found


def crashed(client: TestClient, machine: Machine, vendor: Vendor, imported: Any) -> dict[str, int]:
    """Return what answered 5xx in the sandbox that an import has made; nothing where it was refused."""
    if imported.status_code == 422:
        return {}
    made = imported.json()
    statuses = met(client, machine, vendor, made)
    client.delete(f"/__admin/sandboxes/{made['id']}")
    return {name: status for name, status in statuses.items() if status >= 500}


def met(client: TestClient, machine: Machine, vendor: Vendor, made: Mapping[str, Any]) -> dict[str, int]:
    """Ask everything of one vendor in an imported sandbox and return the statuses; reads come first."""
    admin = f"/__admin/sandboxes/{made['id']}"
    key = _page_key(client.get(f"{admin}/export").json())
    answers = {f"GET {panel}": client.get(f"{admin}{panel}") for panel in PANELS}
    for operation in sorted(vendor.operations, key=_reads_first):
        answers[operation.id] = call(
            client,
            machine,
            vendor,
            operation,
            parameters=PARAMETERS[vendor.name],
            path_id=_path_id(vendor, operation, key),
            credentials=made["credentials"][vendor.name],
        )
    for event in vendor.events:
        fields = EVENT_FIELDS.get(event, OF_SESSION[vendor.name])
        body = {"vendor": vendor.name, "event": event, **fields}
        answers[f"event {event}"] = client.post(f"{admin}/events", json=body)
    answers["advance"] = client.post(f"{admin}/clock/advance", json={"seconds": RARE_SECONDS})
    answers |= {f"GET {panel} afterwards": client.get(f"{admin}{panel}") for panel in PANELS}
    return {name: answer.status_code for name, answer in answers.items()}


def _page_key(world: Mapping[str, Any]) -> str:
    """Return what opens the page of a session of Constructor."""
    part = world["tables"].get("constructor_session", {"columns": ["page_key"], "rows": [["none"]]})
    return str(part["rows"][0][part["columns"].index("page_key")])


def _paths(value: Any, before: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*before, key)
        yield from _paths(item, (*before, key))


def _put(document: Any, path: tuple[str | int, ...], value: Any) -> None:
    for step in path[:-1]:
        document = document[step]
    if value == GONE:
        del document[path[-1]]
    else:
        document[path[-1]] = value


def _reads_first(operation: Operation) -> int:
    order = ("GET", "POST", "PATCH", "PUT", "DELETE")
    return order.index("GET" if "GET" in operation.methods else operation.methods[0])


def _path_id(vendor: Vendor, operation: Operation, key: str) -> str:
    if vendor.name != "constructor":
        return "1"
    return key if operation.is_page else "b3875623"
