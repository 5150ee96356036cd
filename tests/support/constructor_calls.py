"""Constructor's tokens, made with PyJWT as a client would, and its calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from starlette.testclient import TestClient

SECRET = "fake-constructor-jwt-secret-fake-fake-fake"
NOW = datetime(2026, 11, 21, 19, 37, 12, tzinfo=UTC)  # where the clock of each sandbox stands
NOW_SECONDS = int(NOW.timestamp())

# The body of the page's example, as it is printed there.
EXAMPLE: dict[str, Any] = {
    "accountId": 123,
    "accountName": "Corporate university",
    "examId": "a3875623",
    "courseName": "Physics",
    "examName": "Final test",
    "userAgreementUrl": "https://school.org/eula",
    "duration": 120,
    "schedule": True,
    "auxiliaryCamera": False,
    "proctoring": "online",
    "identification": "passport",
    "trial": False,
    "rules": {"allow_to_use_paper": True, "allow_to_use_calculator": False},
    "startDate": "2018-03-27T00:00:00Z",
    "endDate": "2018-03-30T12:55:00Z",
    "scoreConfig": {
        "cheaterLevel": 80,
        "extraUserInFrame": 1.0,
        "substitutionUser": 1.0,
        "noUserInFrame": 1.0,
        "avertEyes": 1.0,
        "changeActiveWindowOnComputer": 1.0,
        "forbiddenDevice": 1.0,
        "voiceDetected": 1.0,
        "phone": 1.0,
    },
    "visibleWarnings": {"warning_extra_user_in_frame": False, "warning_timeout": False},
}


def token(claims: dict[str, Any], secret: str = SECRET, **options: Any) -> str:
    """Sign claims with HS256."""
    return jwt.encode(claims, secret, algorithm=options.pop("algorithm", "HS256"), **options)


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def exam(**changes: Any) -> dict[str, Any]:
    """The example under an id of its own, with changes."""
    return {**EXAMPLE, "examId": "exam-1", **changes}


def claims(**changes: Any) -> dict[str, Any]:
    """Claims of a start that is possible now, as the guide's example has them."""
    return {
        "userId": "1232134",
        "lastName": "Smith",
        "firstName": "John",
        "language": "en",
        "accountId": 123,
        "accountName": "Corporate university",
        "examId": "exam-1",
        "courseName": "Physics",
        "examName": "Final test",
        "duration": 120,
        "schedule": False,
        "proctoring": "offline",
        "identification": "passport",
        "startDate": iso(NOW - timedelta(hours=1)),
        "endDate": iso(NOW + timedelta(days=2)),
        "sessionId": "828331bda025",
        "sessionUrl": "https://go.bananas.com/opentest#test/b3875623",
        **changes,
    }


def without(mapping: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in mapping.items() if name not in names}


@dataclass
class Integration:
    """One sandbox's integration: the calls of a client system and of its users' browsers."""

    client: TestClient
    sandbox: str
    name: str
    secret: str
    now_seconds: float = NOW_SECONDS

    @property
    def lms(self) -> str:
        return f"/constructor/api/v2/integration/simple/{self.name}"

    @property
    def browser(self) -> str:
        return f"/constructor/integration/simple/{self.name}"

    @property
    def admin(self) -> str:
        return f"/__admin/sandboxes/{self.sandbox}"

    def passes(self, seconds: float) -> None:
        """Let time go by in the sandbox."""
        self.now_seconds += seconds
        self.client.post(f"{self.admin}/clock/advance", json={"seconds": seconds})

    def token(self, parameters: dict[str, Any], **options: Any) -> str:
        return token(parameters, **{"secret": self.secret, **options})

    def header(self, seconds: float = 30, **options: Any) -> dict[str, str]:
        """A fresh header token (CP-016, CP-017)."""
        return {"Authorization": f"JWT {self.token({'exp': self.now_seconds + seconds}, **options)}"}

    def put_exam(self, body: Any, **options: Any) -> Any:
        return self.client.post(f"{self.lms}/exams/", json=body, headers=self.header(**options))

    def start(self, parameters: dict[str, Any], **options: Any) -> Any:
        form = {"token": self.token(parameters, **options)}
        return self.client.post(f"{self.browser}/start/", data=form)

    def page_of(self, parameters: dict[str, Any]) -> str:
        """Start, and return the address of the page that the browser is sent to."""
        location = self.start(parameters).headers["location"]
        return str(self.client.get(f"{self.browser}/start/{location}").url)

    def status(self, session_id: str = "828331bda025") -> Any:
        return self.client.get(f"{self.lms}/sessions/{session_id}/status/", headers=self.header())

    def finish(self, session_id: str = "828331bda025", body: Any = None) -> Any:
        path = f"{self.lms}/sessions/{session_id}/finish/"
        return self.client.post(path, json=body, headers=self.header())

    def archive(self, parameters: dict[str, Any], session_id: str = "828331bda025") -> Any:
        query = {"token": self.token(parameters)}
        return self.client.get(f"{self.browser}/archive/{session_id}/", params=query)

    def configure(self, **settings: Any) -> None:
        answer = self.client.patch(f"{self.admin}/settings", json={"constructor": settings})
        assert answer.status_code == 200, answer.text

    def happens(self, event: str, **fields: Any) -> Any:
        body = {"vendor": "constructor", "event": event, "session_id": "828331bda025", **fields}
        return self.client.post(f"{self.admin}/events", json=body)

    def deliveries(self) -> list[dict[str, Any]]:
        """The webhooks, oldest first."""
        return list(reversed(self.client.get(f"{self.admin}/deliveries").json()))

    def settled(self) -> list[dict[str, Any]]:
        """The webhooks, oldest first, once all that is due has been sent."""
        answer = self.client.post(f"{self.admin}/deliveries/settle")
        assert answer.status_code == 200, answer.text
        return list(reversed(answer.json()))

    def journal(self) -> list[dict[str, Any]]:
        """The requests, newest first."""
        entries: list[dict[str, Any]] = self.client.get(f"{self.admin}/requests").json()
        return entries


def integration_of(client: TestClient, sandbox: dict[str, Any]) -> Integration:
    """Return the integration of a sandbox, its clock standing at NOW."""
    credentials = sandbox["credentials"]["constructor"]
    found = Integration(client, sandbox["id"], credentials["integration_name"], credentials["jwt_secret"])
    client.put(f"{found.admin}/clock", json={"mode": "frozen", "at": iso(NOW)})
    return found
