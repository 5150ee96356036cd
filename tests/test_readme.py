"""README.md is true: its tables are those of the code, its commands print what it shows."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from readme_tables import README, with_tables

from mockserver.cli.banner import banner
from mockserver.settings import Settings

TEXT = README.read_text(encoding="utf-8")
ANY_TEXT = "…"


@dataclass(frozen=True)
class Step:
    """One `$ command` of a console block and the output that README shows below it."""

    section: str
    command: str
    output: str


def steps() -> Iterator[Step]:
    """Yield the steps of every ```console block, in order."""
    section = ""
    for heading, block in re.findall(
        r"^## ([^\n]+)$|^```console\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL
    ):
        section = heading or section
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = re.sub(r"\\\n\s*", " ", part).partition("\n")
            yield Step(section, command, output)


def matches(shown: str, printed: str) -> bool:
    """Compare what README shows with what was printed; `…` stands for any text."""
    pattern = ".*?".join(re.escape(part) for part in shown.strip().split(ANY_TEXT))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def test_generated_tables_are_up_to_date() -> None:
    assert with_tables(TEXT) == TEXT, "run: python tests/support/readme_tables.py"


def test_banner_is_the_one_shown() -> None:
    start = next(step for step in steps() if step.command.endswith("mockserver serve"))
    assert start.output.strip() == banner(Settings())


@pytest.fixture(scope="module")
def readme_server(
    tmp_path_factory: pytest.TempPathFactory, serve_for_module: Any
) -> Iterator[tuple[Any, Path]]:
    """A server of its own for all steps, which build on each other, with the named Python blocks as files."""
    folder = tmp_path_factory.mktemp("readme")
    for name, program in re.findall(r"(?ms)^```python\n# (\w+\.py)\n(.*?)^```$", TEXT):
        (folder / name).write_text(program, encoding="utf-8")
    with serve_for_module("--database", f"sqlite:///{folder}/readme.db") as server:
        yield server, folder


def test_commands_print_what_is_shown(readme_server: Any) -> None:
    server, folder = readme_server
    environment = {**os.environ, "MOCKSERVER_URL": server.url, "PYTEST_ADDOPTS": ""}
    wrong = []
    for step in steps():
        if step.section == "Start":  # these two are run by .ci/run, in a fresh environment
            continue
        command = step.command.replace("http://127.0.0.1:8000", server.url).replace(
            "127.0.0.1:8000", server.url[7:]
        )
        result = subprocess.run(
            ["bash", "-c", command],
            capture_output=True,
            text=True,
            cwd=folder,
            env=environment,
            timeout=120,
            check=False,
        )
        printed = (result.stdout + result.stderr).replace(server.url, "http://127.0.0.1:8000")
        printed = printed.replace(server.url[7:], "127.0.0.1:8000")
        if not matches(step.output, printed):
            wrong.append(f"{step.section}: $ {step.command}\nshown:\n{step.output}\nprinted:\n{printed}")
    assert not wrong, "\n\n".join(wrong)
