"""A customer of ProctorExam: signs as the pages say, written without a line of the server."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.testclient import TestClient

BASE = "/proctorexam/api/v3"
TOKEN = "fake-proctorexam-token"
SECRET = "fake-proctorexam-secret-key-0000000000-fake"
NONCES = itertools.count(1_527_500_365)


def text_of(value: Any) -> str:
    """Return a value as it enters the signature: JSON, but for texts without quotes and null empty."""
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def sign(parameters: Mapping[str, Any], secret: str = SECRET) -> str:
    """Seed documents 001 and 003: `name=value` joined by `?`, ordered by name, hex HMAC-SHA256."""
    text = "?".join(f"{name}={text_of(parameters[name])}" for name in sorted(parameters))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


@dataclass
class Customer:
    """Who calls, and with which keys. `now_ms` is the customer's own clock."""

    client: TestClient
    now_ms: Callable[[], int]
    token: str = TOKEN
    secret: str = SECRET
    headers: dict[str, str] = field(default_factory=dict)

    def signed(
        self, parameters: Mapping[str, Any] | None = None, ids: Mapping[str, str] | None = None, **fixed: Any
    ) -> dict[str, Any]:
        """Return the parameters with timestamp, nonce and signature; `ids` of the URL are signed as well."""
        found = {"timestamp": self.now_ms(), "nonce": str(next(NONCES)), **(parameters or {}), **fixed}
        return {**found, "signature": sign({**found, **(ids or {})}, self.secret)}

    def send(
        self, method: str, path: str, parameters: Mapping[str, Any], place: str = "", **extra: Any
    ) -> Any:
        """Send parameters as they are: in the query of GET and DELETE, as JSON otherwise, or where `place` says."""
        place = place or ("params" if method in ("GET", "DELETE") else "json")
        headers = {
            "authorization": f"Token token={self.token}",
            "accept": "application/vnd.procwise.v3",
            **self.headers,
            **extra.pop("headers", {}),
        }
        return self.client.request(method, BASE + path, headers=headers, **{place: parameters}, **extra)

    def call(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        ids: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> Any:
        """Sign and send."""
        return self.send(method, path, self.signed(parameters, ids), **extra)

    def settings(self, **changes: Any) -> None:
        """Change settings of the sandbox `default`."""
        body = {f"proctorexam.{name}": value for name, value in changes.items()}
        assert self.client.patch("/__admin/sandboxes/default/settings", json=body).status_code == 200

    def new_user(self, role: str, institute_id: int = 1) -> Customer:
        """Create a user and return the customer that its printed keys make."""
        number = next(NONCES)
        answer = self.call(
            "POST",
            f"/institutes/{institute_id}/users",
            {
                "email": f"user{number}@example.com",
                "name": "Somebody",
                "password": "Passw0rd!",
                "password_confirmation": "Passw0rd!",
                "role": role,
            },
        )
        user = answer.json()["user"]
        return Customer(self.client, self.now_ms, user["api_token"], user["secret_key"])

    def new_institute(self, name: str = "Other") -> int:
        """Create an institute and return its id."""
        answer = self.call("POST", "/institutes", {"name": name, "short_name": "o"})
        return int(answer.json()["institute"]["id"])

    def new_exam(self, **parameters: Any) -> int:
        """Create an exam and return its id."""
        answer = self.call("POST", "/exams", {"name": "Exam", "type": "classic", **parameters})
        return int(answer.json()["exam"]["id"])

    def new_session(self, exam_id: int = 1, **parameters: Any) -> int:
        """Create a student session and return its id."""
        fields = {"name": "Student", "email": f"student{next(NONCES)}@example.com", **parameters}
        answer = self.call("POST", f"/exams/{exam_id}/student_sessions", fields)
        return int(answer.json()["student"]["id"])
