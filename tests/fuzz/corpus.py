"""Inputs that a fuzzer has found, one a line, as Python writes bytes."""

from __future__ import annotations

import ast
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"


def inputs_of(target: str) -> list[bytes]:
    """Return the inputs that are kept for a target."""
    lines = (FOLDER / f"{target}.txt").read_text(encoding="ascii").splitlines()
    return [ast.literal_eval(line) for line in lines]


def keep(target: str, inputs: list[bytes]) -> None:
    """Keep these inputs, shortest first."""
    ordered = sorted(set(inputs), key=lambda data: (len(data), data))
    (FOLDER / f"{target}.txt").write_text("".join(f"{data!r}\n" for data in ordered), encoding="ascii")
