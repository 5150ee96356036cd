"""Inputs that a fuzzer has found, one a line as Python writes bytes, apart by whether they are read."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
OUTCOMES = {True: "read", False: "refused"}


def inputs_of(target: str, *, is_read: bool) -> list[bytes]:
    """Return the inputs that are kept for a target and have to be read, or refused."""
    lines = _file(target, is_read).read_text(encoding="ascii").splitlines()
    return [ast.literal_eval(line) for line in lines]


def keep(target: str, inputs: list[bytes], read: Callable[[bytes], bool]) -> None:
    """Keep these inputs, shortest first, apart by what `read` says of them now."""
    ordered = sorted(set(inputs), key=lambda data: (len(data), data))
    outcomes = [read(data) for data in ordered]
    for is_read in OUTCOMES:
        lines = [f"{data!r}\n" for data, outcome in zip(ordered, outcomes, strict=True) if outcome is is_read]
        _file(target, is_read).write_text("".join(lines), encoding="ascii")


def _file(target: str, is_read: bool) -> Path:
    return FOLDER / target / f"{OUTCOMES[is_read]}.txt"
