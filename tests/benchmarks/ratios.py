"""What the figures of one run say about each other: rates move from machine to machine, ratios less."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Results = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Wanted:
    """A ratio of ours to another's, of one figure; `target` is what it should reach, or stay below."""

    name: str
    figure: str  # rates, cpus_us, p99s_ms or start_seconds
    ours: str
    peer: str
    load: str
    target: float | None = None

    @property
    def more_is_better(self) -> bool:
        """Rates should be high, everything else low."""
        return self.figure == "rates"


OURS = "proctormock"
STARTS = "start_seconds"
WRITE, UPSERT, ALLOCATE, LIST = (
    "institutes.create",
    "exams.upsert",
    "candidates.allocate",
    "examinations.list",
)
WANTED = (
    Wanted("signed write / naive SQLModel", "rates", WRITE, "naive SQLModel", "POST", 10),
    Wanted("signed write / Prism POST", "rates", WRITE, "Prism", "POST", 1.3),
    Wanted("signed write / WireMock tuned POST", "rates", WRITE, "WireMock, tuned", "POST", 1.0),
    Wanted("signed write / WireMock POST", "rates", WRITE, "WireMock", "POST"),
    Wanted("signed write / Mockoon POST", "rates", WRITE, "Mockoon", "POST"),
    Wanted("signed write / moto PutItem", "rates", WRITE, "moto", "POST"),
    Wanted("signed write / FastAPI POST without store", "rates", WRITE, "plain FastAPI", "POST"),
    Wanted("exam upsert / Prism POST", "rates", UPSERT, "Prism", "POST"),
    Wanted("allocation / Prism POST", "rates", ALLOCATE, "Prism", "POST"),
    Wanted("keyed GET / Prism GET", "rates", LIST, "Prism", "GET", 1.2),
    Wanted("keyed GET / WireMock tuned GET", "rates", LIST, "WireMock, tuned", "GET"),
    Wanted("CPU of keyed GET / FastAPI GET", "cpus_us", LIST, "plain FastAPI", "GET", 3),
    Wanted("CPU of signed write / Prism POST", "cpus_us", WRITE, "Prism", "POST"),
    Wanted("p99 of signed write / Prism POST", "p99s_ms", WRITE, "Prism", "POST", 1),
    Wanted("p99 of signed write / WireMock tuned POST", "p99s_ms", WRITE, "WireMock, tuned", "POST", 1),
    Wanted("start / Prism", STARTS, "", "Prism", "", 1),
    Wanted("start / WireMock", STARTS, "", "WireMock", "", 1),
    Wanted("start / Mockoon", STARTS, "", "Mockoon", "", 1),
)
# Our load, the peer and its load: turns that stand side by side, each pair once.
PAIRS = tuple(dict.fromkeys((one.ours, one.peer, one.load) for one in WANTED if one.figure != STARTS))


def ratios(results: Results) -> dict[str, dict[str, Any]]:
    """Return every ratio of which both sides were measured: min, median, max over the rounds, target."""
    found = {}
    for wanted in WANTED:
        ours, theirs = _figures(results, wanted)
        if ours and theirs:
            # each turn is held against the one beside it: what slows the machine down slows both down
            found[wanted.name] = _summary(
                wanted, [one / max(other, 1e-9) for one, other in zip(ours, theirs, strict=True)]
            )
    return found


def _figures(results: Results, wanted: Wanted) -> tuple[Sequence[float], Sequence[float]]:
    """Return what is compared: ours and theirs, turn by turn."""
    peer = results.get(wanted.peer, {})
    if wanted.figure == STARTS:
        return results.get(OURS, {}).get(STARTS, ()), peer.get(STARTS, ())
    sides = peer.get("beside", {}).get(wanted.load, {}).get(wanted.ours, {})
    return sides.get("ours", {}).get(wanted.figure, ()), sides.get("theirs", {}).get(wanted.figure, ())


def _summary(wanted: Wanted, values: Sequence[float]) -> dict[str, Any]:
    median = statistics.median(values)
    holds = None
    if wanted.target is not None:
        holds = median >= wanted.target if wanted.more_is_better else median <= wanted.target
    return {
        "min": round(min(values), 3),
        "median": round(median, 3),
        "max": round(max(values), 3),
        "more_is_better": wanted.more_is_better,
        "target": wanted.target,
        "holds": holds,
    }


def ratios_table(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Return one line a ratio."""
    lines = [f"{'ratio':44} {'min':>8} {'median':>8} {'max':>8}  target"]
    for name, one in found.items():
        sign = ">=" if one["more_is_better"] else "<="
        target = (
            "" if one["target"] is None else f"{sign} {one['target']:g}{'' if one['holds'] else ', missed'}"
        )
        lines.append(f"{name:44} {one['min']:>8} {one['median']:>8} {one['max']:>8}  {target}")
    return "\n".join(lines)
