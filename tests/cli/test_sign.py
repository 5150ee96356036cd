"""`mockserver sign`: its curl command works as it stands."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mockserver.client.sandbox import SandboxHandle

Run = Any
REAL = "https://america.proctorexam.com/api/v3"


def shell(command: str) -> Any:
    """Run what was printed and return the answer's JSON."""
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=30, check=True)
    return json.loads(result.stdout)


def test_printed_command_of_consero_works(run: Run) -> None:
    done = run("sign", "consero", "GET", "/examinations")
    assert done.code == 0
    assert shell(done.out) == [{"testId": 119, "testName": "Technology - Email Test"}]


def test_printed_command_with_a_body_works(run: Run) -> None:
    done = run(
        "sign", "consero", "POST", "/allocate-candidate", "candidate_email=o'hara@b.co", "examination_id:=119"
    )
    assert shell(done.out)["data"]["candidate_email"] == "o'hara@b.co"


def test_printed_command_of_proctorexam_works_once(run: Run) -> None:
    """PE-058."""
    done = run("sign", "proctorexam", "POST", "/institutes", "name=Zoë & Co", "short_name=zoe")
    assert shell(done.out)["institute"]["name"] == "Zoë & Co"
    assert "institute" not in shell(done.out)


def test_printed_command_with_a_file_works(run: Run, tmp_path: Path) -> None:
    logo = tmp_path / "my logo.png"
    logo.write_bytes(b"\x89PNG\r\n\x1a\n")
    done = run(
        *("sign", "proctorexam", "POST", "/institutes", "name=@A", "short_name=a"),
        *("--file", f"logo_image=@{logo}"),
    )
    institute = shell(done.out)["institute"]
    assert institute["name"] == "@A"
    assert institute["logo_image_content_type"] == "image/png"


def test_printed_command_of_constructor_works(run: Run, sandbox: SandboxHandle) -> None:
    done = run("sign", "constructor", "GET", "/sessions/nobody/status/")
    assert shell(done.out) == {"detail": "Not found."}
    assert sandbox.requests()[0]["explanation"]["passed"] == ["token"]


def test_json_names_the_parts(run: Run) -> None:
    found = run("sign", "consero", "POST", "/report", "inviteId:=142", "--json").json
    assert found["method"] == "POST"
    assert found["url"].endswith("/consero/api/v1/report")
    assert found["body"] == '{"inviteId": 142}'
    assert len(found["headers"]["x-api-key"]) == 56


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """Credentials of an account, for nobody else to read."""
    path = tmp_path / "keys"
    path.touch(mode=0o600)
    path.write_text(
        "# my account\n"
        f"export PROCTOREXAM_BASE_URL={REAL}\n"
        "CONTRACTS_PROCTOREXAM_API_TOKEN='abc'\n"
        'export PROCTOREXAM_SECRET_KEY="def"\n'
    )
    return path


def offline(run: Run, monkeypatch: pytest.MonkeyPatch, *words: str) -> Any:
    monkeypatch.setenv("MOCKSERVER_URL", "http://127.0.0.1:1")  # nobody is there, and nobody is asked
    return run("sign", "proctorexam", "GET", "/institutes", *words)


def test_credentials_file_needs_no_server(run: Run, monkeypatch: pytest.MonkeyPatch, keys: Path) -> None:
    done = offline(run, monkeypatch, "--credentials-file", str(keys))
    assert done.code == 0
    assert f" '{REAL}/institutes?nonce=" in done.out
    assert "'Authorization: Token token=abc'" in done.out


def test_base_url_can_be_given_beside_the_file(run: Run, monkeypatch: pytest.MonkeyPatch, keys: Path) -> None:
    done = offline(
        run, monkeypatch, "--credentials-file", str(keys), "--base-url", "https://fun.example/api/v3"
    )
    assert "'https://fun.example/api/v3/institutes?" in done.out


def test_credentials_can_come_from_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROCTOREXAM_BASE_URL", REAL)
    monkeypatch.setenv("PROCTOREXAM_API_TOKEN", "abc")
    monkeypatch.setenv("CONTRACTS_PROCTOREXAM_SECRET_KEY", "def")
    done = offline(run, monkeypatch, "--credentials-env")
    assert "'Authorization: Token token=abc'" in done.out


def test_file_that_others_can_read_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch, keys: Path) -> None:
    keys.chmod(0o644)
    done = offline(run, monkeypatch, "--credentials-file", str(keys))
    assert done.code == 2
    assert f"{keys} has mode 644, others can read it: run 'chmod 600 {keys}'" in done.err


def test_missing_credential_is_named(run: Run, monkeypatch: pytest.MonkeyPatch, keys: Path) -> None:
    keys.write_text("PROCTOREXAM_API_TOKEN=abc\n")
    done = offline(run, monkeypatch, "--credentials-file", str(keys))
    assert done.code == 2
    assert "PROCTOREXAM_BASE_URL is missing: set it in " in done.err


def test_missing_file_is_a_usage_error(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    done = offline(run, monkeypatch, "--credentials-file", str(tmp_path / "none"))
    assert done.code == 2
    assert "cannot be read" in done.err


def test_base_url_alone_is_a_usage_error(run: Run) -> None:
    done = run("sign", "consero", "GET", "/examinations", "--base-url", "https://x.example")
    assert done.code == 2
    assert "--base-url goes with --credentials-file or --credentials-env" in done.err
