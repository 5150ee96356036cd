"""From what was seen to one verdict per statement, and to the two numbers of a run."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from contracts.statements import Statement


class Standing(StrEnum):
    """What a run can say of a statement."""

    HELD = "held"
    VIOLATED = "violated"
    UNDECIDED = "undecided"
    NOT_EXERCISED = "not exercised"
    WAIVED = "waived"


class Sight(StrEnum):
    """What one look at the server says of one statement."""

    FOR = "for"
    AGAINST = "against"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Evidence:
    """One look: `seen` says in one sentence what the server did, `exchange` is the number of the request."""

    statement: str
    sight: Sight
    origin: str
    seen: str
    exchange: int | None = None


@dataclass(frozen=True)
class Waiver:
    """Somebody decided on a date that a violation is known and accepted."""

    statement: str
    date: str
    reason: str


@dataclass(frozen=True)
class Verdict:
    statement: Statement
    standing: Standing
    reason: str
    evidence: tuple[Evidence, ...]

    @property
    def id(self) -> str:
        return self.statement.id

    @property
    def deciding(self) -> Evidence | None:
        """The look that decided: the first against, else the first for, else the first unclear one."""
        for sight in (Sight.AGAINST, Sight.FOR, Sight.UNCLEAR):
            for evidence in self.evidence:
                if evidence.sight is sight:
                    return evidence
        return None


@dataclass(frozen=True)
class Numbers:
    """Index: how much was exercised. Score: how much held. Both of `all`; never print one alone."""

    all: int
    held: int
    violated: int
    undecided: int
    not_exercised: int
    waived: int

    @property
    def exercised(self) -> int:
        return self.held + self.violated + self.undecided + self.waived

    @property
    def index(self) -> float:
        return self.exercised / self.all if self.all else 0.0

    @property
    def score(self) -> float:
        return self.held / self.all if self.all else 0.0


def decide(
    statements: Iterable[Statement],
    evidence: Iterable[Evidence],
    *,
    reasons: Mapping[str, str],
    waivers: Mapping[str, Waiver],
) -> list[Verdict]:
    """One verdict per statement, in the order of the statements.

    `reasons` says why a statement was not exercised, by statement id.
    """
    looks: dict[str, list[Evidence]] = {}
    for look in evidence:
        looks.setdefault(look.statement, []).append(look)
    return [
        _decide_one(statement, tuple(looks.get(statement.id, ())), reasons, waivers.get(statement.id))
        for statement in statements
    ]


def _decide_one(
    statement: Statement, looks: tuple[Evidence, ...], reasons: Mapping[str, str], waiver: Waiver | None
) -> Verdict:
    against = [look for look in looks if look.sight is Sight.AGAINST]
    if against and waiver is not None:
        return Verdict(statement, Standing.WAIVED, f"waived on {waiver.date}: {waiver.reason}", looks)
    if against:
        return Verdict(statement, Standing.VIOLATED, against[0].seen, looks)
    in_favour = [look for look in looks if look.sight is Sight.FOR]
    if in_favour:
        return Verdict(statement, Standing.HELD, in_favour[0].seen, looks)
    if looks:
        return Verdict(statement, Standing.UNDECIDED, looks[0].seen, looks)
    reason = reasons.get(statement.id, "nothing that was sent came to it")
    return Verdict(statement, Standing.NOT_EXERCISED, reason, looks)


def count(verdicts: Sequence[Verdict], evidence: Iterable[str] | None = None) -> Numbers:
    """The numbers of all verdicts, or of those whose statement has one of the evidence levels."""
    wanted = None if evidence is None else set(evidence)
    chosen = [verdict for verdict in verdicts if wanted is None or verdict.statement.evidence in wanted]
    tally = Counter(verdict.standing for verdict in chosen)
    return Numbers(
        all=len(chosen),
        held=tally[Standing.HELD],
        violated=tally[Standing.VIOLATED],
        undecided=tally[Standing.UNDECIDED],
        not_exercised=tally[Standing.NOT_EXERCISED],
        waived=tally[Standing.WAIVED],
    )
