"""Where statement ids stand: `CO-014`, or a run of them as `CO-026 to CO-030`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_CITATION = re.compile(r"\b(CO|PE|CP)-(\d{3})(?:\s+to\s+(?:\1-)?(\d{3}))?\b")


def citations(folder: str, pattern: str = "*.py") -> dict[str, list[Path]]:
    """Return every statement id cited below `folder`, with the files that cite it."""
    found: dict[str, list[Path]] = {}
    for path in sorted((ROOT / folder).rglob(pattern)):
        for statement in ids_in(path.read_text(encoding="utf-8")):
            found.setdefault(statement, []).append(path)
    return found


def ids_in(text: str) -> Iterator[str]:
    """Yield each id that `text` cites, runs written out."""
    for prefix, first, last in _CITATION.findall(text):
        for number in range(int(first), int(last or first) + 1):
            yield f"{prefix}-{number:03}"
