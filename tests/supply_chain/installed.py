"""What is installed because of this project: its dependencies, theirs, and so on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = "proctormock"


def closure(extras: Sequence[str] = ()) -> dict[str, Distribution]:
    """Return every package that the project with these extras needs here, by name, sorted."""
    return {name: distribution(name) for name in sorted(graph(extras)) if name != PROJECT}


def graph(extras: Sequence[str] = ()) -> dict[str, set[str]]:
    """Return what each package needs here, the project among them, with the extras that it is asked for.

    Raises:
        LookupError: something is needed and not installed.
    """
    needs: dict[str, set[str]] = {}
    waiting = [(PROJECT, tuple(extras))]
    seen = set(waiting)
    while waiting:
        name, wanted = waiting.pop()
        found = list(_direct(name, wanted))
        needs.setdefault(name, set()).update(needed for needed, _ in found)
        waiting += [item for item in found if item not in seen]
        seen.update(found)
    needs[PROJECT].discard(PROJECT)  # an extra may name other extras of its own project
    return needs


def _direct(name: str, extras: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    try:
        package = distribution(name)
    except PackageNotFoundError:
        raise LookupError(f"{name} is needed and not installed: python3 -m pip install '.[test]'") from None
    for text in package.requires or []:
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield canonicalize_name(requirement.name), tuple(sorted(requirement.extras))
