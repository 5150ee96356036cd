"""Faults that are there from the start: `mockserver serve --seed-file FILE`.

    sandboxes:
      default:
        faults:
          - {fault: status, code: 503, vendor: consero, times: 2}

A sandbox that does not exist is made, under the id that the file gives it. A reset arms its faults again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mockserver.complaints import sentences
from mockserver.errors import UsageError
from mockserver.faults.kinds import AnyFault
from mockserver.faults.rule_check import RuleMeansNothing, check
from mockserver.vendor import Vendor

MAX_BYTES = 1_000_000
EXAMPLE = "'sandboxes: {default: {faults: [{fault: status, code: 503, vendor: consero, times: 2}]}}'"

SandboxId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
FaultsAtStart = Mapping[str, Sequence[AnyFault]]


class SandboxAtStart(BaseModel):
    """What a sandbox has from the start."""

    model_config = ConfigDict(extra="forbid", defer_build=True)  # most servers start without a file

    faults: list[AnyFault] = Field(default_factory=list)


class SeedFile(BaseModel):
    """A whole file."""

    model_config = ConfigDict(extra="forbid", defer_build=True)  # most servers start without a file

    sandboxes: dict[SandboxId, SandboxAtStart]


def read_seed_file(name: str | None, vendors: Sequence[Vendor]) -> FaultsAtStart:
    """Return the faults of a seed file by sandbox, none where no file is named.

    Raises:
        UsageError: the file cannot be read, or holds something else; the message says where.
    """
    if name is None:
        return {}
    try:
        found = SeedFile.model_validate(_read(name))
    except ValidationError as problem:
        raise UsageError(f"{name}: {sentences(problem.errors())}; a seed file looks like {EXAMPLE}") from None
    for sandbox_id, start in found.sandboxes.items():
        for number, rule in enumerate(start.faults):
            try:
                check(rule, vendors)
            except RuleMeansNothing as problem:
                raise UsageError(f"{name}: sandboxes.{sandbox_id}.faults.{number}.{problem}") from None
    return {sandbox_id: start.faults for sandbox_id, start in found.sandboxes.items()}


def _read(name: str) -> Any:
    try:
        raw = Path(name).read_bytes()
    except OSError as problem:
        raise UsageError(f"the seed file {name} cannot be read: {problem.strerror or problem}") from None
    if len(raw) > MAX_BYTES:
        raise UsageError(f"the seed file {name} is larger than {MAX_BYTES} bytes")
    import yaml  # noqa: PLC0415 - most servers start without a seed file, and quickly

    try:
        return yaml.safe_load(raw)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        where = getattr(problem, "problem_mark", None)
        line = f" in line {where.line + 1}" if where else ""
        raise UsageError(f"the seed file {name} is no YAML{line}") from None
