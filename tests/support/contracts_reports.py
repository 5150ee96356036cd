"""A run of the contracts, and its JSON report by what tests ask it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from contracts.cli import main

CREDENTIALS = (
    "CONSERO_API_KEY",
    "PROCTOREXAM_API_TOKEN",
    "PROCTOREXAM_SECRET_KEY",
    "CONSTRUCTOR_INTEGRATION_NAME",
    "CONSTRUCTOR_JWT_SECRET",
)


def judge_as_owner(out: Path, *options: str) -> int:
    """`contracts run` without credentials: it opens a sandbox of its own and takes those."""
    with pytest.MonkeyPatch.context() as environment:
        for name in CREDENTIALS:
            environment.delenv(f"CONTRACTS_{name}", raising=False)
        return main(["run", *options, "--report", "json", "--out", str(out), "--quiet"])


@dataclass
class Report:
    results: dict[str, Any]
    size_bytes: int = 0

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

    @property
    def sightings(self) -> list[tuple[str, str, str]]:
        """What was seen and not documented, whenever it was."""
        return [(one["operation"], one["kind"], one["what"]) for one in self.extra["undocumented"]]

    def ids(self, standing: str, *evidence: str) -> list[str]:
        """Statements of some evidence levels that stand so."""
        return [
            test["extra"]["id"]
            for test in self.results["tests"]
            if test["extra"]["evidence"] in evidence and test["extra"]["standing"] == standing
        ]


def read_report(out: Path, vendor: str) -> Report:
    """The report of a run that was told to write to `out`."""
    text = (out / f"contracts-{vendor}.json").read_bytes()
    return Report(json.loads(text)["results"], size_bytes=len(text))
