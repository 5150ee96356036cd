"""Nothing leaves the harness before it went through here: reports, logs, progress and tracebacks."""

import base64
import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

HIDDEN = "[redacted]"
# Part of a shorter one could stand in a report by chance.
LONG_SECRET = 12

# A JSON web token opens an account until it expires: its signature part goes, the claims stay readable.
JWS = re.compile(r"(eyJ[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.)[A-Za-z0-9_-]+")
# A signed request that never arrived could still be sent by whoever reads the report.
HMAC_HEX = re.compile(r"(?<![0-9a-fA-F])([0-9a-fA-F]{8})[0-9a-fA-F]{56}(?![0-9a-fA-F])")
# Answers carry other people's keys too: the long user of ProctorExam has both (PE-205).
SECRET_FIELD = re.compile(
    r'((?:\\)*"(?:api_token|secret_key|oauth_consumer_secret|password(?:_confirmation)?|jwt_secret|api_key)(?:\\)*"'
    r'\s*:\s*(?:\\)*")[^"\\]+'
)
SECRET_FORM_FIELD = re.compile(
    r"((?:^|[?&\s])(?:oauth_consumer_secret|password(?:_confirmation)?)=)[^&\s\"\\]+"
)


class Redactor:
    """Replaces every known secret, in all the spellings it can take on the wire."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._spellings: list[str] = []
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str) -> None:
        """Hide one more value, such as a key a contract signs with on purpose."""
        spellings = {
            secret,
            quote(secret, safe=""),
            quote_plus(secret),
            json.dumps(secret)[1:-1],
            base64.b64encode(secret.encode()).decode().rstrip("="),
            base64.urlsafe_b64encode(secret.encode()).decode().rstrip("="),
        }
        if len(secret) >= LONG_SECRET:
            # Contracts try keys that are almost right; a server that repeats one would give the rest away.
            spellings |= {secret[:-1], secret.swapcase(), secret[::-1]}
        self._spellings = sorted({*self._spellings, *spellings}, key=len, reverse=True)

    def text(self, text: str) -> str:
        for spelling in self._spellings:
            text = text.replace(spelling, HIDDEN)
        text = JWS.sub(rf"\1{HIDDEN}", text)
        text = HMAC_HEX.sub(rf"\1…{HIDDEN}", text)
        text = SECRET_FIELD.sub(rf"\1{HIDDEN}", text)
        return SECRET_FORM_FIELD.sub(rf"\1{HIDDEN}", text)
