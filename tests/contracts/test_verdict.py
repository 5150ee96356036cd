"""One verdict per statement, and two numbers."""

from __future__ import annotations

import pytest

from contracts.statements import Statement
from contracts.verdict import Evidence, Sight, Standing, Waiver, count, decide

FOR = Evidence("CO-001", Sight.FOR, "a", "it was right", 1)
AGAINST = Evidence("CO-001", Sight.AGAINST, "b", "it was wrong", 2)
UNCLEAR = Evidence("CO-001", Sight.UNCLEAR, "c", "another reason", 3)
WAIVER = {"CO-001": Waiver("CO-001", "2026-11-21", "known")}


def statement(number: int = 1, evidence: str = "documented") -> Statement:
    return Statement(f"CO-{number:03d}", "consero", "A fact.", evidence, ("seed",), ("all",))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("evidence", "waivers", "standing", "reason"),
    [
        ([FOR], {}, Standing.HELD, "it was right"),
        ([FOR, UNCLEAR], {}, Standing.HELD, "it was right"),
        ([FOR, AGAINST, FOR], {}, Standing.VIOLATED, "it was wrong"),
        ([UNCLEAR], {}, Standing.UNDECIDED, "another reason"),
        ([], {}, Standing.NOT_EXERCISED, "needs profile full"),
        ([AGAINST], WAIVER, Standing.WAIVED, "waived on 2026-11-21: known"),
        ([FOR], WAIVER, Standing.HELD, "it was right"),
    ],
)
def test_verdict(
    evidence: list[Evidence], waivers: dict[str, Waiver], standing: Standing, reason: str
) -> None:
    [verdict] = decide([statement()], evidence, reasons={"CO-001": "needs profile full"}, waivers=waivers)
    assert (verdict.standing, verdict.reason) == (standing, reason)


def test_deciding_look_is_the_one_against() -> None:
    [verdict] = decide([statement()], [FOR, AGAINST], reasons={}, waivers={})
    assert verdict.deciding == AGAINST


def test_numbers_keep_levels_apart() -> None:
    statements = [statement(1), statement(2), statement(3, "inferred")]
    verdicts = decide(statements, [FOR], reasons={}, waivers={})
    documented, inferred = count(verdicts, ["documented"]), count(verdicts, ["inferred"])
    assert (documented.all, documented.index, documented.score, inferred.index) == (2, 0.5, 0.5, 0.0)


def test_nothing_is_no_number() -> None:
    assert (count([]).index, count([]).score) == (0.0, 0.0)
