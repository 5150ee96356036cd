"""Paths with `*`, as rules and filters name them."""

from __future__ import annotations

import functools
import re


def fits(pattern: str, path: str) -> bool:
    """Tell whether a path fits a pattern, in which `*` stands for anything."""
    return _compiled(pattern).fullmatch(path) is not None


def can_fit(pattern: str, template: str) -> bool:
    """Tell whether any path that a template such as `/exams/{id}` stands for fits the pattern."""
    wanted = re.sub(r"\*+", "*", pattern)
    # An id is one character that is no slash (#), and any number of further ones (+).
    offered = re.sub(r"\{[^}]*\}", "#+", template)

    @functools.cache
    def meet(at: int, by: int) -> bool:
        if at == len(wanted) and by == len(offered):
            return True
        want, offer = wanted[at : at + 1], offered[by : by + 1]
        if want == "*":
            return meet(at + 1, by) or (bool(offer) and meet(at, by + 1))
        if offer == "+":
            return meet(at, by + 1) or (want not in ("", "/") and meet(at + 1, by))
        return want != "" and (want == offer or (offer == "#" and want != "/")) and meet(at + 1, by + 1)

    return meet(0, 0)


@functools.lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in re.split(r"\*+", pattern)), re.DOTALL)
