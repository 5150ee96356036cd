"""Fuzz the parsers, guided by what their code covers: `python -m tests.fuzz json_text --seconds 120`.

Needs `pip install 'proctormock[fuzz]'`. It starts from the inputs in corpus/, and adds to them what covers
more. An input that breaks a target is printed, and the command ends with 1.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import atheris

from tests.fuzz.corpus import FOLDER, OUTCOMES, inputs_of, keep

MAX_BYTES = 2_048
MOST_KEPT = 120  # of one target, the shortest of those that cover more

with atheris.instrument_imports(include=["mockserver"]):
    import mockserver.protocol.with_h11
    import mockserver.protocol.with_httptools  # noqa: F401 - uvicorn would import both later
    from tests.fuzz.targets import TARGETS


def main() -> int:
    """Fuzz one target after the other, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("targets", nargs="*", default=sorted(TARGETS), help="default: all")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    options = parser.parse_args()
    return max(_fuzz(target, options.seconds) for target in options.targets)


def _fuzz(target: str, seconds: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        found, broken = Path(folder) / "found", Path(folder) / "broken"
        found.mkdir()
        broken.mkdir()
        for number, data in enumerate(_kept(target)):
            (found / str(number)).write_bytes(data)
        run = _child(target, str(found), f"-max_total_time={seconds}", f"-artifact_prefix={broken}/")
        for file in broken.iterdir():
            print(f"{target}: breaks on {file.read_bytes()!r}")
        executed = [line for line in run.stderr.splitlines() if line.startswith("Done ")]
        print(f"{target}: {executed[-1] if executed else run.stderr[-2000:]}")
        most = sorted((file.read_bytes() for file in found.iterdir()), key=len)[:MOST_KEPT]
        keep(target, most, TARGETS[target])
        print(f"{target}: {len(_kept(target))} inputs in {FOLDER.name}/{target}")
    return run.returncode and 1


def _kept(target: str) -> list[bytes]:
    return [data for is_read in OUTCOMES for data in inputs_of(target, is_read=is_read)]


def _child(target: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run libFuzzer: it ends the process that it runs in."""
    command = [sys.executable, "-c", "from tests.fuzz.__main__ import run; run()", target]
    return subprocess.run(
        [*command, f"-max_len={MAX_BYTES}", "-timeout=5", *options],
        capture_output=True,
        text=True,
        check=False,
    )


def run() -> None:
    """Hand one target to libFuzzer, with its options."""
    target = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
