"""Violations that somebody knows and accepts, from a YAML list of id, date and reason."""

from pathlib import Path
from typing import Any

import yaml

from contracts.verdict import Waiver

EXAMPLE = "write '- {id: CO-028, date: 2026-11-21, reason: known to the vendor}'."


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
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        raise WaiversError(f"The waivers file {file} is no YAML{line}.") from error
    if not isinstance(entries, list | None):
        raise WaiversError(f"The waivers file {file} is no list: {EXAMPLE}")
    waivers = {}
    for number, entry in enumerate(entries or [], start=1):
        given = isinstance(entry, dict) and all(entry.get(name) for name in ("id", "date", "reason"))
        if not given:
            raise WaiversError(f"Waiver {number} in {file} lacks id, date or reason: {EXAMPLE}")
        waivers[str(entry["id"])] = Waiver(str(entry["id"]), str(entry["date"]), str(entry["reason"]))
    return waivers
