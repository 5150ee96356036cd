"""A customer of ProctorExam: signs as the pages say, written without a line of the server."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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


def institute_of(answer: Any) -> dict[str, Any]:
    """Return the institute of an answer, which must be one."""
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["institute"]
    return found


@dataclass
class Customer:
    """Who calls, with which keys, in which sandbox. `ahead_ms` is how far the sandbox's clock was moved."""

    client: TestClient
    machine_ms: Callable[[], int]
    token: str = TOKEN
    secret: str = SECRET
    sandbox: str = "default"
    ahead_ms: int = 0

    def now_ms(self) -> int:
        """Return the sandbox's time."""
        return self.machine_ms() + self.ahead_ms

    def signed(
        self, parameters: Mapping[str, Any] | None = None, ids: Mapping[str, str] | None = None, **fixed: Any
    ) -> dict[str, Any]:
        """Return the parameters with timestamp, nonce and signature; `ids` of the URL are signed too."""
        found = {"timestamp": self.now_ms(), "nonce": str(next(NONCES)), **(parameters or {}), **fixed}
        return {**found, "signature": sign({**found, **(ids or {})}, self.secret)}

    def send(
        self, method: str, path: str, parameters: Mapping[str, Any], place: str = "", **extra: Any
    ) -> Any:
        """Send parameters as they are: in the query of GET and DELETE, as JSON otherwise, or in `place`."""
        place = place or ("params" if method in ("GET", "DELETE") else "json")
        headers = {
            "authorization": f"Token token={self.token}",
            "accept": "application/vnd.procwise.v3",
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

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the control API about the customer's sandbox."""
        answer = self.client.request(method, f"/__admin/sandboxes/{self.sandbox}{path}", json=body)
        assert answer.status_code < 300, answer.text
        return answer

    def settings(self, **changes: Any) -> None:
        """Change settings of the sandbox."""
        self.control("PATCH", "/settings", {f"proctorexam.{name}": value for name, value in changes.items()})

    def passes(self, seconds: float) -> None:
        """Let time go by in the sandbox."""
        self.control("POST", "/clock/advance", {"seconds": seconds})
        self.ahead_ms += round(seconds * 1000)

    def new_sandbox(self, *, seed: bool = True) -> Customer:
        """Return the first user of a fresh sandbox."""
        made = self.client.post("/__admin/sandboxes", json={"seed": seed}).json()
        keys = made["credentials"]["proctorexam"]
        return Customer(self.client, self.machine_ms, keys["api_token"], keys["secret_key"], made["id"])

    def new_user(self, role: str, institute_id: int = 1) -> Customer:
        """Create a user and return the customer that its printed keys make."""
        user = self.user(role, institute_id)
        return replace(self, token=user["api_token"], secret=user["secret_key"])

    def user(self, role: str, institute_id: int = 1) -> dict[str, Any]:
        """Create a user and return it as it is printed."""
        fields = {
            "email": f"user{next(NONCES)}@example.com",
            "name": "Somebody",
            "password": "Passw0rd!",
            "password_confirmation": "Passw0rd!",
            "role": role,
        }
        found: dict[str, Any] = self.call("POST", f"/institutes/{institute_id}/users", fields).json()["user"]
        return found

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
