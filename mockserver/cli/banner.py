"""What `mockserver serve` says when it is ready: to people, or to programs."""

from __future__ import annotations

import json
from typing import Any

from mockserver import __version__
from mockserver.settings import Settings


def ready_line(settings: Settings) -> str:
    """Return one line of JSON: where everything is, and what opens it."""
    return json.dumps(
        {
            "url": settings.url,
            "admin_url": f"{settings.url}/__admin",
            "console_url": f"{settings.url}/__admin/console",
            "admin_token": settings.admin_token,
            "vendors": access(settings),
        }
    )


def banner(settings: Settings) -> str:
    """Return the welcome: each vendor's address, credentials, and one command that works as it stands."""
    lines = [f"mockserver {__version__} is ready at {settings.url}", ""]
    for facts in access(settings).values():
        lines.append(facts["title"])
        lines += [f"  {key:17}{value}" for key, value in facts.items() if key not in ("title", "try")]
        lines += [f"  {'try':17}{facts['try']}", ""]
    lines.append(f"console             {settings.url}/__admin/console")
    lines.append(f"control API         {settings.url}/__admin")
    if settings.admin_token:
        lines.append(f"admin token         {settings.admin_token}")
    lines.append(f"store               {settings.shown_database}")
    if not settings.is_loopback:
        lines += ["", f"WARNING: listening on {settings.host}, others on the network can reach this server."]
    return "\n".join(lines)


def access(settings: Settings) -> dict[str, dict[str, Any]]:
    """Return, for each vendor, its base URL, the credentials of `default` and a command to try."""
    from mockserver.vendors import all_vendors  # noqa: PLC0415 - `--help` does without the rooms

    found: dict[str, dict[str, Any]] = {}
    for vendor in all_vendors():
        base_url = f"{settings.url}/{vendor.name}{vendor.base_path}"
        credentials = {**vendor.default_credentials, **settings.credentials.get(vendor.name, {})}
        found[vendor.name] = {
            "title": vendor.title,
            "base_url": base_url,
            **credentials,
            "try": vendor.try_this(base_url, credentials, settings.send_command),
        }
    return found
