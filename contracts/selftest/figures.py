"""From the trials to the figures: how many faults were killed, and by which statement and layer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from contracts.selftest.trial import End, Trial

ENOUGH_KILLED = 0.95


class Verdict(IntEnum):
    """The exit code."""

    GOOD = 0
    NOT_GOOD_ENOUGH = 1


@dataclass(frozen=True)
class Killed:
    """Of `all` faults, `own` were killed by a statement of theirs; `named` and `generated` by that layer.

    The others: noticed by an `other` statement alone, `survived`, or `untried` because the server failed.
    """

    vendor: str
    all: int
    own: int
    named: int
    generated: int
    other: int
    survived: int
    untried: int

    @property
    def rate(self) -> float:
        return self.share(self.own)

    def share(self, killed: int) -> float:
        return killed / self.all if self.all else 0.0


@dataclass(frozen=True)
class SelfTest:
    """`sound` are the trials without a fault, one a vendor, `faulty` those with one."""

    sound: Sequence[Trial]
    faulty: Sequence[Trial]
    seconds: float

    @property
    def killed(self) -> list[Killed]:
        """One row a vendor, and one for all of them."""
        vendors = list(dict.fromkeys(trial.vendor for trial in self.faulty))
        rows = [_count(vendor, [one for one in self.faulty if one.vendor == vendor]) for vendor in vendors]
        return [*rows, _count("all", self.faulty)]

    @property
    def survivors(self) -> list[Trial]:
        """Faults that no statement of theirs killed."""
        return [trial for trial in self.faulty if trial.end is not End.OWN]

    @property
    def matrix(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """For each statement the faults that should break it, each with the layers that saw it broken."""
        rows: dict[str, dict[str, tuple[str, ...]]] = {}
        for trial in self.faulty:
            assert trial.fault is not None
            for statement in trial.fault.statements:
                rows.setdefault(statement, {})[trial.fault.id] = trial.violated.get(statement, ())
        return dict(sorted(rows.items()))

    @property
    def seen_broken(self) -> int:
        """How many statements at least one of their faults was seen to break."""
        return sum(any(faults.values()) for faults in self.matrix.values())

    @property
    def verdict(self) -> Verdict:
        enough = self.killed[-1].rate >= ENOUGH_KILLED
        return (
            Verdict.GOOD if enough and all(trial.clean for trial in self.sound) else Verdict.NOT_GOOD_ENOUGH
        )


def _count(vendor: str, trials: Sequence[Trial]) -> Killed:
    return Killed(
        vendor,
        all=len(trials),
        own=sum(trial.end is End.OWN for trial in trials),
        named=sum("named" in trial.layers for trial in trials),
        generated=sum("generated" in trial.layers for trial in trials),
        other=sum(trial.end is End.OTHER for trial in trials),
        survived=sum(trial.end is End.SURVIVED for trial in trials),
        untried=sum(trial.end is End.BROKEN for trial in trials),
    )
