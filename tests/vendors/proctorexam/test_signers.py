"""Signatures made by unrelated implementations, each a few lines in another language."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from proctorexam_customer import Customer

RUBY = """
require "json"; require "openssl"
given = JSON.parse(STDIN.read)
text = given["parameters"].sort.map { |name, value| "#{name}=#{value}" }.join("?")
print OpenSSL::HMAC.hexdigest("SHA256", given["secret"], text)
"""
PHP = """
$given = json_decode(stream_get_contents(STDIN), true);
ksort($given["parameters"], SORT_STRING);
$pairs = [];
foreach ($given["parameters"] as $name => $value) {
    $pairs[] = $name . "=" . (is_bool($value) ? ($value ? "true" : "false") : $value);
}
echo hash_hmac("sha256", implode("?", $pairs), $given["secret"]);
"""
NODE = """
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const text = Object.keys(given.parameters).sort().map((key) => `${key}=${given.parameters[key]}`).join("?");
process.stdout.write(require("crypto").createHmac("sha256", given.secret).update(text, "utf8").digest("hex"));
"""


def by_program(*command: str) -> Callable[[dict[str, Any], str], str]:
    """Sign with a program that reads parameters and secret as JSON."""

    def sign(parameters: dict[str, Any], secret: str) -> str:
        given = json.dumps({"parameters": parameters, "secret": secret})
        run = subprocess.run(command, input=given, capture_output=True, text=True, check=True, timeout=30)
        return run.stdout

    return sign


def by_openssl(parameters: dict[str, Any], secret: str) -> str:
    """Sign with the `openssl` command, ordering with `sort` in the locale C."""
    lines = "\n".join(
        f"{name}={json.dumps(v) if isinstance(v, bool) else v}" for name, v in parameters.items()
    )
    script = f"LC_ALL=C sort | paste -sd '?' - | tr -d '\\n' | openssl dgst -sha256 -hmac '{secret}' -r"
    run = subprocess.run(
        ["sh", "-c", script], input=lines, capture_output=True, text=True, check=True, timeout=30
    )
    return run.stdout.partition(" ")[0]


SIGNERS = [
    pytest.param("ruby", by_program("ruby", "-e", RUBY), id="ruby"),
    pytest.param("php", by_program("php", "-r", PHP), id="php"),
    pytest.param("node", by_program("node", "-e", NODE), id="node"),
    pytest.param("openssl", by_openssl, id="openssl"),
]


@pytest.fixture
def signer(request: pytest.FixtureRequest) -> Callable[[dict[str, Any], str], str]:
    """Return the signer of a language, or skip where its interpreter is missing."""
    program, sign = request.param
    if shutil.which(program) is None:
        pytest.skip(f"needs the program {program!r}")
    found: Callable[[dict[str, Any], str], str] = sign
    return found


@pytest.mark.parametrize(
    "signer", [pytest.param(param.values, id=param.id) for param in SIGNERS], indirect=True
)
@pytest.mark.parametrize(
    ("method", "path", "own"),
    [
        ("GET", "/student_sessions/1", {}),
        ("PATCH", "/student_sessions/1", {"name": "Zoë & Co = 100%?", "skip_requirements": True}),
        ("POST", "/institutes", {"name": "Sig ned", "short_name": "a+b c", "global_proctor": False}),
    ],
)
def test_signature_of_another_implementation_is_accepted_once(
    customer: Customer,
    signer: Callable[[dict[str, Any], str], str],
    method: str,
    path: str,
    own: dict[str, Any],
) -> None:
    """PE-026, PE-027, PE-028, PE-031, PE-032, PE-045, PE-058."""
    parameters = {**own, "nonce": "1527500365", "timestamp": customer.now_ms()}
    signed = {**parameters, "signature": signer(parameters, customer.secret)}
    assert customer.send(method, path, signed).status_code == 200
    assert customer.send(method, path, signed).status_code == 403
