"""What a user asks of one run."""

from dataclasses import dataclass
from pathlib import Path

from contracts.safety import Profile
from contracts.statements import EVIDENCE
from contracts.verdict import Waiver

PROFILES = tuple(profile.label for profile in Profile)
REPORTS = ("junit", "html", "json", "har", "md")
# Enough for every profile on a server of one's own, and few enough to bother nobody elsewhere.
BUDGET_AT_HOME, BUDGET_ABROAD = 20_000, 400
PER_SECOND_ABROAD = 4.0


@dataclass(frozen=True)
class RunOptions:
    """`evidence` is the lowest level that is asserted; what lies below is reported as observation.

    `statements` narrow the named contracts to those about them and the controls of their families,
    `operations` the generated requests; None leaves all of them.
    """

    vendor: str
    base_url: str
    profile: Profile
    evidence: str
    seed: int
    budget: int
    per_second: float
    out: Path | None = None
    reports: tuple[str, ...] = ()
    sign_url_ids: bool = True
    admin_url: str | None = None
    only: str | None = None
    statements: frozenset[str] | None = None
    operations: frozenset[str] | None = None
    generated: bool = True
    quiet: bool = False
    waivers: dict[str, Waiver] | None = None

    @property
    def asserted(self) -> tuple[str, ...]:
        return EVIDENCE[: EVIDENCE.index(self.evidence) + 1]
