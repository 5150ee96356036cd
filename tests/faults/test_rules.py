"""Armed faults: which calls they strike, how often, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from mockserver.faults.kinds.delay import Delay

SANDBOXES = "/__admin/sandboxes"
FAULTS = f"{SANDBOXES}/default/faults"
REQUESTS = f"{SANDBOXES}/default/requests"
KEY = {"x-api-key": "fakeconserokey0000000000000000000000000000000000fakefake"}
LIST = "/consero/api/v1/examinations"
REPORT = "/consero/api/v1/report"
ALLOCATE = "/consero/api/v1/allocate-candidate"
INVITE = {"inviteId": 142}
NEW = {"candidate_email": "new@example.com", "examination_id": 119}


def arm(client: TestClient, **rule: Any) -> dict[str, Any]:
    answer = client.post(FAULTS, json=rule)
    assert answer.status_code == 201, answer.text
    armed: dict[str, Any] = answer.json()
    return armed


def statuses(client: TestClient, calls: int) -> list[int]:
    return [client.get(LIST, headers=KEY).status_code for _ in range(calls)]


def test_caller_who_is_not_let_in_meets_no_fault(client: TestClient) -> None:
    arm(client, fault="status", code=503)
    assert client.get(LIST).status_code == 401
    assert client.get(LIST, headers=KEY).status_code == 503


def test_first_calls_are_struck_and_no_more(client_on_each_store: TestClient) -> None:
    arm(client_on_each_store, fault="status", code=403, vendor="consero", times=2)
    assert statuses(client_on_each_store, 4) == [403, 403, 200, 200]


def test_fault_counts_what_it_struck(client: TestClient) -> None:
    arm(client, fault="status", code=403, vendor="consero", times=2)
    statuses(client, 3)
    [fault] = client.get(FAULTS).json()
    assert (fault["remaining"], fault["asked"], fault["struck"]) == (0, 2, 2)


def test_share_of_calls_is_the_same_in_every_run(open_client: Callable[..., TestClient]) -> None:
    rule = {"fault": "status", "code": 403, "vendor": "consero", "probability": 0.5, "seed": 7}
    runs = []
    for client in (open_client(), open_client()):
        arm(client, **rule)
        runs.append(statuses(client, 40))
    assert runs[0] == runs[1]
    assert 8 < runs[0].count(403) < 32


def test_other_seed_strikes_other_calls(client: TestClient) -> None:
    arm(client, fault="status", code=403, probability=0.5, seed=1)
    one = statuses(client, 40)
    client.delete(FAULTS)
    arm(client, fault="status", code=403, probability=0.5, seed=2)
    assert statuses(client, 40) != one


def test_times_and_share_go_together(client: TestClient) -> None:
    arm(client, fault="status", code=403, probability=0.5, seed=7, times=3)
    assert statuses(client, 40).count(403) == 3


def test_oldest_fault_strikes_first(client: TestClient) -> None:
    arm(client, fault="status", code=403, times=1)
    arm(client, fault="status", code=401, times=1)
    assert statuses(client, 3) == [403, 401, 200]


@pytest.mark.parametrize(
    "rule",
    [
        {"vendor": "consero"},
        {"operation": "examinations.list"},
        {"method": "GET"},
        {"path": "/api/v1/examinations"},
        {"path": "/consero/api/v1/examinations"},
        {"path": "/api/*"},
        {"vendor": "consero", "operation": "examinations.list", "method": "GET", "path": "/api/v1/exam*"},
    ],
)
def test_rule_means_the_calls_that_it_names(client: TestClient, rule: dict[str, Any]) -> None:
    arm(client, fault="status", code=503, **rule)
    assert client.get(LIST, headers=KEY).status_code == 503


@pytest.mark.parametrize(
    "rule",
    [
        {"vendor": "proctorexam"},
        {"operation": "reports.get"},
        {"method": "POST"},
        {"path": "/api/v1/report"},
        {"vendor": "consero", "method": "POST"},
    ],
)
def test_rule_leaves_other_calls_alone(client: TestClient, rule: dict[str, Any]) -> None:
    arm(client, fault="status", code=503, **rule)
    assert client.get(LIST, headers=KEY).status_code == 200


def test_code_that_only_some_operations_document_strikes_those(client: TestClient) -> None:
    arm(client, fault="status", code=404, vendor="consero")
    assert client.get(LIST, headers=KEY).status_code == 200
    assert client.post(REPORT, headers=KEY, json=INVITE).status_code == 404


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"vendor": "acme"}, "vendor"),
        ({"operation": "exams.explode"}, "operation"),
        ({"vendor": "consero", "operation": "institutes.create"}, "operation"),
        ({"vendor": "consero", "method": "PATCH"}, "method"),
        ({"operation": "examinations.list", "method": "POST"}, "method"),
        ({"path": "/api/v1/examination"}, "path"),
        ({"vendor": "proctorexam", "path": "/api/v3/institutes/1/2"}, "path"),
        ({"method": "GET", "path": "/api/v1/report"}, "path"),
        ({"code": 418}, "code"),
        ({"vendor": "consero", "code": 423}, "code"),
        ({"operation": "examinations.list", "code": 404}, "code"),
        ({"operation": "examinations.list", "code": 401, "variant": 2}, "code"),
    ],
)
def test_rule_that_can_match_nothing_is_refused(client: TestClient, rule: dict[str, Any], words: str) -> None:
    answer = client.post(FAULTS, json={"fault": "status", "code": 503, **rule})
    assert answer.status_code == 422
    assert f" {words}: " in answer.json()["detail"]
    assert client.get(FAULTS).json() == []


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"fault": "explode"},
        {"fault": "status"},
        {"fault": "status", "code": 200},
        {"fault": "status", "code": 403, "times": 0},
        {"fault": "status", "code": 403, "probability": 0.5},
        {"fault": "status", "code": 403, "seed": 5},
        {"fault": "status", "code": 403, "probability": 1.5, "seed": 5},
        {"fault": "delay"},
        {"fault": "delay", "delay_ms": -1},
        {"fault": "delay", "delay_ms": 300_001},
        {"fault": "delay", "delay_ms": 5, "code": 403},
        {"fault": "rate_limit", "retry_after": -1},
        {"fault": "status", "code": 403, "nonsense": 1},
    ],
)
def test_rule_that_makes_no_sense_is_refused(client: TestClient, rule: dict[str, Any]) -> None:
    assert client.post(FAULTS, json=rule).status_code == 422


def test_one_fault_or_all_are_removed(client: TestClient) -> None:
    first = arm(client, fault="status", code=403)["id"]
    arm(client, fault="status", code=401)
    assert client.delete(f"{FAULTS}/{first}").status_code == 204
    assert statuses(client, 1) == [401]
    assert client.delete(FAULTS).status_code == 204
    assert statuses(client, 1) == [200]
    assert client.delete(f"{FAULTS}/{first}").status_code == 404


def test_reset_disarms_faults(client: TestClient) -> None:
    arm(client, fault="status", code=403)
    client.post(f"{SANDBOXES}/default/reset")
    assert statuses(client, 1) == [200]


def test_faults_of_one_sandbox_leave_others_alone(client: TestClient) -> None:
    arm(client, fault="status", code=403)
    other = client.post(SANDBOXES, json={}).json()["credentials"]["consero"]["api_key"]
    assert client.get(LIST, headers={"x-api-key": other}).status_code == 200


def test_sandbox_has_a_bounded_number_of_faults(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mockserver.admin.faults.MOST_FAULTS", 2)
    arm(client, fault="delay", delay_ms=1)
    arm(client, fault="delay", delay_ms=1)
    assert client.post(FAULTS, json={"fault": "delay", "delay_ms": 1}).status_code == 409


def test_struck_operation_is_not_carried_out(client: TestClient) -> None:
    arm(client, fault="status", code=500, operation="candidates.allocate", times=1)
    assert client.post(ALLOCATE, headers=KEY, json=NEW).status_code == 500
    assert client.post(ALLOCATE, headers=KEY, json=NEW).json()["data"]["invite_id"] == 143


@pytest.mark.parametrize("code", [500, 502, 503, 504])
def test_gateway_errors_are_there_for_every_operation(client: TestClient, code: int) -> None:
    arm(client, fault="status", code=code, operation="examinations.list")
    answer = client.get(LIST, headers=KEY)
    assert answer.status_code == code
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_rate_limit_says_when_to_come_back(client: TestClient) -> None:
    arm(client, fault="rate_limit", retry_after=17, times=1)
    answer = client.get(LIST, headers=KEY)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "17"
    assert statuses(client, 1) == [200]


def test_malformed_json_is_none(client: TestClient) -> None:
    arm(client, fault="malformed_json")
    answer = client.get(LIST, headers=KEY)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    with pytest.raises(ValueError, match="Expecting"):
        answer.json()


def test_wrong_content_type_keeps_the_body(client: TestClient) -> None:
    arm(client, fault="wrong_content_type")
    answer = client.get(LIST, headers=KEY)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.json() == [{"testId": 119, "testName": "Technology - Email Test"}]


def test_hang_up_does_nothing_and_lost_answer_does_everything(client: TestClient) -> None:
    arm(client, fault="hang_up", times=1)
    arm(client, fault="lose_answer", times=1)
    with pytest.raises(ConnectionResetError):
        client.post(ALLOCATE, headers=KEY, json=NEW)
    with pytest.raises(ConnectionResetError):
        client.post(ALLOCATE, headers=KEY, json=NEW | {"candidate_email": "lost@example.com"})
    document = client.get(f"{SANDBOXES}/default/export").json()["tables"]["consero_candidate"]
    emails = {row[document["columns"].index("email")] for row in document["rows"]}
    assert "lost@example.com" in emails
    assert "new@example.com" not in emails
    assert [entry["status"] for entry in client.get(REQUESTS).json()] == [201, 0]


def test_struck_call_is_marked_in_the_journal(client: TestClient) -> None:
    fault = arm(client, fault="status", code=403)
    answer = client.get(LIST, headers=KEY)
    entry = client.get(f"{REQUESTS}/{answer.headers['x-mock-request-id']}").json()
    assert entry["injected"] == {"by": "fault", "fault_id": fault["id"], "fault": "status"}
    assert entry["explanation"] is None
    assert entry["refused_by"] is None


def test_share_comes_out_true_in_the_long_run() -> None:
    rule = Delay(fault="delay", delay_ms=1, probability=0.25, seed=3)
    struck = sum(rule.strikes(asked) for asked in range(1, 10_001))
    assert 2_300 < struck < 2_700
