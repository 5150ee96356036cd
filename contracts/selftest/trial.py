"""One trial: the contracts against one server, sound or with one fault."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from time import monotonic

from contracts.admin import Admin, AdminFailed
from contracts.command import UsageError, credentials_of_sandbox
from contracts.options import BUDGET_AT_HOME, RunOptions
from contracts.progress import Progress
from contracts.redaction import Redactor
from contracts.result import RunResult
from contracts.runclock import RunClock
from contracts.safety import Profile
from contracts.selftest.seeded import Fault, SeededServerFailed, serving
from contracts.verdict import Sight, Standing

GENERATED, NAMED = "generated", "named"
LAYERS = (NAMED, GENERATED)
# Origins of what generated requests and the comparison with the document found.
GENERATED_ORIGINS = ("coverage.", "document.")
SEED = 0


class End(StrEnum):
    """What became of a fault."""

    OWN = "killed"
    OTHER = "killed by another statement"
    SURVIVED = "survived"
    BROKEN = "could not be tried"


@dataclass(frozen=True)
class Trial:
    """`violated` maps each violated statement to the layers that saw it; `crashes` are server errors.

    `held` are the statements that held: fewer than at the sound server is worth a look, too.
    """

    vendor: str
    fault: Fault | None
    violated: dict[str, tuple[str, ...]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    crashes: tuple[str, ...] = ()
    held: frozenset[str] = frozenset()
    requests: int = 0
    seconds: float = 0.0
    trouble: str = ""

    @property
    def own(self) -> dict[str, tuple[str, ...]]:
        """The violated statements among those that the fault says it breaks."""
        expected = self.fault.statements if self.fault is not None else ()
        return {statement: layers for statement, layers in self.violated.items() if statement in expected}

    @property
    def layers(self) -> set[str]:
        """The layers that killed the fault by a statement of its own."""
        return {layer for layers in self.own.values() for layer in layers}

    @property
    def end(self) -> End:
        if self.trouble:
            return End.BROKEN
        if self.own:
            return End.OWN
        return End.OTHER if self.violated or self.crashes else End.SURVIVED

    @property
    def clean(self) -> bool:
        return not self.violated and not self.crashes and not self.trouble


def try_one(command: Sequence[str], vendor: str, fault: Fault | None, among: Sequence[Fault] = ()) -> Trial:
    """Run profile full against a fresh server.

    A fault is looked for by the contracts of its statements and by generated requests to its operations; the
    sound server by everything, or by what `among` needs.
    """
    started = monotonic()
    looked_for = [fault] if fault is not None else list(among)
    try:
        with serving(command, fault) as ready:
            result = _run(
                vendor, str(ready["admin_url"]), str(ready["vendors"][vendor]["base_url"]), looked_for
            )
    except (SeededServerFailed, AdminFailed, UsageError, LookupError) as error:
        return Trial(vendor, fault, seconds=monotonic() - started, trouble=str(error))
    return _trial(vendor, fault, result, monotonic() - started)


def _run(vendor: str, admin_url: str, base_url: str, faults: Sequence[Fault]) -> RunResult:
    from contracts.run import run  # noqa: PLC0415 - the engine is slow to import

    options = RunOptions(
        vendor=vendor,
        base_url=base_url,
        profile=Profile.FULL,
        evidence="inferred",
        seed=SEED,
        budget=BUDGET_AT_HOME,
        per_second=0.0,
        admin_url=admin_url,
        statements=frozenset(one for fault in faults for one in fault.statements) or None,
        operations=frozenset(one for fault in faults for one in fault.operations) or None,
        quiet=True,
    )
    clock = RunClock()
    admin = Admin(admin_url, None, clock)
    credentials = credentials_of_sandbox(vendor, admin)
    # The sandbox goes away with its server.
    return run(options, credentials, admin, clock, Progress(Redactor(), io.StringIO(), quiet=True))


def _trial(vendor: str, fault: Fault | None, result: RunResult, seconds: float) -> Trial:
    against = {
        verdict.id: [look.origin for look in verdict.evidence if look.sight is Sight.AGAINST]
        for verdict in result.violated
    }
    return Trial(
        vendor,
        fault,
        violated={
            statement: tuple(sorted({_layer(origin) for origin in origins}))
            for statement, origins in against.items()
        },
        reasons={verdict.id: verdict.reason for verdict in result.violated},
        crashes=tuple(f"{one.operation}: {one.what}" for one in result.faults)
        + ((result.ended.reason,) if result.ended is not None else ()),
        held=frozenset(one.id for one in result.verdicts if one.standing is Standing.HELD),
        requests=len(result.exchanges),
        seconds=seconds,
        trouble=" ".join(result.sentences) if result.interrupted else "",
    )


def _layer(origin: str) -> str:
    return GENERATED if origin.startswith(GENERATED_ORIGINS) else NAMED
