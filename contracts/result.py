"""Everything a run found out: what the reports print and `contracts diff` compares."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from contracts.exchange import Exchange
from contracts.ledger import Made
from contracts.options import RunOptions
from contracts.seen import Undocumented
from contracts.verdict import Numbers, Standing, Verdict, count


class Outcome(IntEnum):
    """The exit code of a run."""

    HELD = 0
    VIOLATED = 1
    COULD_NOT_RUN = 2


@dataclass(frozen=True)
class Ended:
    """Why a run ended at its first call: for the user, and in short for every statement."""

    sentence: str
    reason: str
    outcome: Outcome


@dataclass
class RunResult:
    """`sentences` are what the user has to know first, such as refused credentials."""

    options: RunOptions
    run_id: str
    started_at: float
    verdicts: list[Verdict] = field(default_factory=list)
    exchanges: Sequence[Exchange] = ()
    undocumented: list[Undocumented] = field(default_factory=list)
    left_behind: list[Made] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    seconds: float = 0.0
    ended: Ended | None = None
    interrupted: bool = False

    @property
    def asserted(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.statement.evidence in self.options.asserted]

    @property
    def violated(self) -> list[Verdict]:
        return [verdict for verdict in self.asserted if verdict.standing is Standing.VIOLATED]

    @property
    def observations(self) -> list[Verdict]:
        """Where the server does otherwise than we inferred, or than clients expect, without being wrong."""
        return [
            verdict
            for verdict in self.verdicts
            if verdict.standing is Standing.VIOLATED
            and verdict.statement.evidence not in self.options.asserted
        ]

    @property
    def faults(self) -> list[Undocumented]:
        return [one for one in self.undocumented if one.kind == "server error"]

    @property
    def outcome(self) -> Outcome:
        if self.ended is not None:
            return self.ended.outcome
        if self.interrupted:
            return Outcome.COULD_NOT_RUN
        bad = self.violated or self.faults
        return Outcome.VIOLATED if bad else Outcome.HELD

    def numbers(self, *levels: str) -> Numbers:
        return count(self.verdicts, levels or None)
