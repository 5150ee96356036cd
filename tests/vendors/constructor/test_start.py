"""The start of a proctored test, by a browser with a data token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from constructor_calls import EXAMPLE, NOW, NOW_SECONDS, Integration, claims, iso, token, without

MANDATORY = {
    "userId": "CP-055",
    "accountId": "CP-070",
    "accountName": "CP-072",
    "examId": "CP-075",
    "examName": "CP-076",
    "duration": "CP-079",
    "schedule": "CP-081",
    "proctoring": "CP-082",
    "startDate": "CP-084",
    "endDate": "CP-085",
    "sessionId": "CP-149",
    "sessionUrl": "CP-151",
}
CHECK = {"enabled": True, "photo_url": "https://school.org/photo.jpg"}


def test_link_without_a_token_shows_a_page(integration: Integration) -> None:
    """CP-036, CP-265."""
    answer = integration.client.get(f"{integration.browser}/start/")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "This link is not valid" in answer.text


def test_form_leads_the_browser_to_the_test(integration_on_each_store: Integration) -> None:
    """CP-024, CP-028, CP-029, CP-030, CP-033, CP-034, CP-272: the session has started."""
    answer = integration_on_each_store.start(claims())
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("../session/")
    assert integration_on_each_store.status().json() == {
        "accountId": 123,
        "sessionId": "828331bda025",
        "status": "started",
        "sessionStart": iso(NOW),
        "sessionEnd": None,
    }


def test_multipart_form_works_as_well(integration: Integration) -> None:
    """CP-031."""
    files = {"token": (None, integration.token(claims()))}
    answer = integration.client.post(f"{integration.browser}/start/", files=files)
    assert answer.status_code == 302


def test_get_with_the_token_in_the_query_works_as_well(integration: Integration) -> None:
    """CP-032."""
    query = {"token": integration.token(claims())}
    answer = integration.client.get(f"{integration.browser}/start/", params=query)
    assert answer.status_code == 302


def test_token_is_not_kept_in_the_journal(integration: Integration) -> None:
    text = integration.token(claims())
    integration.client.get(f"{integration.browser}/start/", params={"token": text})
    integration.client.post(f"{integration.browser}/start/", data={"token": text})
    assert text not in integration.client.get(f"{integration.admin}/requests").text


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"token": ""},
        {"token": "no.token.atall"},
        {"token": ["a.b.c", "a.b.c"]},
        {"Token": token(claims())},
        {"token": token(claims(), "another secret of more than 32 bytes")},
        {"token": token(claims(), "", algorithm="none")},
        {"token": token({**claims(), "exp": NOW_SECONDS})},
        {"token": token({**claims(), "exp": str(NOW_SECONDS + 30)})},
    ],
)
def test_bad_token_shows_one_and_the_same_page(default_integration: Integration, form: Any) -> None:
    """CP-036, CP-257, CP-265."""
    path = f"{default_integration.browser}/start/"
    answer = default_integration.client.post(path, data=form)
    assert answer.status_code == 401
    assert answer.text == default_integration.client.post(path).text


def test_json_body_is_no_form(integration: Integration) -> None:
    """CP-028."""
    body = {"token": integration.token(claims())}
    assert integration.client.post(f"{integration.browser}/start/", json=body).status_code == 401


def test_token_in_the_query_of_a_post_does_not_count(integration: Integration) -> None:
    query = {"token": integration.token(claims())}
    answer = integration.client.post(f"{integration.browser}/start/", params=query)
    assert answer.status_code == 401


def test_expiry_is_optional_and_counts_when_it_is_there(integration: Integration) -> None:
    """CP-025, CP-026."""
    assert integration.start({**claims(), "exp": NOW_SECONDS + 1}).status_code == 302
    assert integration.start({**claims(), "exp": NOW_SECONDS - 1}).status_code == 401


@pytest.mark.parametrize("name", sorted(MANDATORY))
def test_mandatory_claim_is_missed(integration: Integration, name: str) -> None:
    """CP-036, CP-257, CP-265, CP-055, CP-149, CP-151: a page says which; nothing is created."""
    answer = integration.start(without(claims(), name))
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f"{name}: This field is required." in answer.text
    assert integration.status().status_code == 404


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("userId", 255),  # CP-055
        ("lastName", 255),  # CP-058
        ("firstName", 255),  # CP-059
        ("thirdName", 255),  # CP-060
        ("sessionId", 230),  # CP-149
        ("courseName", 450),  # CP-073
    ],
)
def test_text_has_the_printed_length_and_no_more(integration: Integration, name: str, most: int) -> None:
    assert integration.start(claims(**{name: "x" * most})).status_code == 302
    answer = integration.start(claims(**{name: "x" * (most + 1)}))
    assert answer.status_code == 400
    assert f"{name}: Ensure this field has no more than {most} characters." in answer.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("userId", None),
        ("userId", 1.5),
        ("email", 5),  # CP-056
        ("lastName", None),  # CP-264
        ("language", "german"),  # CP-061
        ("language", ""),
        ("language", "d1"),
        ("specialAccommodationsInfo", 5),  # CP-063
        ("preliminaryCheck", {"photo_url": CHECK["photo_url"]}),  # CP-065
        ("preliminaryCheck", {"enabled": True}),  # CP-066
        ("preliminaryCheck", {**CHECK, "enabled": "x"}),
        ("preliminaryCheck", []),  # CP-064
        ("biometricIdentification", {"enabled": 1}),  # CP-067
        ("sessionId", ""),
        ("sessionUrl", "javascript:alert(1)"),  # CP-150
        ("sessionUrl", "//go.bananas.com/"),
        ("sessionFinishUrl", "no address"),  # CP-152
        ("redirectUrl", "data:text/html,x"),  # CP-153
        ("rules", {"allow_voices": "x"}),
        ("proctoring", "live"),  # CP-082
    ],
)
def test_wrong_claim_shows_a_page(integration: Integration, name: str, value: Any) -> None:
    """CP-036, CP-257, CP-265."""
    answer = integration.start(claims(**{name: value}))
    assert answer.status_code == 400
    assert name in answer.text
    assert integration.status().status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "john.smith@example.com"},  # CP-056
        {"email": None},  # CP-057, CP-158
        {"thirdName": ""},
        {"language": "de-ch"},  # CP-062
        {"language": "zh-cn"},
        {"specialAccommodationsInfo": None},  # CP-063
        {"preliminaryCheck": CHECK},  # CP-064 to CP-066
        {"biometricIdentification": {**CHECK, "skip_fail": False, "flow": "test-flow"}},  # CP-067, CP-069
        {"biometricIdentification": {"theme": "x", "esia_oid": "1", "hash_snils": "pbkdf2"}},  # CP-068
        {"sessionFinishUrl": "https://go.bananas.com/opentest/report/b3875623"},  # CP-152
        {"redirectUrl": "https://go.bananas.com/"},  # CP-153
        {"userId": 17, "accountId": 1, "examId": 2},  # CP-155, CP-240
        {"firstName": "Smith", "lastName": "John"},  # CP-159
        {"someKey": {"a": [1]}},  # CP-156
        {"secureBrowser": True, "secureBrowserLevel": "basic", "calculator": "off"},  # CP-241
    ],
)
def test_claim_that_clients_send_is_taken(integration: Integration, changes: dict[str, Any]) -> None:
    assert integration.start(claims(**changes)).status_code == 302


def test_account_may_be_missing_where_the_sandbox_allows_it(integration: Integration) -> None:
    """CP-070, CP-245, CP-281: numbers for ids, no account, no identification."""
    parameters = without(
        claims(userId=5, examId=7, sessionId=9), "accountId", "accountName", "identification"
    )
    assert integration.start(parameters).status_code == 400
    integration.configure(require_account_id_on_start=False)
    assert integration.start(parameters).status_code == 302
    assert integration.status("9").json()["accountId"] == integration.name


def test_exam_of_the_link_is_in_force(integration: Integration) -> None:
    """CP-033, CP-045, CP-270."""
    integration.start(claims(examId="a3875623", examName="Renamed"))
    answer = integration.put_exam(EXAMPLE)
    assert answer.status_code == 200
    assert answer.json() == EXAMPLE


def test_test_cannot_be_started_before_its_time(integration: Integration) -> None:
    """CP-038, CP-084, CP-175, CP-266."""
    answer = integration.start(claims(startDate=iso(NOW + timedelta(seconds=1))))
    assert answer.status_code == 200
    assert "Too early" in answer.text
    assert integration.status().json()["status"] == "early_to_start"
    integration.passes(1)
    assert integration.status().json()["status"] == "ready_to_start"
    assert integration.start(claims()).status_code == 302


def test_test_cannot_be_started_after_its_time(integration: Integration) -> None:
    """CP-038, CP-085, CP-175, CP-266, CP-273."""
    parameters = claims(endDate=iso(NOW - timedelta(seconds=1)))
    answer = integration.start(parameters)
    assert answer.status_code == 200
    assert "Too late" in answer.text
    assert integration.status().json()["status"] == "late_to_start"


def test_dates_belong_to_the_session_when_nothing_is_booked(integration: Integration) -> None:
    """CP-042: another session of the same exam may have others."""
    integration.configure(session_start="button")
    integration.start(claims(sessionId="one"))
    integration.start(claims(sessionId="two", startDate=iso(NOW + timedelta(days=1))))
    assert integration.status("one").json()["status"] == "ready_to_start"
    assert integration.status("two").json()["status"] == "early_to_start"


def test_dates_belong_to_the_exam_when_it_is_scheduled(integration: Integration) -> None:
    """CP-042: changing them affects everybody."""
    integration.start(claims(sessionId="one", schedule=True))
    integration.start(claims(sessionId="two", schedule=True, endDate=iso(NOW)))
    answer = integration.happens("candidate_books", session_id="one")
    assert answer.status_code == 409
    assert "no free slot" in answer.json()["detail"]


def test_latest_link_counts_until_the_session_starts(integration: Integration) -> None:
    """CP-274."""
    integration.configure(session_start="button")
    integration.start(claims(accountId=1))
    integration.start(claims(accountId="2"))
    assert integration.status().json()["accountId"] == "2"
    integration.happens("candidate_starts")
    integration.start(claims(accountId=3))
    assert integration.status().json()["accountId"] == "2"


def test_same_link_again_leads_to_the_same_page(integration: Integration) -> None:
    """CP-041, CP-235: the plugins send their form again when the page is slow."""
    first, second = integration.start(claims()), integration.start(claims())
    assert first.headers["location"] == second.headers["location"]


def test_session_belongs_to_its_sandbox(integration: Integration, empty_integration: Integration) -> None:
    integration.start(claims())
    assert empty_integration.status().status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_other_method_is_refused(integration: Integration, method: str) -> None:
    """CP-262."""
    answer = integration.client.request(method, f"{integration.browser}/start/")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"


def test_unreadable_form_leaves_the_token_unchecked(integration: Integration) -> None:
    """CP-265."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    path = f"{integration.browser}/start/"
    assert integration.client.post(path, content=b"token=%FF", headers=headers).status_code == 400
    assert integration.journal()[0]["explanation"]["passed"] == []
