"""`contracts selftest`: the sound server and every fault, some at a time."""

import argparse
import multiprocessing
import shlex
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from time import monotonic

from contracts.selftest.figures import SelfTest
from contracts.selftest.reports import as_json, as_markdown, console
from contracts.selftest.seeded import Fault, SeededServerFailed, list_faults
from contracts.selftest.trial import Trial, try_one
from contracts.statements import load_statements

COULD_NOT_RUN = 2
# A sample that says within half a minute whether the whole is worth running.
QUICK_FAULTS_A_VENDOR = 3


def selftest_command(arguments: argparse.Namespace) -> int:
    """Gives 0 if enough faults are killed and the sound server is clean, else 1; 2 if it could not run."""
    command = shlex.split(arguments.server) if arguments.server else _mock_server()
    started = monotonic()
    try:
        faults = _chosen(list_faults(command), arguments)
    except SeededServerFailed as error:
        print(error, file=sys.stderr)
        return COULD_NOT_RUN
    if not faults:
        print("No fault was chosen: --server COMMAND --list shows them all.", file=sys.stderr)
        return COULD_NOT_RUN
    trials = _try_all(command, faults, arguments)
    order = {fault.id: number for number, fault in enumerate(faults)}
    result = SelfTest(
        sound=sorted((one for one in trials if one.fault is None), key=lambda one: one.vendor),
        faulty=sorted((one for one in trials if one.fault is not None), key=lambda one: order[_id(one)]),
        seconds=monotonic() - started,
    )
    print(console(result), end="")
    _write(result, arguments)
    return result.verdict


def _mock_server() -> list[str]:
    # By name only: the harness knows nothing of the server that it judges.
    return [sys.executable, "-m", "mockserver.seeded_faults"]


def _chosen(faults: Sequence[Fault], arguments: argparse.Namespace) -> list[Fault]:
    """The faults that were asked for.

    Raises: SeededServerFailed when one breaks a statement that does not exist.
    """
    chosen = [
        fault
        for fault in faults
        if (arguments.vendor is None or fault.vendor == arguments.vendor)
        and (arguments.fault is None or fault.id.startswith(arguments.fault))
    ]
    for fault in chosen:
        unknown = set(fault.statements) - set(load_statements(fault.vendor))
        if unknown:
            raise SeededServerFailed(
                f"{fault.id} breaks statements that do not exist: {', '.join(sorted(unknown))}"
            )
    if not arguments.quick:
        return chosen
    vendors = dict.fromkeys(fault.vendor for fault in chosen)
    return [fault for vendor in vendors for fault in sample([one for one in chosen if one.vendor == vendor])]


def sample(faults: Sequence[Fault]) -> list[Fault]:
    """A few faults from one end of the list to the other, always the same ones."""
    return list(faults[:: max(1, -(-len(faults) // QUICK_FAULTS_A_VENDOR))])


def _try_all(command: list[str], faults: Sequence[Fault], arguments: argparse.Namespace) -> list[Trial]:
    trials: list[Trial] = []
    started = monotonic()
    # Fresh processes: a fork of one that has threads would be one with half of them.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max(1, arguments.jobs), mp_context=context) as pool:
        waiting: list[Future[Trial]] = []
        for vendor in dict.fromkeys(fault.vendor for fault in faults):
            # A quick look at the sound server asks what the faults ask; a full one asks everything.
            among = (
                [one for one in faults if one.vendor == vendor] if arguments.quick or arguments.fault else []
            )
            waiting.append(pool.submit(try_one, command, vendor, None, among))
        waiting += [pool.submit(try_one, command, fault.vendor, fault) for fault in faults]
        try:
            for number, done in enumerate(as_completed(waiting), 1):
                trials.append(done.result())
                if not arguments.quiet:
                    line = _line(number, len(waiting), trials[-1], monotonic() - started)
                    print(line, file=sys.stderr, flush=True)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return trials


def _line(number: int, of: int, trial: Trial, seconds: float) -> str:
    """Such as `47/199   62 s  killed  proctorexam.token-as-key  by PE-014 (named)`."""
    place = f"{number:>{len(str(of))}}/{of}  {seconds:>4.0f} s"
    if trial.fault is None:
        return f"{place}  {'clean' if trial.clean else 'FINDINGS'}  {trial.vendor} without a fault"
    by = ", ".join(f"{statement} ({', '.join(layers)})" for statement, layers in trial.own.items())
    return f"{place}  {trial.end.value}  {trial.fault.id}" + (f"  by {by}" if by else "")


def _write(result: SelfTest, arguments: argparse.Namespace) -> None:
    makers = {"json": as_json, "md": as_markdown}
    for kind in (kind for kind in arguments.report.split(",") if kind):
        arguments.out.mkdir(parents=True, exist_ok=True)
        file = arguments.out / f"selftest.{kind}"
        file.write_text(makers[kind](result), encoding="utf-8")
        print(f"Report: {file}")


def _id(trial: Trial) -> str:
    assert trial.fault is not None
    return trial.fault.id
