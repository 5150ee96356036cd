"""One sandbox of a running server, as a test or a command handles it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from mockserver.client.controls import ControlApi, ControlRefused
from mockserver.client.http import Reply, exchange
from mockserver.clock import Machine, as_datetime, as_ms
from mockserver.errors import UsageError
from mockserver.signing import sign
from mockserver.signing.wish import SignedRequest, Wish

DEFAULT = "default"


class SandboxClock:
    """The clock of one sandbox."""

    def __init__(self, sandbox: SandboxHandle) -> None:
        self._control = sandbox.control

    def show(self) -> dict[str, Any]:
        """Return mode and time as the server shows them."""
        shown: dict[str, Any] = self._control("clock.show")
        return shown

    def now(self) -> datetime:
        """Return what time it is in the sandbox."""
        return datetime.fromisoformat(self.show()["now"])

    def freeze(self, at: datetime | str | None = None) -> datetime:
        """Let it stand still, now or at a moment (with its offset from UTC)."""
        return self._set({"mode": "frozen"} if at is None else {"mode": "frozen", "at": _moment(at)})

    def set(self, at: datetime | str) -> datetime:
        """Let it go on from a moment."""
        return self._set({"mode": "shifted", "at": _moment(at)})

    def shift(self, seconds: float) -> datetime:
        """Let it run ahead of the machine's by so many seconds, behind it when negative."""
        return self._set({"mode": "shifted", "offset_seconds": seconds})

    def advance(self, seconds: float) -> datetime:
        """Move it forward, or back when negative; a frozen one stays frozen."""
        return datetime.fromisoformat(self._control("clock.advance", {"seconds": seconds})["now"])

    def real(self) -> datetime:
        """Let it show the machine's time again."""
        return self._set({"mode": "real"})

    def _set(self, body: dict[str, Any]) -> datetime:
        return datetime.fromisoformat(self._control("clock.set", body)["now"])


