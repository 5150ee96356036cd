"""What a server is started with: options of `mockserver serve`, each also as `MOCKSERVER_<NAME>`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mockserver.access.address import Network, read_network
from mockserver.errors import UsageError

DEFAULT_DATABASE = "sqlite:///proctormock.db"
DEFAULT_PORT = 8000
LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Settings:
    """Everything a server needs to know before it starts; nothing here changes while it runs."""

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    database: str = DEFAULT_DATABASE
    durability: str = "process"
    workers: int = 1
    trusted_proxies: tuple[Network, ...] = ()
    webhook_hosts: tuple[str, ...] = ()
    admin_token: str | None = None
    log_format: str = "text"
    log_requests: str = "none"
    http: str = "auto"
    max_body_bytes: int = 1024 * 1024
    max_upload_bytes: int = 8 * 1024 * 1024
    body_seconds: float = 30.0
    journal_entries: int = 1000
    journal_bytes: int = 8 * 1024 * 1024
    seed_file: str | None = None
    run: str = ""  # names this start of the server, for all of its workers
    counts_folder: str = ""  # where several workers exchange what they counted
    credentials: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    hosts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    vendor_settings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_loopback(self) -> bool:
        """Tell whether the server listens on this machine only."""
        return self.host in LOOPBACK_HOSTS

    @property
    def url(self) -> str:
        """The URL under which a caller on this machine reaches the server."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - a name, no binding
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def shown_database(self) -> str:
        """The database URL without a password, for people."""
        return re.sub(r"(//[^:/@]*):[^@/]*@", r"\1:…@", self.database)

    @property
    def send_command(self) -> str:
        """How `mockserver send` is called for this server."""
        return "mockserver send" if self.port == DEFAULT_PORT else f"mockserver send --url {self.url}"


def read_trusted_proxies(text: str) -> tuple[Network, ...]:
    """Read `--trusted-proxies CIDR,…`.

    Raises:
        UsageError: an entry is no network.
    """
    try:
        return tuple(read_network(entry) for entry in text.split(",") if text)
    except ValueError as problem:
        raise UsageError(f"--trusted-proxies: {problem}") from None


def read_webhook_hosts(text: str) -> tuple[str, ...]:
    """Read `--webhook-hosts HOST,…`: names and addresses, besides this machine, that webhooks may go to.

    Raises:
        UsageError: an entry is no host.
    """
    hosts = tuple(entry.strip().lower().strip("[]") for entry in text.split(",") if entry.strip())
    for host in hosts:
        if not re.fullmatch(r"[0-9a-z_.:-]{1,253}", host):
            raise UsageError(f"--webhook-hosts: {host!r} is no host: write names or addresses, no URLs")
    return hosts
