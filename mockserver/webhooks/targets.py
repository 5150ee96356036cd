"""Where a webhook may go: this machine, and hosts that whoever runs the server has named."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

MAX_URL_CHARACTERS = 2_000
_PLAIN = re.compile(r"[\x21-\x7e]+", re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443}


class TargetRefused(ValueError):
    """The URL is none that a webhook may be sent to; the message says why and what to do."""


@dataclass(frozen=True)
class Target:
    """A URL taken apart: `path` is what stands in the request line, `host` has no brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The value of the header `Host`."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _DEFAULT_PORTS[self.scheme] else f"{name}:{self.port}"


def read_target(url: str) -> Target:
    """Take a URL apart.

    Raises:
        TargetRefused: it is no plain http or https URL.
    """
    if len(url) > MAX_URL_CHARACTERS or not _PLAIN.fullmatch(url):
        raise TargetRefused(f"a URL has at most {MAX_URL_CHARACTERS} printable ASCII characters and no blank")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise TargetRefused("the host or the port cannot be read") from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise TargetRefused("a webhook goes to an http or https URL")
    if not parts.hostname:
        raise TargetRefused("the URL names no host")
    if "@" in parts.netloc:
        raise TargetRefused("a URL with user and password is not taken")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, port or _DEFAULT_PORTS[parts.scheme], path)


def check_host(target: Target, allowed_hosts: Collection[str]) -> None:
    """Refuse a host that is neither this machine nor named when the server was started.

    Raises:
        TargetRefused: with the setting that would allow it.
    """
    if target.host not in allowed_hosts and not _names_this_machine(target.host):
        raise TargetRefused(
            f"webhooks go to this machine only, not to {target.host!r}: start the server with "
            f"--webhook-hosts {target.host} (or MOCKSERVER_WEBHOOK_HOSTS) to allow it"
        )


async def resolve(target: Target, allowed_hosts: Collection[str]) -> str:
    """Return the address to connect to; a name of this machine must lead to this machine.

    The caller connects to that very address, so that a second look-up cannot lead elsewhere.

    Raises:
        TargetRefused: not allowed, or a name of this machine that leads elsewhere.
        OSError: the name cannot be resolved.
    """
    check_host(target, allowed_hosts)
    if target.host.endswith(".localhost"):  # RFC 6761: always this machine; resolvers do not all know it
        return "127.0.0.1"
    found = await asyncio.get_running_loop().getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [str(item[4][0]) for item in found]
    if target.host not in allowed_hosts and not all(ip_address(one).is_loopback for one in addresses):
        raise TargetRefused(f"{target.host!r} leads to another machine")
    return addresses[0]


def _names_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
