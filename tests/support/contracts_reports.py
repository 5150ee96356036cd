"""The JSON report of a run, by what tests ask it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Report:
    results: dict[str, Any]

    @property
    def standings(self) -> dict[str, str]:
        return {test["extra"]["id"]: test["extra"]["standing"] for test in self.results["tests"]}

    def reason(self, statement: str) -> str:
        return next(
            str(test["message"]) for test in self.results["tests"] if test["extra"]["id"] == statement
        )

    @property
    def extra(self) -> dict[str, Any]:
        return dict(self.results["extra"])

    def ids(self, standing: str, *evidence: str) -> list[str]:
        """Statements of some evidence levels that stand so."""
        return [
            test["extra"]["id"]
            for test in self.results["tests"]
            if test["extra"]["evidence"] in evidence and test["extra"]["standing"] == standing
        ]


def read_report(out: Path, vendor: str) -> Report:
    """The report of a run that was told to write to `out`."""
    return Report(json.loads((out / f"contracts-{vendor}.json").read_text(encoding="utf-8"))["results"])
