"""What a server is started with: options of `mockserver serve`, each also as `MOCKSERVER_<NAME>`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mockserver.access.address import Network, read_network
from mockserver.errors import UsageError

DEFAULT_DATABASE = "sqlite:///proctormock.db"
LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Settings:
    """Everything a server needs to know before it starts; nothing here changes while it runs."""

    host: str = "127.0.0.1"
    port: int = 8000
    database: str = DEFAULT_DATABASE
    durability: str = "process"
    workers: int = 1
    trusted_proxies: tuple[Network, ...] = ()
    admin_token: str | None = None
    log_format: str = "text"
    public_url: str | None = None
    max_body_bytes: int = 1024 * 1024
    max_upload_bytes: int = 8 * 1024 * 1024
    body_seconds: float = 30.0
    journal_entries: int = 1000
    credentials: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    hosts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    vendor_settings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_loopback(self) -> bool:
        """Tell whether the server listens on this machine only."""
        return self.host in LOOPBACK_HOSTS


def read_trusted_proxies(text: str) -> tuple[Network, ...]:
    """Read `--trusted-proxies CIDR,…`.

    Raises:
        UsageError: an entry is no network.
    """
    try:
        return tuple(read_network(entry) for entry in text.split(",") if text)
    except ValueError as problem:
        raise UsageError(f"--trusted-proxies: {problem}") from None
