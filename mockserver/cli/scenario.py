"""`mockserver scenario`: play scenario files, and show those that come along."""

from __future__ import annotations

import argparse
import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockserver.cli.connection import add_server_arguments, open_api, print_json, printable
from mockserver.client.controls import ControlApi
from mockserver.client.sandbox import SandboxHandle
from mockserver.errors import UsageError

if TYPE_CHECKING:
    from mockserver.scenarios.script import Script

EXAMPLES = Path(__file__).parent.parent / "scenarios" / "examples"
TTL_SECONDS = 60 * 60  # a scenario that was killed leaves its sandbox behind for so long


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with scenarios."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    run_ = actions.add_parser("run", help="play files, or examples by name")
    run_.add_argument("files", nargs="+", metavar="FILE", help="a YAML file, or the name of an example")
    run_.add_argument("--sandbox", metavar="ID", help="play in this one and leave it; else in a fresh one")
    run_.add_argument("--own-server", action="store_true", help="start a server for this, in memory")
    run_.set_defaults(act=_run)
    add_server_arguments(run_)
    listing = actions.add_parser("list", help="list the examples")
    listing.set_defaults(act=_list)
    show = actions.add_parser("show", help="print an example, to start from")
    show.add_argument("name", metavar="NAME")
    show.set_defaults(act=_show)


def run(options: argparse.Namespace) -> int:
    """Do it; `scenario run` returns 1 if something was not as expected.

    Raises:
        UsageError: a file that cannot be played, or no server.
    """
    result: int = options.act(options)
    return result


def _run(options: argparse.Namespace) -> int:
    from mockserver.scenarios.script import read_script  # noqa: PLC0415 - `--help` needs no pydantic

    scripts = [read_script(_file(name)) for name in options.files]  # every file, before the first is played
    with _api(options) as api:
        results = [_play(options, api, script, document) for script, document in scripts]
    if options.json:
        print_json(results)
    return 0 if all(result["held"] for result in results) else 1


def _play(options: argparse.Namespace, api: ControlApi, script: Script, document: Any) -> dict[str, Any]:
    from mockserver.scenarios.play import play  # noqa: PLC0415

    if not options.json:
        print(f"{script.scenario} ({Path(document.name).name})")
    steps = []
    with _sandbox(options, api, script, Path(document.name).parent) as sandbox:
        for played in play(script, document, sandbox):
            steps.append({**vars(played), "held": played.held})
            if not options.json:
                mark = "ok  " if played.held else "FAIL"
                print(printable(f"  {mark}  {played.number:2}  {played.what}"))
                for problem in played.problems:
                    print(printable(f"            {problem}"))
    left = len(script.steps) - len(steps)
    if left and not options.json:
        print(f"        {left} more {'step' if left == 1 else 'steps'} not played")
    held = not left and all(step["held"] for step in steps)
    return {"scenario": script.scenario, "file": document.name, "held": held, "steps": steps}


@contextlib.contextmanager
def _api(options: argparse.Namespace) -> Iterator[ControlApi]:
    if options.own_server:
        from mockserver.testing import proctormock  # noqa: PLC0415

        with proctormock() as mock:
            yield mock.api
    else:
        yield open_api(options)


@contextlib.contextmanager
def _sandbox(
    options: argparse.Namespace, api: ControlApi, script: Script, folder: Path
) -> Iterator[SandboxHandle]:
    if options.sandbox:
        yield SandboxHandle.open(api, options.sandbox)
        return
    if isinstance(script.seed, str):
        file = folder / script.seed
        world = _world(file)
        try:
            made = SandboxHandle.copy(api, world)
        except UsageError as problem:
            raise UsageError(f"the seed {file}: {problem}") from None
    else:
        made = SandboxHandle.new(api, name="scenario", seed=script.seed, ttl_seconds=TTL_SECONDS)
    try:
        yield made
    finally:
        made.delete()


def _world(file: Path) -> dict[str, Any]:
    try:
        world = json.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise UsageError(f"the seed {file} cannot be read: {problem.strerror}") from None
    except (ValueError, RecursionError):
        world = None
    if not isinstance(world, dict):
        raise UsageError(
            f"the seed {file} is no exported world: 'mockserver sandbox export > FILE' makes one"
        )
    return world


def _list(options: argparse.Namespace) -> int:
    from mockserver.scenarios.script import read_script  # noqa: PLC0415

    del options
    for file in sorted(EXAMPLES.glob("*.yaml")):
        print(f"{file.stem:28} {read_script(file)[0].scenario}")
    return 0


def _show(options: argparse.Namespace) -> int:
    file = _file(options.name)
    try:
        print(file.read_text(encoding="utf-8"), end="")
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageError(f"the scenario {file} cannot be read: {_why(problem)}") from None
    return 0


def _why(problem: OSError | UnicodeDecodeError) -> str:
    return (problem.strerror or str(problem)) if isinstance(problem, OSError) else "it is not UTF-8"


def _file(name: str) -> Path:
    """Return the file of that name, or the example."""
    example = EXAMPLES / f"{name}.yaml"
    if Path(name).exists():
        return Path(name)
    if "/" not in name and example.exists():
        return example
    raise UsageError(
        f"there is no file and no example {name!r}: 'mockserver scenario list' lists the examples"
    )
