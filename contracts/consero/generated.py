"""Usable values for generated requests to Consero."""

from contracts.bench import Bench
from contracts.cases import Cases
from contracts.consero.auth import KEY_HEADER
from contracts.consero.named.allocations import new_allocation
from contracts.consero.named.examinations import any_examination
from contracts.consero.named.reports import finished_allocation


def _fresh_invite(bench: Bench) -> int:
    invite_id: int = new_allocation(bench).at("data", "invite_id")
    return invite_id


def _finished_invite(bench: Bench) -> int:
    """One finished invite serves all reports: reading changes nothing."""
    if "finished_invite" not in bench.shelf:
        bench.shelf["finished_invite"] = finished_allocation(bench).at("data", "invite_id")
    invite_id: int = bench.shelf["finished_invite"]
    return invite_id


CASES = Cases(
    credential_fields=frozenset({KEY_HEADER}),
    values={
        ("candidates.allocate", "examination_id"): any_examination,
        ("candidates.allocate", "candidate_email"): Bench.email,
        ("allocations.cancel", "invite_id"): _fresh_invite,
        ("reports.get", "inviteId"): _finished_invite,
    },
)
