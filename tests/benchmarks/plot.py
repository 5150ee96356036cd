"""The ratios as a picture: one bar each, on a logarithmic scale, with the range of the rounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any

WIDTH, ROW, LABELS, FIGURES = 860, 24, 330, 90
LEAST, MOST = 0.1, 100.0
GOOD, BAD, PLAIN = "#2e7d32", "#c62828", "#607d8b"


def plot(ratios: Mapping[str, Mapping[str, Any]], title: str) -> str:
    """Return an SVG."""
    height = ROW * (len(ratios) + 3)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"',
        ' font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="8" y="{ROW - 7}" font-weight="bold">{escape(title)}</text>',
    ]
    for tick in (0.1, 0.3, 1, 3, 10, 30, 100):
        x = _x(tick)
        weight = 2 if tick == 1 else 1
        lines.append(
            f'<line x1="{x}" y1="{ROW}" x2="{x}" y2="{height - ROW}" stroke="#bbb" stroke-width="{weight}"/>'
            f'<text x="{x}" y="{height - 8}" text-anchor="middle" fill="#555">{tick:g}</text>'
        )
    for number, (name, ratio) in enumerate(ratios.items()):
        lines.append(_bar(name, ratio, ROW * (number + 1.5)))
    return "\n".join([*lines, "</svg>", ""])


def _bar(name: str, ratio: Mapping[str, Any], y: float) -> str:
    colour = {True: GOOD, False: BAD, None: PLAIN}[ratio["holds"]]
    one, end = _x(1), _x(ratio["median"])
    left, width = min(one, end), max(abs(end - one), 1)
    arrow = "≥" if ratio["more_is_better"] else "≤"
    target = f" ({arrow} {ratio['target']:g})" if ratio["target"] is not None else ""
    return (
        f'<text x="{LABELS - 8}" y="{y + 12}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{left}" y="{y + 2}" width="{width}" height="13" fill="{colour}"/>'
        f'<line x1="{_x(ratio["min"])}" y1="{y + 8.5}" x2="{_x(ratio["max"])}" y2="{y + 8.5}" stroke="#000"/>'
        f'<text x="{WIDTH - FIGURES}" y="{y + 12}">{ratio["median"]:g}{escape(target)}</text>'
    )


def _x(value: float) -> float:
    share = math.log(min(max(value, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)
    return round(LABELS + share * (WIDTH - LABELS - FIGURES - 10), 1)
