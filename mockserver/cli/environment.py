"""Settings from options and environment: every option of `serve` is also `MOCKSERVER_<NAME>`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from mockserver.clock import Machine
from mockserver.credentials import url_safe
from mockserver.errors import UsageError
from mockserver.protocol import PARSERS
from mockserver.request_log import WISHES as LOGGED_REQUESTS
from mockserver.settings import (
    DEFAULT_DATABASE,
    LOOPBACK_HOSTS,
    Settings,
    read_trusted_proxies,
    read_webhook_hosts,
)

PREFIX = "MOCKSERVER_"
CREDENTIALS = {  # by vendor, so that a server starts without asking the rooms
    "consero": ("api_key",),
    "proctorexam": ("api_token", "secret_key"),
    "constructor": ("integration_name", "jwt_secret"),
}
LOG_FORMATS = ("text", "json")
DURABILITIES = ("process", "power")


def add_server_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that make up `Settings`; their defaults come from the environment."""
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", help="port, 0 for any free one (default 8000)")
    parser.add_argument(
        "--database",
        metavar="URL",
        help=f"sqlite:///FILE, sqlite:// for memory, postgresql+psycopg://… (default {DEFAULT_DATABASE})",
    )
    parser.add_argument("--workers", metavar="N", help="number of server processes (default 1)")
    parser.add_argument(
        "--durability", metavar="WHAT", help="what SQLite survives: process (default) or power"
    )
    parser.add_argument(
        "--trusted-proxies", metavar="CIDR,…", help="proxies whose X-Forwarded-For is believed (default none)"
    )
    parser.add_argument(
        "--webhook-hosts", metavar="HOST,…", help="hosts besides this machine that webhooks may go to"
    )
    parser.add_argument("--admin-token", metavar="TOKEN", help="token for the control API")
    parser.add_argument("--seed-file", metavar="FILE", help="YAML with faults that are armed from the start")
    parser.add_argument("--log-format", metavar="FORMAT", help="text (default) or json")
    parser.add_argument(
        "--log-requests", metavar="WHICH", help="a line for each request: none (default), refused or all"
    )
    parser.add_argument(
        "--http", metavar="PARSER", help="parser of HTTP: auto (default, the quicker one), httptools or h11"
    )


def settings_from(options: argparse.Namespace, environment: Mapping[str, str]) -> Settings:
    """Return the settings; an option wins over its variable.

    Raises:
        UsageError: a value cannot be used, or a variable is misspelt.
    """
    given = _Given(options, environment)
    host = given.text("host", "127.0.0.1")
    admin_token = given.text("admin_token", "") or None
    if admin_token is None and host not in LOOPBACK_HOSTS:
        admin_token = url_safe(Machine().random_bytes(24), 32)
    workers = given.number("workers", 1, least=1, most=64)
    database = given.text("database", DEFAULT_DATABASE)
    if workers > 1 and database in ("sqlite://", "sqlite:///:memory:"):
        raise UsageError(
            "several workers cannot share a database in memory: name a file with --database sqlite:///FILE"
        )
    return Settings(
        host=host,
        port=given.number("port", int(environment.get("PORT", "") or 8000), least=0, most=65535),
        database=database,
        durability=given.choice("durability", DURABILITIES),
        workers=workers,
        trusted_proxies=read_trusted_proxies(given.text("trusted_proxies", "")),
        webhook_hosts=read_webhook_hosts(given.text("webhook_hosts", "")),
        admin_token=admin_token,
        seed_file=given.text("seed_file", "") or None,
        log_format=given.choice("log_format", LOG_FORMATS),
        log_requests=given.choice("log_requests", LOGGED_REQUESTS),
        http=given.choice("http", PARSERS),
        credentials=_credentials(environment),
        hosts={
            vendor: tuple(
                host.strip()
                for host in environment.get(f"{PREFIX}{vendor.upper()}_HOSTS", "").split(",")
                if host.strip()
            )
            for vendor in CREDENTIALS
        },
        vendor_settings=_vendor_settings(environment),
    )


class _Given:
    """Looks a name up among the options first, then in the environment."""

    def __init__(self, options: argparse.Namespace, environment: Mapping[str, str]) -> None:
        self._options = options
        self._environment = environment

    def text(self, name: str, default: str) -> str:
        value = getattr(self._options, name, None)
        return value if value is not None else self._environment.get(PREFIX + name.upper(), default)

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        text = self.text(name, str(default))
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise UsageError(f"{self._called(name)} must be a number from {least} to {most}, not {text!r}")
        return int(text)

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        text = self.text(name, choices[0])
        if text not in choices:
            raise UsageError(f"{self._called(name)} must be {' or '.join(choices)}, not {text!r}")
        return text

    def _called(self, name: str) -> str:
        """Return what the user wrote: the option, or the variable where there is no option."""
        if getattr(self._options, name, None) is None:
            return PREFIX + name.upper()
        return f"--{name.replace('_', '-')}"


def _credentials(environment: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for vendor, names in CREDENTIALS.items():
        for name in names:
            value = environment.get(f"{PREFIX}{vendor.upper()}_{name.upper()}")
            if value:
                found.setdefault(vendor, {})[name] = value
    return found


def _vendor_settings(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return the defaults of sandbox settings; lists are separated by commas."""
    networks = environment.get(f"{PREFIX}CONSERO_ALLOWED_NETWORKS")
    if networks is None:
        return {}
    return {
        "consero": {"allowed_networks": [entry.strip() for entry in networks.split(",") if entry.strip()]}
    }