class SandboxHandle:
    """A world of its own: its credentials, clock, faults and journal. Made by `new`, removed by `delete`."""

    def __init__(self, api: ControlApi, facts: Mapping[str, Any]) -> None:
        self.api = api
        self.id: str = facts["id"]
        self.name: str = facts["name"]
        self.created_at: str = facts["created_at"]
        self._credentials: Mapping[str, dict[str, str]] = facts["credentials"]
        self.clock = SandboxClock(self)

    @classmethod
    def open(cls, api: ControlApi, sandbox_id: str = DEFAULT) -> SandboxHandle:
        """Return the sandbox with this id.

        Raises:
            ControlRefused: there is none.
        """
        return cls(api, api.call("sandboxes.show", sandbox_id=sandbox_id))

    @classmethod
    def new(
        cls,
        api: ControlApi,
        *,
        name: str | None = None,
        seed: bool = True,
        ttl_seconds: float | None = None,
    ) -> SandboxHandle:
        """Make a sandbox, with the examples of the vendors' pages unless `seed` is false."""
        wish = {"name": name, "seed": seed, "ttl_seconds": ttl_seconds}
        body = {key: value for key, value in wish.items() if value is not None}
        return cls(api, api.call("sandboxes.create", body))

    @classmethod
    def copy(cls, api: ControlApi, world: Mapping[str, Any]) -> SandboxHandle:
        """Make a sandbox, with credentials of its own, from an exported world.

        Raises:
            ControlRefused: it is none of this server's.
        """
        return cls(api, api.call("sandboxes.import", world))

    def control(self, name: str, body: Any = None, /, **values: Any) -> Any:
        """Carry out any control of this sandbox by its name, e.g. `snapshots.create`."""
        return self.api.call(name, body, sandbox_id=self.id, **values)

    def credentials(self, vendor: str) -> dict[str, str]:
        """Return `base_url` and what the vendor hands out: api key, token and secret, or integration.

        Raises:
            UsageError: no vendor has this name.
        """
        if vendor not in self._credentials:
            raise UsageError(f"there is no vendor {vendor!r}: use {', '.join(self._credentials)}")
        return dict(self._credentials[vendor])

    def base_url(self, vendor: str) -> str:
        """Return what a client of the vendor is configured with."""
        return self.credentials(vendor)["base_url"]

    def env(self, vendor: str | None = None) -> dict[str, str]:
        """Return credentials as environment variables, e.g. `CONSERO_BASE_URL` and `CONSERO_API_KEY`."""
        found = {}
        for each in [vendor] if vendor else self._credentials:
            for name, value in self.credentials(each).items():
                found[f"{each}_{name}".upper()] = value
        return found

    def settings(self, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return all settings, after making `changes` such as `{"consero.exam_completion": "immediate"}`."""
        if changes is None:
            name, body = "settings.show", None
        else:
            name, body = "settings.change", dict(changes)
        found: dict[str, Any] = self.control(name, body)
        return found

    def sign(self, vendor: str, wish: Wish) -> SignedRequest:
        """Return the request, signed with this sandbox's credentials at this sandbox's time."""
        now_ms = as_ms(self.clock.now())
        return sign(
            vendor, wish, self.credentials(vendor), now_ms=now_ms, random_bytes=Machine().random_bytes
        )

    def send(
        self,
        vendor: str,
        method: str,
        path: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        **wish: Any,
    ) -> Reply:
        """Sign a request, send it, and return the answer whatever its status; `wish` as in `signing.Wish`."""
        pairs = tuple(headers.items() if isinstance(headers, Mapping) else headers)
        request = self.sign(vendor, Wish(method.upper(), path, dict(parameters or {}), headers=pairs, **wish))
        return exchange(request.method, request.url, request.headers, request.body)

    def requests(self, **filters: Any) -> list[dict[str, Any]]:
        """Return journal entries, newest first; `filters` are those of the control `requests.list`."""
        found: list[dict[str, Any]] = self.control("requests.list", **filters)
        return found

    def request(self, request_id: str) -> dict[str, Any]:
        """Return one journal entry with its explanation.

        Raises:
            ControlRefused: this sandbox has no such entry (any more).
        """
        found: dict[str, Any] = self.control("requests.show", request_id=request_id)
        return found

    def entry_of(self, reply: Reply) -> dict[str, Any] | None:
        """Return the journal entry of an answer; a credential of nobody is written down in `default`."""
        request_id = reply.header("x-mock-request-id")
        return self.find(request_id) if request_id and request_id != "none" else None

    def find(self, request_id: str) -> dict[str, Any] | None:
        """Return a journal entry of this sandbox or of `default`, None where neither has it."""
        for sandbox_id in dict.fromkeys((self.id, DEFAULT)):
            try:
                found: dict[str, Any] = self.api.call(
                    "requests.show", sandbox_id=sandbox_id, request_id=request_id
                )
            except ControlRefused as refusal:
                if refusal.status != 404:
                    raise
            else:
                return found
        return None

    def count(self, **filters: Any) -> int:
        """Return how many requests the journal holds; `filters` are those of the control `requests.count`."""
        counted: int = self.control("requests.count", filters)["count"]
        return counted

    def fault(self, fault: str, **rule: Any) -> dict[str, Any]:
        """Arm a fault, e.g. `fault("status", code=503, vendor="consero", times=1)`; return it with its id."""
        armed: dict[str, Any] = self.control("faults.add", {"fault": fault, **rule})
        return armed

    def faults(self) -> list[dict[str, Any]]:
        """Return the faults that are armed."""
        found: list[dict[str, Any]] = self.control("faults.list")
        return found

    def clear_faults(self) -> None:
        """Disarm every fault."""
        self.control("faults.clear")

    def event(self, vendor: str, event: str, **facts: Any) -> Any:
        """Let something happen on the vendor's side, e.g. a candidate finishes."""
        return self.control("events.create", {"vendor": vendor, "event": event, **facts})

    def deliveries(self) -> list[dict[str, Any]]:
        """Return the webhooks that were sent, each with its attempts."""
        found: list[dict[str, Any]] = self.control("deliveries.list")
        return found

    def settle(self) -> list[dict[str, Any]]:
        """Do all that is due, events and webhooks; return the webhooks. Nothing is left to wait for."""
        found: list[dict[str, Any]] = self.control("deliveries.settle")
        return found

    def snapshot(self, name: str) -> None:
        """Save the world as it is now."""
        self.control("snapshots.create", {"name": name})

    def restore(self, name: str) -> None:
        """Put a saved world back."""
        self.control("snapshots.restore", name=name)

    def reset(self) -> None:
        """Bring the world back to its seed; nonces and journal are emptied."""
        self.control("sandboxes.reset")

    def delete(self) -> None:
        """Remove the sandbox with all that belongs to it; one that is gone already is no error."""
        try:
            self.control("sandboxes.delete")
        except ControlRefused as refusal:
            if refusal.status != 404:
                raise


def _moment(at: datetime | str) -> str:
    if isinstance(at, str):
        return at
    if at.tzinfo is None:
        raise UsageError(f"{at!r} has no offset from UTC: use datetime(…, tzinfo=UTC)")
    return as_datetime(as_ms(at)).isoformat()
