"""Steps that look at webhooks, and the receiver that a scenario listens with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mockserver.cli import main

Capture = pytest.CaptureFixture[str]

STARTED = """
scenario: A try
clock: 2026-12-01T08:30:00Z
receiver: true
settings: {constructor.warning_url: "${receiver}/warning"}
steps:
  - send: constructor POST /start/
    with:
      userId: ada
      accountId: 7
      accountName: Acme University
      examId: physics-1
      examName: Physics
      duration: 90
      schedule: false
      proctoring: online
      startDate: 2026-12-01T08:00:00Z
      endDate: 2026-12-01T18:00:00Z
      sessionId: attempt-1
      sessionUrl: https://acme.example/test
    expect: {status: 302}
  - event: {vendor: constructor, event: warning_raised, session_id: attempt-1, type: WARNING_PHONE}
"""


@pytest.fixture
def scenario(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Any:
    """Play these steps after a warning was raised; return exit code and output."""
    monkeypatch.setenv("MOCKSERVER_URL", server.url)
    monkeypatch.chdir(tmp_path)

    def play(steps: str) -> tuple[int, str]:
        Path("s.yaml").write_text(STARTED + steps)
        code = main(["scenario", "run", "s.yaml"])
        told = capsys.readouterr()
        return code, told.out + told.err

    return play


def test_webhook_is_awaited_and_compared(scenario: Any) -> None:
    code, told = scenario(
        "  - {webhook: webhooks.warning, body: {id: 1, cyber: true}, answered: 200, attempts: 1,"
        " keep: {type: type}}\n"
        "  - {event: {vendor: constructor, event: warning_raised, session_id: attempt-1, type: '${type}'}}\n"
        "  - {webhook: webhooks.warning, body: {id: 2, type: WARNING_PHONE}}\n"
        "  - {webhook: again, body: {id: 2}}\n"
    )
    assert code == 0, told


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("{webhook: webhooks.warning, body: {id: 2}}", "body.id: expected 2, got 1"),
        ("{webhook: webhooks.warning, answered: 500}", "answered: expected 500, got 200 (received)"),
        ("{webhook: webhooks.warning, attempts: 2}", "attempts: expected 2, got 1"),
        ("{webhook: webhooks.review}", "none was sent; not looked at yet: webhooks.warning"),
        ("{webhook: again}", "none was sent"),
    ],
)
def test_difference_is_told(scenario: Any, step: str, sentence: str) -> None:
    code, told = scenario(f"  - {step}\n")
    assert code == 1
    assert sentence in told


def test_receiver_refuses_what_is_badly_signed(scenario: Any) -> None:
    """CP-193."""
    bad = "vendor: constructor, event: connection_lost, session_id: attempt-1, deliveries: {token: forged}"
    code, told = scenario(
        f"  - {{webhook: webhooks.warning, answered: 200}}\n  - {{event: {{{bad}}}}}\n"
        "  - {webhook: webhooks.warning, answered: 200}\n"
    )
    assert code == 1
    assert "got 401 (The token is not acceptable: its signature does not match.)" in told


def test_misspelt_key_of_a_step_is_told(scenario: Any) -> None:
    code, told = scenario("  - {webhook: webhooks.warning, anwsered: 200}\n")
    assert code == 2
    assert "'anwsered' has no meaning here: did you mean 'answered'?" in told


def test_event_that_cannot_be_ends_it_with_2(scenario: Any) -> None:
    code, told = scenario(
        "  - event: {vendor: constructor, event: candidate_starts, session_id: attempt-1}\n"
    )
    assert code == 2
    assert "The session cannot be started: its status is started." in told
