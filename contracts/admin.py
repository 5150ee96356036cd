"""The control API of a mock server, spoken over plain HTTP: sandboxes, clock, settings.

A real vendor has none of this; contracts that need it run only when `--admin-url` is given.
"""

from typing import Any

import requests

from contracts.runclock import RunClock

TIMEOUT_SECONDS = 10


class AdminFailed(Exception):
    """The control API cannot be reached or refused what the run needs."""


class Admin:
    """One sandbox of the mock; requests here are not part of what is judged."""

    def __init__(self, url: str, token: str | None, clock: RunClock) -> None:
        self._url = url.rstrip("/")
        self._clock = clock
        self._session = requests.Session()
        self._session.trust_env = False
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"
        self.sandbox = "default"
        self.owns_sandbox = False

    def open_sandbox(self, name: str) -> dict[str, dict[str, str]]:
        """Create a fresh sandbox and work in it from now on; gives its credentials by vendor."""
        made = self._send("POST", "/sandboxes", {"name": name, "seed": True})
        self.sandbox = str(made["id"])
        self.owns_sandbox = True
        credentials: dict[str, dict[str, str]] = made["credentials"]
        return credentials

    def close_sandbox(self) -> None:
        if self.owns_sandbox:
            self._send("DELETE", f"/sandboxes/{self.sandbox}")
            self.owns_sandbox = False

    def base_url(self, vendor: str) -> str:
        """Where the mock says that a vendor is.

        Raises: AdminFailed.
        """
        for entry in _entries(self._send("GET", "/vendors")):
            if entry.get("name") == vendor and entry.get("base_url"):
                return str(entry["base_url"])
        raise AdminFailed(f"The control API at {self._url} does not say where {vendor} is: use --base-url.")

    def served_operations(self, vendor: str) -> set[str] | None:
        """Operation ids the mock says it serves, or None when it does not say."""
        for entry in _entries(self._send("GET", "/vendors")):
            if entry.get("name") == vendor:
                operations = entry.get("operations")
                served = operations.get("implemented") if isinstance(operations, dict) else operations
                return {str(_operation_id(item)) for item in served} if isinstance(served, list) else None
        return None

    def move_clock(self, seconds: float) -> None:
        """Move the sandbox's clock, and the run's with it, away from real time by this much in all."""
        self._send("PUT", f"/sandboxes/{self.sandbox}/clock", {"mode": "shifted", "offset_seconds": seconds})
        self._clock.offset_seconds = seconds

    def real_time(self) -> None:
        self._send("PUT", f"/sandboxes/{self.sandbox}/clock", {"mode": "real"})
        self._clock.offset_seconds = 0.0

    def change_settings(self, vendor: str, settings: dict[str, Any]) -> None:
        self._send("PATCH", f"/sandboxes/{self.sandbox}/settings", {vendor: settings})

    def event(self, vendor: str, event: str, **fields: Any) -> Any:
        """Something happens on the vendor's side, such as a candidate finishing."""
        return self._send(
            "POST", f"/sandboxes/{self.sandbox}/events", {"vendor": vendor, "event": event, **fields}
        )

    def settle(self) -> None:
        """Let every webhook that is due be sent, and wait until it is."""
        self._send("POST", f"/sandboxes/{self.sandbox}/deliveries/settle")

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        try:
            response = self._session.request(method, self._url + path, json=body, timeout=TIMEOUT_SECONDS)
        except requests.Timeout as error:
            late = f"{method} {path} of the control API was not answered within {TIMEOUT_SECONDS} s."
            raise AdminFailed(late) from error
        except requests.RequestException as error:
            raise AdminFailed(f"The control API at {self._url} cannot be reached.") from error
        if response.status_code >= 400:
            raise AdminFailed(
                f"{method} {path} of the control API answered {response.status_code}: {response.text[:300]}"
            )
        return response.json() if response.content else None


def _entries(answer: Any) -> list[dict[str, Any]]:
    listed = answer.get("vendors", answer) if isinstance(answer, dict) else answer
    if isinstance(listed, dict):
        return [{"name": name, **entry} for name, entry in listed.items() if isinstance(entry, dict)]
    return [entry for entry in listed if isinstance(entry, dict)]


def _operation_id(item: Any) -> Any:
    return item.get("id", item.get("operation")) if isinstance(item, dict) else item
