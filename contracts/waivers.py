"""Violations that somebody knows and accepts, from a YAML list of id, date and reason."""

from pathlib import Path
from typing import Any

import yaml

from contracts.verdict import Waiver


class WaiversError(Exception):
    """The waivers file cannot be used."""


def load_waivers(file: Path | None) -> dict[str, Waiver]:
    """Waivers by statement id; every one needs an id, a date and a reason.

    Raises: WaiversError.
    """
    if file is None:
        return {}
    try:
        entries: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise WaiversError(f"The waivers file {file} cannot be read: {error.strerror}.") from error
    except yaml.YAMLError as error:
        raise WaiversError(f"The waivers file {file} is no YAML: {error}") from error
    waivers = {}
    for entry in entries or []:
        given = isinstance(entry, dict) and all(entry.get(name) for name in ("id", "date", "reason"))
        if not given:
            raise WaiversError(f"A waiver needs id, date and reason: {entry!r}")
        waivers[str(entry["id"])] = Waiver(str(entry["id"]), str(entry["date"]), str(entry["reason"]))
    return waivers
