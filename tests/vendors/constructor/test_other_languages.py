"""Tokens made by unrelated implementations, in the styles of public clients."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from constructor_calls import EXAMPLE, NOW_SECONDS, Integration

# A library of its own language makes the token, or the hand-written code of a client does.
PHP = """
$part = fn($value) => rtrim(strtr(base64_encode($value), '+/', '-_'), '=');
$input = $part(json_encode(['typ' => 'JWT', 'alg' => 'HS256'])) . '.' . $part($argv[2]);
echo $input . '.' . $part(hash_hmac('sha256', $input, $argv[1], true));
"""
RUBY = """
require 'openssl'
require 'base64'
part = ->(value) { Base64.urlsafe_encode64(value, padding: false) }
input = part.call('{"alg":"HS256"}') + '.' + part.call(ARGV[1])
print input + '.' + part.call(OpenSSL::HMAC.digest('SHA256', ARGV[0], input))
"""
NODE = """
const crypto = require('node:crypto');
const [secret, claims] = process.argv.slice(1);
const input = [JSON.stringify({alg: 'HS256', typ: 'JWT'}), claims]
  .map(part => Buffer.from(part).toString('base64url')).join('.');
process.stdout.write(input + '.' + crypto.createHmac('sha256', secret).update(input).digest('base64url'));
"""
MAKERS = {"php": ["-r", PHP], "ruby": ["-e", RUBY], "node": ["-e", NODE]}


@pytest.fixture(params=sorted(MAKERS))
def language(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if shutil.which(name) is None:
        pytest.skip(f"needs {name}")
    return name


def made_in(language: str, secret: str, claims: str) -> str:
    command = [language, *MAKERS[language], *(["--"] if language == "php" else []), secret, claims]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_header_token_is_taken(integration: Integration, language: str) -> None:
    """CP-012, CP-015, CP-244, CP-246."""
    text = made_in(language, integration.secret, json.dumps({"exp": NOW_SECONDS + 30}))
    headers = {"Authorization": f"JWT {text}"}
    answer = integration.client.post(f"{integration.lms}/exams/", json=EXAMPLE, headers=headers)
    assert answer.status_code == 200


# CP-245, CP-157: numeric ids and microseconds; CP-243: duration 0; CP-244: an offset of hours alone.
START = (
    '{"userId": 5, "accountId": 1, "accountName": "Школа", "examId": 77, "examName": "Δ", "duration": 0,'
    '"schedule": false, "proctoring": "auto", "startDate": "2026-11-21T10:00:00.000001+10", '
    '"endDate": "2026-11-22T00:00:00+0000", "sessionId": 4711, "sessionUrl": "https://lms.example/t?id=1"}'
)


def test_data_token_is_taken(integration: Integration, language: str) -> None:
    """CP-024, CP-029, CP-155, CP-157."""
    form = {"token": made_in(language, integration.secret, START)}
    answer = integration.client.post(f"{integration.browser}/start/", data=form)
    assert answer.status_code == 302
    assert integration.status("4711").json()["sessionId"] == 4711
