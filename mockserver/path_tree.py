"""Which operations a path belongs to: at most one step for each segment, however many paths there are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.vendor import Operation

_NAME = re.compile(r"\{(\w+)\}")


@dataclass(slots=True)
class _Place:
    """Where a path has led so far: it goes on with fixed words, or with anything; `names` are its values."""

    words: dict[str, _Place] = field(default_factory=dict)
    anything: _Place | None = None
    names: tuple[str, ...] = ()
    operations: dict[str, Operation] = field(default_factory=dict)


class PathTree:
    """The paths of a room; a name in braces stands for any segment that is not empty."""

    def __init__(self) -> None:
        self._start = _Place()
        self._fixed: dict[str, dict[str, Operation]] = {}  # by paths without names: found in one step

    def add(self, path: str, operations: Mapping[str, Operation]) -> None:
        """Add operations by method."""
        place, names = self._start, tuple(_NAME.findall(path))
        for segment in path.split("/"):
            if _NAME.fullmatch(segment):
                place.anything = place.anything or _Place()
                following = place.anything
            else:
                following = place.words.setdefault(segment, _Place())
            assert not (place.words and place.anything), f"{path} could be taken for another path"
            place = following
        assert not place.operations or place.names == names, f"{path} names its values anew"
        place.names = names
        place.operations.update(operations)
        if not names:
            self._fixed[path] = place.operations

    def find(self, path: str) -> tuple[dict[str, Operation], dict[str, str]]:
        """Return the operations of a path by method, none where it leads nowhere, and the values in it."""
        fixed = self._fixed.get(path)
        if fixed is not None:
            return fixed, {}
        place, values = self._start, []
        for segment in path.split("/"):
            following = place.words.get(segment)
            if following is None:
                following = place.anything
                if following is None or not segment:
                    return {}, {}
                values.append(segment)
            place = following
        return place.operations, dict(zip(place.names, values, strict=False))
