"""`contracts run` for several vendors: each in a process of its own, so that none waits for another."""

import argparse
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import IO

OUTCOMES = {0: "held", 1: "violated", 2: "could not run to its end"}


@dataclass
class Judge:
    """The process that judges one vendor; what it prints is shown whole, its progress line by line."""

    vendor: str
    process: subprocess.Popen[str]
    seconds: float = 0.0
    output: str = ""
    _started: float = field(default_factory=monotonic)

    def wait(self) -> int:
        """Gives its exit code."""
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        progress = threading.Thread(target=_pass_on, args=(self.vendor, self.process.stderr))
        progress.start()
        with self.process:
            self.output = self.process.stdout.read()
            progress.join()
        self.seconds = monotonic() - self._started
        return self.process.returncode


def run_several(addresses: Mapping[str, str], argv: Sequence[str]) -> int:
    """Run the command line once for each vendor at the same time; gives the worst exit code.

    Ctrl-C reaches every process once: each removes what it created and says what it has seen.
    """
    started = monotonic()
    judges = [Judge(vendor, _start(vendor, url, _shared(argv))) for vendor, url in addresses.items()]
    codes = {}
    with ThreadPoolExecutor(len(judges)) as pool:
        waiting = [pool.submit(judge.wait) for judge in judges]
        for judge, done in zip(judges, waiting, strict=True):
            codes[judge.vendor] = _result(done, judges)
            print(f"== {judge.vendor}\n\n{judge.output}", flush=True)
    for judge in judges:
        code = codes[judge.vendor]
        print(f"{judge.vendor:<12}{OUTCOMES.get(code, f'ended with {code}'):<26}{judge.seconds:>6.1f} s")
    print(f"{'all':<12}{'':<26}{monotonic() - started:>6.1f} s")
    # A process that was killed has a negative code: it could not run to its end either.
    return max(code if code in OUTCOMES else max(OUTCOMES) for code in codes.values())


def _shared(argv: Sequence[str]) -> list[str]:
    """The options that are the same for every vendor, as they were typed."""
    own = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    own.add_argument("--vendor", action="append")
    own.add_argument("--base-url", action="append")
    return own.parse_known_args(list(argv))[1]


def _start(vendor: str, base_url: str, options: Sequence[str]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "contracts", *options, "--vendor", vendor, "--base-url", base_url]
    return subprocess.Popen(  # noqa: S603 - this very program
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def _pass_on(vendor: str, lines: IO[str]) -> None:
    for line in lines:
        sys.stderr.write(f"{vendor}: {line}")
        sys.stderr.flush()


def _result(done: "Future[int]", judges: Sequence[Judge]) -> int:
    while True:
        try:
            return done.result()
        except KeyboardInterrupt:
            for judge in judges:
                judge.process.send_signal(signal.SIGINT)
