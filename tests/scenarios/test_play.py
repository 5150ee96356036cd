"""`mockserver scenario`, against a real server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mockserver.cli import main
from mockserver.cli.scenario import EXAMPLES

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def scenario(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Any:
    """Play a file with these steps; return exit code, output and errors."""
    monkeypatch.setenv("MOCKSERVER_URL", server.url)
    monkeypatch.chdir(tmp_path)

    def play(steps: str, *options: str) -> tuple[int, str, str]:
        Path("s.yaml").write_text(f"scenario: A try\nsteps:\n{steps}")
        code = main(["scenario", "run", "s.yaml", *options])
        told = capsys.readouterr()
        return code, told.out, told.err

    return play


@pytest.mark.parametrize("name", sorted(file.stem for file in EXAMPLES.glob("*.yaml")))
def test_example_holds(server: Any, name: str, capsys: Capture) -> None:
    code = main(["scenario", "run", name, "--url", server.url])
    told = capsys.readouterr()
    assert (code, told.err) == (0, ""), told.out
    assert "FAIL" not in told.out


def test_steps_are_shown_as_they_go(scenario: Any) -> None:
    code, out, _ = scenario("  - send: consero GET /examinations\n  - {name: A minute passes, advance: 1m}\n")
    assert code == 0
    assert out == (
        "A try (s.yaml)\n  ok     1  send consero GET /examinations: 200\n  ok     2  A minute passes\n"
    )


def test_failed_step_ends_it_with_1_and_says_why(scenario: Any) -> None:
    code, out, _ = scenario(
        "  - send: consero POST /report\n    with: {inviteId: 7}\n  - reset: true\n  - reset: true\n"
    )
    lines = out.splitlines()
    assert code == 1
    assert lines[1:4] == [
        "  FAIL   1  send consero POST /report: 404",
        "            status: expected 2xx, got 404",
        "            refused by rules: The vendor's own rules refuse it.",
    ]
    assert lines[-1] == "        2 more steps not played"


def test_kept_values_are_filled_in(scenario: Any) -> None:
    code, out, _ = scenario(
        "  - send: consero GET /examinations\n"
        "    keep: {exam: 0.testId, title: 0.testName}\n"
        "  - send: consero POST /allocate-candidate\n"
        "    with: {candidate_email: 'x${exam}@b.co', examination_id: '${exam}'}\n"
        "    expect: {body: {data: {candidate_email: 'x119@b.co', examination_id: 119}}}\n"
    )
    assert (code, "FAIL" in out) == (0, False)


def test_control_is_carried_out_and_compared(scenario: Any) -> None:
    code, out, _ = scenario(
        "  - clock: 2030-01-01T00:00:00Z\n"
        "  - control: clock.advance\n"
        "    with: {seconds: 60}\n"
        "    expect: {mode: frozen, now: '2030-01-01T00:01:00.000Z'}\n"
        "  - control: vendors.list\n"
        "    keep: {vendor: 0.name}\n"
        "  - send: '${vendor} GET /examinations'\n"
        "  - clock: real\n"
    )
    assert (code, "FAIL" in out) == (0, False)


def test_form_file_and_header_are_sent(scenario: Any, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    code, out, _ = scenario(
        "  - send: proctorexam POST /institutes\n"
        "    with: {name: A, short_name: a}\n"
        "    files: {logo_image: logo.png}\n"
        "    expect: {body: {institute: {logo_image_content_type: image/png}}}\n"
        "  - send: proctorexam POST /institutes\n"
        "    with: {name: B, short_name: b, global_proctor: true}\n"
        "    form: true\n"
        "    expect: {body: {institute: {global_proctor: true}}}\n"
        "  - send: consero POST /report\n"
        "    body: '{\"inviteId\": 142}'\n"
        "    headers: {x-api-key: ''}\n"
        "    expect: {status: 401, headers: {content-type: application/json}}\n"
    )
    assert (code, "FAIL" in out) == (0, False)


def test_json_holds_every_step(scenario: Any, capsys: Capture) -> None:
    _, out, _ = scenario("  - send: consero GET /examinations\n    expect: {status: 201}\n", "--json")
    (result,) = json.loads(out)
    assert result["held"] is False
    assert result["steps"][0]["where"] == "s.yaml:3"
    assert result["steps"][0]["problems"] == ["status: expected 201, got 200"]


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ("  - send: again\n", "s.yaml:3: there is no request before this one to send again"),
        ("  - send: acme GET /\n", "s.yaml:3: there is no vendor 'acme'"),
        ("  - advance: soon\n", "s.yaml:3: 'soon' is no duration"),
        ("  - clock: yesterday\n", "s.yaml:3: at: write a moment"),
        ("  - settings: {consero.colour: red}\n", "s.yaml:3: 'consero.colour' has no meaning here"),
        ("  - reset: true\n  - control: nothing.do\n", "s.yaml:4: the server at "),
        ("  - send: consero GET '/${exam}'\n", "s.yaml:3: nothing was kept as 'exam'"),
        ("  - send: consero GET /examinations\n    keep: {x: 5.y}\n", "s.yaml:3: keep: there is no 5.y in "),
        (
            "  - send: consero POST /report\n    files: {a: none.png}\n",
            "s.yaml:3: the file none.png cannot be read",
        ),
        ("  - event: {vendor: consero}\n", "s.yaml:3: 'event' is missing"),
    ],
)
def test_step_that_cannot_be_carried_out_ends_it_with_2(scenario: Any, steps: str, sentence: str) -> None:
    code, _, err = scenario(steps)
    assert code == 2
    assert err.startswith(f"mockserver scenario: {sentence}")


def test_wrong_file_ends_with_2_before_anything_is_played(scenario: Any) -> None:
    code, out, err = scenario("  - sned: x\n")
    assert (code, out) == (2, "")
    assert err.startswith("mockserver scenario: s.yaml:3: a step does one of these")


def test_given_sandbox_is_left_as_it_ends(scenario: Any, mockserver_api: Any) -> None:
    made = mockserver_api.call("sandboxes.create", {})
    code, _, _ = scenario("  - send: consero GET /examinations\n", "--sandbox", made["id"])
    assert code == 0
    assert len(mockserver_api.call("requests.list", sandbox_id=made["id"])) == 1
    mockserver_api.call("sandboxes.delete", sandbox_id=made["id"])


def test_own_server_needs_no_other(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("MOCKSERVER_URL", "http://127.0.0.1:1")
    assert main(["scenario", "run", "replay", "--own-server"]) == 0


def test_no_server_ends_with_2(capsys: Capture) -> None:
    assert main(["scenario", "run", "replay", "--url", "http://127.0.0.1:1"]) == 2
    assert "start one with 'mockserver serve'" in capsys.readouterr().err


def test_examples_are_listed_and_shown(capsys: Capture) -> None:
    assert main(["scenario", "list"]) == 0
    assert "replay                       A signed request is accepted once" in capsys.readouterr().out
    assert main(["scenario", "show", "replay"]) == 0
    assert capsys.readouterr().out == (EXAMPLES / "replay.yaml").read_text()


def test_unknown_example_is_a_usage_error(capsys: Capture) -> None:
    assert main(["scenario", "show", "none"]) == 2
    assert "there is no file and no example 'none'" in capsys.readouterr().err


def test_seed_can_be_an_exported_world(
    sandbox: Any, mockserver_url: str, tmp_path: Path, capsys: Capture
) -> None:
    sandbox.send("proctorexam", "POST", "/institutes", {"name": "Moved", "short_name": "m"})
    (tmp_path / "world.json").write_text(json.dumps(sandbox.control("sandboxes.export")))
    (tmp_path / "s.yaml").write_text(
        "scenario: From a file\nseed: world.json\nsteps:\n"
        "  - send: proctorexam GET /institutes/2\n    expect: {body: {institute: {name: Moved}}}\n"
    )
    assert main(["scenario", "run", str(tmp_path / "s.yaml"), "--url", mockserver_url]) == 0


def test_seed_that_is_not_there_ends_with_2(server: Any, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "s.yaml").write_text("scenario: x\nseed: none.json\nsteps:\n  - reset: true\n")
    assert main(["scenario", "run", str(tmp_path / "s.yaml"), "--url", server.url]) == 2
    assert "none.json cannot be read" in capsys.readouterr().err
