"""What clients get wrong once they are let in: paths, methods, names of fields."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from mockserver.explain.explanation import Mistake

MAX_PATH = 300
MOST_NAMES = 60


def of_path(path: str, *, prefix: str, templates: Sequence[str]) -> Mistake | None:
    """Return what is wrong with a path that no operation has; `templates` start with the prefix."""
    if len(path) > MAX_PATH:
        return None
    patterns = [
        re.compile(re.sub(r"\\\{[a-z_]+\\\}", "[^/]+", re.escape(template))) for template in templates
    ]

    def known(candidate: str) -> bool:
        return any(pattern.fullmatch(candidate) for pattern in patterns)

    if known(f"{path}/"):
        return Mistake("trailing_slash_missing", f"End the path with a slash: {path}/.")
    if known(path.rstrip("/")):
        return Mistake("trailing_slash", f"Leave the slash at the end of the path away: {path.rstrip('/')}.")
    squeezed = re.sub(r"/{2,}", "/", path)
    if squeezed != path and known(squeezed):
        return Mistake("double_slash", f"Write one slash only: {squeezed}.")
    if prefix and known(path.replace(prefix, "", 1)):
        return Mistake("base_path_twice", f"Leave {prefix} away once: the base URL already ends in it.")
    if prefix and known(prefix + path):
        return Mistake("base_path_missing", f"Put {prefix} in front of the path: the base URL ends in it.")
    if known(path.lower()):
        return Mistake("path_in_another_letter_case", f"Write the path in these letters: {path.lower()}.")
    end = path.rstrip("/").rpartition("/")[2]
    same_end = [template for template in templates if template.rstrip("/").endswith(f"/{end}")]
    close = difflib.get_close_matches(path, same_end, n=1, cutoff=0.5)  # nested too deep: /institutes/1/exams
    close = close or difflib.get_close_matches(path, templates, n=1, cutoff=0.8)
    return Mistake("path_misspelt", f"The nearest path is {close[0]}.") if close else None


def of_fields(missing: Sequence[str], unread: Sequence[str]) -> Mistake | None:
    """Return which field was sent under another spelling than the one that is missing."""
    sent = {_plain(name): name for name in unread[:MOST_NAMES]}
    for name in missing[:MOST_NAMES]:
        other = sent.get(_plain(name))
        if other is not None:
            return Mistake("field_in_other_letters", f"Write the field as {name}, not {other[:60]}.")
    for name in missing[:MOST_NAMES]:
        close = difflib.get_close_matches(
            _plain(name), [plain for plain in sent if len(plain) < 60], n=1, cutoff=0.8
        )
        if close:
            return Mistake("field_misspelt", f"Write the field as {name}, not {sent[close[0]][:60]}.")
    return None


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
