"""A world that was written by somebody else is refused, or it works: it never breaks a later request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from mockserver.app import create_app
from mockserver.settings import Settings
from mockserver.vendor import Vendor
from tests.conftest import SettableMachine
from tests.support.any_call import VENDORS, call
from tests.support.damaged_world import OPEN_SESSION, VALUES, crashed, damaged, met, places

ADMIN = "/__admin/sandboxes"
DEFAULT = f"{ADMIN}/default"
MANY = int(os.environ.get("MOCKSERVER_TEST_DAMAGES", "25"))  # for each vendor
EXAMPLES = settings(max_examples=MANY, deadline=None, derandomize=True)
MACHINE = SettableMachine()

each_vendor = pytest.mark.parametrize("vendor", VENDORS.values(), ids=VENDORS)


@pytest.fixture(scope="module")
def lively() -> Iterator[TestClient]:
    """A server in whose sandbox `default` every kind of row is there."""
    with TestClient(
        create_app(Settings(database="sqlite://"), machine=MACHINE),
        base_url="http://127.0.0.1:8000",
        client=("127.0.0.1", 50_000),
        follow_redirects=False,
        raise_server_exceptions=False,
    ) as client:
        client.patch(
            f"{DEFAULT}/settings", json={"constructor": {"agreement_acceptance_url": "http://127.0.0.1:9/"}}
        )
        client.post(f"{DEFAULT}/faults", json={"fault": "delay", "delay_ms": 1, "times": 1})
        happens = {"vendor": "constructor", "session_id": "b3875623"}
        agrees = {**happens, "event": "candidate_accepts_agreement"}
        client.post(f"{DEFAULT}/events", json={**agrees, "after_seconds": 10**6})
        client.post(f"{DEFAULT}/events", json=agrees)
        client.post(f"{DEFAULT}/deliveries/settle")
        warned = {**happens, "event": "warning_raised", "type": "WARNING_VOICE_DETECTED"}
        client.post(f"{DEFAULT}/events", json=warned)
        _call(client, "constructor", "sessions.start", **OPEN_SESSION)
        _call(client, "proctorexam", "exams.add_comanager", comanager_id=2)
        _call(client, "proctorexam", "exams.add_student", name="Ada", email="ada@example.com")
        yield client


@pytest.fixture(scope="module")
def world(lively: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = lively.get(f"{DEFAULT}/export").json()
    return found


def _call(client: TestClient, vendor: str, operation_id: str, **parameters: Any) -> None:
    operation = next(one for one in VENDORS[vendor].operations if one.id == operation_id)
    assert call(client, MACHINE, VENDORS[vendor], operation, parameters=parameters).status_code < 400


@each_vendor
@EXAMPLES
@given(data=st.data())
def test_damaged_world_is_refused_or_works(
    lively: TestClient, world: dict[str, Any], vendor: Vendor, data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from([one for one in places(world) if one.may_meet(vendor.name)]))
    broken = damaged(world, place, data.draw(st.sampled_from(VALUES)))
    answer = lively.post(f"{ADMIN}/import", json=broken)
    assert answer.status_code in (201, 422)
    assert crashed(lively, MACHINE, vendor, answer) == {}


def test_refusal_names_table_row_column_and_key(lively: TestClient, world: dict[str, Any]) -> None:
    place = next(
        one for one in places(world) if one.table == "proctorexam_institute" and one.path == ("tokens",)
    )
    answer = lively.post(f"{ADMIN}/import", json=damaged(world, place, True))
    assert answer.status_code == 422
    assert answer.json()["detail"] == (
        "This is no world of this server. tables.proctorexam_institute.rows.0.fields.tokens: "
        "Input should be a valid list."
    )


@each_vendor
def test_world_in_which_everything_was_done_is_taken(
    lively: TestClient, world: dict[str, Any], vendor: Vendor
) -> None:
    first = lively.post(f"{ADMIN}/import", json=world).json()
    met(lively, MACHINE, vendor, first)
    lived_in = lively.get(f"{ADMIN}/{first['id']}/export").json()
    assert lively.post(f"{ADMIN}/import", json=lived_in).status_code == 201
