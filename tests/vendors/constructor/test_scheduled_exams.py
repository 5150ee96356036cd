"""Scheduled exams: a slot is booked first, on our calendar page or by an event."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from constructor_calls import NOW, Integration, claims, iso

PARAMETERS = claims(
    schedule=True, startDate=iso(NOW - timedelta(hours=1)), endDate=iso(NOW + timedelta(hours=8))
)


def slots_of(text: str) -> list[str]:
    return re.findall('name="start" value="([^"]+)"', unescape(text))


def page_in(text: str, integration: Integration) -> str:
    """The address of the session's page, as the forms of `text` name it."""
    found = re.search(r'action="(?:\.\./)+(session/[^/"]+/)', text)
    assert found is not None
    return f"{integration.browser}/{found[1]}"


def test_link_opens_the_calendar(integration: Integration) -> None:
    """CP-035, CP-039, CP-081, CP-266: slots of 120 minutes between startDate and endDate, from now on."""
    answer = integration.start(PARAMETERS)
    assert answer.status_code == 200
    begins = [NOW + timedelta(hours=hour) for hour in (1, 3, 5)]
    assert slots_of(answer.text) == [f"{iso(begin)[:-1]}.000Z" for begin in begins]
    assert integration.status().json()["status"] == "not_scheduled"


def test_booked_exam_starts_with_the_same_link(integration: Integration) -> None:
    """CP-035, CP-040, CP-041, CP-175, CP-273."""
    calendar = integration.start(PARAMETERS).text
    page, slot = page_in(calendar, integration), slots_of(calendar)[0]
    answer = integration.client.post(f"{page}book/", data={"start": slot})
    assert (answer.status_code, answer.headers["location"]) == (302, "../")
    assert "Booked for 2026-11-21 20:37 UTC" in integration.start(PARAMETERS).text
    assert integration.status().json()["status"] == "early_to_start"
    integration.passes(3600)
    assert integration.status().json()["status"] == "ready_to_start"
    assert integration.start(PARAMETERS).status_code == 302
    assert integration.status().json()["status"] == "started"


def test_booked_time_passes(integration: Integration) -> None:
    """CP-175, CP-273: a quarter of an hour of grace; another slot can be booked then."""
    integration.start(PARAMETERS)
    integration.happens("candidate_books")
    integration.passes(3600 + 15 * 60)
    assert integration.status().json()["status"] == "ready_to_start"
    integration.passes(1)
    assert integration.status().json()["status"] == "late_to_start"
    answer = integration.start(PARAMETERS)
    assert "Too late" in answer.text
    assert len(slots_of(answer.text)) == 2


@pytest.mark.parametrize(
    "start",
    [
        iso(NOW + timedelta(hours=1, seconds=1)),  # between two slots
        iso(NOW - timedelta(hours=1)),  # has begun
        iso(NOW + timedelta(hours=7)),  # would end after endDate
        "2026-11-21",
        "",
    ],
)
def test_only_a_slot_can_be_booked(integration: Integration, start: str) -> None:
    """CP-039."""
    page = page_in(integration.start(PARAMETERS).text, integration)
    answer = integration.client.post(f"{page}book/", data={"start": start})
    assert answer.status_code == 400
    assert integration.status().json()["status"] == "not_scheduled"


def test_user_gives_up_the_booking_until_its_deadline(integration: Integration) -> None:
    """CP-040, CP-043, CP-220."""
    integration.configure(cancel_limit_hours=0.5)
    page = page_in(integration.start(PARAMETERS).text, integration)
    integration.happens("candidate_books")
    integration.passes(1800)
    assert integration.client.post(f"{page}give-up/").status_code == 302
    assert integration.status().json()["status"] == "not_scheduled"
    integration.happens("candidate_books")
    integration.passes(5401)
    answer = integration.client.post(f"{page}give-up/")
    assert answer.status_code == 400
    assert "too late to give up" in answer.text


def test_slot_has_some_length_when_the_duration_is_0(integration: Integration) -> None:
    """CP-080, CP-275."""
    parameters = {**PARAMETERS, "duration": 0, "endDate": iso(NOW + timedelta(minutes=70))}
    assert len(slots_of(integration.start(parameters).text)) == 2


def test_calendar_without_a_free_slot_says_so(integration: Integration) -> None:
    answer = integration.start({**PARAMETERS, "endDate": iso(NOW)})
    assert answer.status_code == 200
    assert "There is no time left for this test." in answer.text
