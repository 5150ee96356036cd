"""The pinned and hashed requirement files, resolved anew by `uv`."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = "python -m tests.supply_chain requirements"
HEADERS = {
    "requirements.txt": "What the server needs, with PostgreSQL, for Python 3.11 and newer",
    "requirements-build.txt": "What builds the package",
}
_PIN = re.compile(
    r"([a-z0-9-]+)==([^ ;\\]+)(?: ; ([^\\]+?))? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
)


def resolve() -> None:
    """Write both files.

    Raises:
        FileNotFoundError: uv is not installed.
    """
    if shutil.which("uv") is None:
        raise FileNotFoundError("uv is not installed: python3 -m pip install uv")
    _compile("requirements.txt", ["pyproject.toml", "--extra", "postgresql"], "")
    _compile("requirements-build.txt", ["-"], "\n".join(_build_requirements()))


def pins(name: str) -> dict[str, tuple[str, int]]:
    """Return the version of each package in a requirement file, and how many files of it are let in.

    Raises:
        ValueError: something in the file is no pin with hashes.
    """
    text = (ROOT / name).read_text(encoding="utf-8")
    body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    if rest := _PIN.sub("", body).strip():
        raise ValueError(f"{name}: no pin with hashes: {rest[:200]!r}")
    return {match[1]: (match[2], match[4].count("--hash")) for match in _PIN.finditer(body)}


def _build_requirements() -> list[str]:
    import tomllib

    with (ROOT / "pyproject.toml").open("rb") as file:
        requires: list[str] = tomllib.load(file)["build-system"]["requires"]
    return requires


def _compile(name: str, sources: list[str], text: str) -> None:
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade"]
    options += ["--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"]
    command = ["uv", "pip", "compile", *sources, *options]
    done = subprocess.run(command, check=False, input=text, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(done.stderr)
    header = (
        f"# {HEADERS[name]}: pinned and hashed, whatever registry it comes from.\n# Written by `{COMMAND}`.\n"
    )
    (ROOT / name).write_text(header + done.stdout, encoding="utf-8")
