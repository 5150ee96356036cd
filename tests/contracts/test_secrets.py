"""Credentials reach the server and nothing else: no report, log, console output or file of any kind."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from contracts.cli import main
from contracts.credentials import CredentialsError, load_credentials
from contracts.redaction import Redactor

Run = Callable[..., tuple[int, Any]]
CANARIES = {
    "consero": ["canary-consero-key-7e2d41"],
    "proctorexam": ["canaryToken_22chars_ab", "canary-secret-key-of-43-characters-9f31c07de"],
    "constructor": ["canary-jwt-secret-55aa01"],
}


def echo(method: str, path: str, body: bytes) -> tuple[int, Any]:
    """A server that talks too much: it repeats whatever it was sent, keys of other people included."""
    return 200, {
        "path": path,
        "body": body.decode("latin-1"),
        "user": {"api_token": "token-of-another-user", "secret_key": "secret-of-another-user"},
        "message": f"{method} {' '.join(canary for canaries in CANARIES.values() for canary in canaries)}",
    }


@pytest.fixture(params=CANARIES)
def vendor(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_no_canary_in_any_file_or_output(
    run_contracts: Run,
    record: Any,
    vendor: str,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    run_contracts(vendor, record(echo).url, "--profile", "full")
    output = capfd.readouterr()
    texts = [output.out, output.err, *(file.read_text() for file in tmp_path.rglob("*") if file.is_file())]
    canaries = [*CANARIES[vendor], "secret-of-another-user"]
    assert [canary for canary in canaries for text in texts if canary in text] == []


def test_credentials_do_reach_the_server(run_contracts: Run, record: Any) -> None:
    server = record(echo)
    run_contracts("consero", server.url, "--profile", "readonly")
    assert server.headers[0]["x-api-key"] == CANARIES["consero"][0]


def test_crash_of_the_harness_hides_credentials(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: object, **__: object) -> None:
        raise RuntimeError("request with canary-consero-key-7e2d41 failed")

    monkeypatch.setattr("contracts.command.options_of", explode)
    code = main(["run", "--vendor", "consero", "--base-url", "http://127.0.0.1:9"])
    error = capsys.readouterr().err
    assert (code, "RuntimeError" in error, CANARIES["consero"][0] in error) == (2, True, False)


@pytest.mark.parametrize(
    "spelling",
    [
        "top secret/äöü+1",
        quote("top secret/äöü+1", safe=""),
        "top+secret%2F%C3%A4%C3%B6%C3%BC%2B1",
        "top secret/\\u00e4\\u00f6\\u00fc+1",
        base64.b64encode("top secret/äöü+1".encode()).decode(),
    ],
)
def test_every_spelling_of_a_secret_is_hidden(spelling: str) -> None:
    assert Redactor(["top secret/äöü+1"]).text(f"<{spelling}>").startswith("<[redacted]")


@pytest.mark.parametrize("spoilt", [lambda key: key[:-1], str.swapcase, lambda key: key[::-1]])
def test_key_that_is_almost_right_is_hidden_too(spoilt: Callable[[str], str]) -> None:
    """Contracts try such keys, and an answer may repeat them."""
    key = "Canary-consero-key-7e2d41"
    assert spoilt(key) not in Redactor([key]).text(f'{{"x-api-key": "{spoilt(key)}"}}')


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("JWT eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.c2lnbmF0dXJl", "c2lnbmF0dXJl"),
        ("?signature=" + "0123456789abcdef" * 4, "89abcdef0123456789"),
        ('{"secret_key": "of-another-user"}', "of-another-user"),
        ('"{\\"api_token\\": \\"of-another-user\\"}"', "of-another-user"),
        ("password=Sesame-0pen!&name=x", "Sesame-0pen"),
    ],
)
def test_what_works_like_a_credential_is_hidden(text: str, hidden: str) -> None:
    assert hidden not in Redactor().text(text)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "keys"
    file.write_text("CONTRACTS_CONSERO_API_KEY=0123456789")
    file.chmod(mode)
    with pytest.raises(CredentialsError, match="chmod 600"):
        load_credentials("consero", {}, file)


def test_private_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text("# mine\nexport CONTRACTS_CONSERO_API_KEY='0123456789'\n")
    file.chmod(0o600)
    assert load_credentials("consero", {}, file)["api_key"] == "0123456789"


@pytest.mark.parametrize(("value", "said"), [("", "is not set"), ("abc", "shorter than")])
def test_unusable_credentials_are_refused(value: str, said: str) -> None:
    with pytest.raises(CredentialsError, match=said):
        load_credentials("consero", {"CONTRACTS_CONSERO_API_KEY": value}, None)


def test_missing_credentials_end_with_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(os.environ, "CONTRACTS_CONSERO_API_KEY")
    code = main(["run", "--vendor", "consero", "--base-url", "http://127.0.0.1:9"])
    assert (code, "CONTRACTS_CONSERO_API_KEY is not set" in capsys.readouterr().err) == (2, True)
