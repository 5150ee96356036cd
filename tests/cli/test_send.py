"""`mockserver send`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mockserver.client.sandbox import SandboxHandle

Run = Any
LIST = ("send", "consero", "GET", "/examinations")


def test_accepted_request_prints_status_headers_and_body(run: Run) -> None:
    done = run(*LIST)
    head, body = done.out.split("\n\n")
    assert done.code == 0
    assert head.splitlines()[0] == "HTTP/1.1 200 OK"
    assert "content-type: application/json" in head.splitlines()
    assert body == '[{"testId":119,"testName":"Technology - Email Test"}]\n'


def test_refused_request_ends_with_1_and_says_why(run: Run) -> None:
    done = run(*LIST, "-H", "x-api-key: wrong")
    assert done.code == 1
    assert done.out.startswith("HTTP/1.1 401 Unauthorized\n")
    assert "\nrefused by api_key: The credential belongs to nobody.\n" in done.out


def test_explain_prints_what_had_passed(run: Run) -> None:
    done = run("send", "consero", "POST", "/report", "inviteId:=7", "--explain")
    assert done.code == 1
    assert "\nrefused by rules: " in done.out
    assert "\npassed before: api_key, address\n" in done.out


def test_json_holds_answer_and_explanation(run: Run) -> None:
    done = run("send", "consero", "POST", "/report", "inviteId:=7", "--json")
    assert done.json["status"] == 404
    assert done.json["body"] == {"success": False, "message": "Allocation not found."}
    assert done.json["headers"]["content-type"] == "application/json"
    assert done.json["explanation"]["check"] == "rules"


def test_refused_request_names_the_likely_mistake(run: Run, sandbox: SandboxHandle) -> None:
    key = sandbox.credentials("consero")["api_key"]
    out = run(*LIST, "-H", "x-api-key:", "-H", f"Authorization: Bearer {key}").out
    assert "\nlikely mistake: " in out
    assert "x-api-key" in out.partition("likely mistake: ")[2]


def test_typed_value_is_json_and_an_untyped_one_is_text(run: Run, sandbox: SandboxHandle) -> None:
    run("send", "consero", "POST", "/report", "inviteId:=142", "note=142")
    assert sandbox.requests()[0]["request"]["body"] == '{"inviteId": 142, "note": "142"}'


def test_parameters_and_options_may_stand_in_any_order(run: Run, sandbox: SandboxHandle) -> None:
    run("send", "--explain", "consero", "POST", "/report", "a=1", "-H", "x-b: 2", "b=2", "--json", "c=3")
    assert sandbox.requests()[0]["request"]["body"] == '{"a": "1", "b": "2", "c": "3"}'


def test_unknown_option_is_refused(refuse: Run) -> None:
    done = refuse("send", "consero", "GET", "/examinations", "--colour", "red")
    assert done.code == 2
    assert "unrecognized arguments: --colour red" in done.err


def test_form_is_urlencoded(run: Run, sandbox: SandboxHandle) -> None:
    run("send", "proctorexam", "POST", "/institutes", "name=a b", "short_name=ab", "--form")
    assert sandbox.requests()[0]["request"]["body"].startswith("name=a+b&short_name=ab&nonce=")


def test_body_is_sent_as_it_stands(run: Run, sandbox: SandboxHandle) -> None:
    run("send", "consero", "POST", "/report", "--json-body", '{"inviteId":')
    assert sandbox.requests()[0]["request"]["body"] == '{"inviteId":'


def test_body_can_come_from_a_file(run: Run, sandbox: SandboxHandle, tmp_path: Path) -> None:
    (tmp_path / "body.json").write_text('{"inviteId": 142}')
    done = run("send", "consero", "POST", "/report", "--json-body", f"@{tmp_path}/body.json")
    assert done.code == 0


def test_file_makes_it_a_multipart_form(run: Run, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"\x89PNG\r\n\x1a\n")
    done = run(
        *("send", "proctorexam", "POST", "/institutes", "name=Acme", "short_name=acme"),
        *("--file", f"logo_image=@{logo}", "--json"),
    )
    assert done.json["status"] in (200, 201)
    assert done.json["body"]["institute"]["logo_image_file_name"] == "logo.png"


def test_request_is_signed_at_the_sandbox_s_time(run: Run, sandbox: SandboxHandle) -> None:
    sandbox.clock.freeze("2031-02-03T04:05:06Z")
    done = run("send", "proctorexam", "GET", "/institutes")
    assert done.code == 0
    assert "date: Mon, 03 Feb 2031 04:05:06 GMT" in done.out


def test_same_nonce_is_refused_the_second_time(run: Run) -> None:
    """PE-058."""
    again = ("send", "proctorexam", "GET", "/institutes", "--nonce", "7")
    assert run(*again).code == 0
    done = run(*again)
    assert done.code == 1
    assert "refused by nonce: The nonce was used before." in done.out


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        (("--timestamp", "-301"), "timestamp"),
        (("--timestamp", "none"), "timestamp"),
        (("--signature", "0" * 64), "signature"),
        (("--nonce", "none"), "nonce"),
    ],
)
def test_proctorexam_request_can_be_wrong_on_purpose(run: Run, wrong: tuple[str, str], check: str) -> None:
    done = run("send", "proctorexam", "GET", "/institutes", *wrong, "--json")
    assert done.code == 1
    assert done.json["explanation"]["check"] == check


@pytest.mark.parametrize("exp", ["-1", "none", "soon"])
def test_constructor_token_can_be_wrong_on_purpose(run: Run, exp: str) -> None:
    done = run("send", "constructor", "GET", "/sessions/b3875623/status/", f"--exp={exp}", "--json")
    assert done.json["status"] == 401
    assert done.json["explanation"]["check"] == "token"


def test_path_ids_can_stay_unsigned(run: Run, sandbox: SandboxHandle) -> None:
    """PE-033, PE-034."""
    sandbox.settings({"proctorexam.url_ids_signed": "required"})
    assert run("send", "proctorexam", "GET", "/institutes/1").code == 0
    assert run("send", "proctorexam", "GET", "/institutes/1", "--no-path-ids").code == 1


def test_short_path_of_constructor_is_completed(run: Run, sandbox: SandboxHandle) -> None:
    done = run(
        *("send", "constructor", "POST", "/exams/", "accountId:=1", "accountName=A", "examId=7"),
        *("examName=E", "duration:=60", "schedule:=false", "proctoring=online"),
        *("startDate=2026-01-01T00:00:00Z", "endDate=2027-01-01T00:00:00Z"),
    )
    name = sandbox.credentials("constructor")["integration_name"]
    assert done.code == 0
    assert sandbox.requests()[0]["path"] == f"/api/v2/integration/simple/{name}/exams/"


def test_no_answer_ends_with_1(run: Run, sandbox: SandboxHandle) -> None:
    sandbox.fault("hang_up")
    done = run(*LIST)
    assert (done.code, done.out) == (1, "")
    assert "no whole answer came" in done.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("acme", "GET", "/x"), "there is no vendor 'acme': use consero, constructor, proctorexam"),
        (("consero", "/x", "GET"), "'/x' is no method: the order is VENDOR METHOD PATH"),
        (("consero", "POST", "/x", "a"), "'a' is no parameter: write name=value"),
        (("consero", "POST", "/x", "a=1", "a=2"), "'a' is given twice"),
        (("consero", "POST", "/x", "a:=one"), "a:=one is no JSON"),
        (("consero", "POST", "/x", "a=1", "--json-body", "{}"), "--json-body is the whole body"),
        (("consero", "GET", "/x", "--form"), "GET has no body"),
        (("consero", "POST", "/x", "--file", "logo"), "--file logo: write it as NAME=@PATH"),
        (("consero", "POST", "/x", "--file", "a=@/nowhere/b"), "/nowhere/b cannot be read: No such file"),
        (("consero", "GET", "/x", "-H", "x-api-key"), "write it as NAME:VALUE"),
        (("consero", "GET", "/x", "--exp", "+1"), "a request to consero has no exp to set"),
        (("consero", "GET", "http://elsewhere/x"), "is not below"),
    ],
)
def test_request_that_cannot_be_made_ends_with_2_and_a_sentence(
    run: Run, words: tuple[str, ...], sentence: str
) -> None:
    done = run("send", *words)
    assert done.code == 2
    assert done.err.startswith("mockserver send: ")
    assert sentence in done.err
