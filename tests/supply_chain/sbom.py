"""A software bill of materials: CycloneDX 1.6 of what the server needs as it is installed here."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import Distribution, version
from typing import Any

from tests.supply_chain.installed import PROJECT, closure, graph
from tests.supply_chain.licences import licence_of


def bill(extras: Sequence[str] = ("postgresql",)) -> dict[str, Any]:
    """Return the document; equal installations have equal documents."""
    packages = closure(extras)
    own = purl(PROJECT, version(PROJECT))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": PROJECT,
                "version": version(PROJECT),
                "purl": own,
                "licenses": [{"expression": "MIT"}],
            }
        },
        "components": [_component(name, package) for name, package in packages.items()],
        "dependencies": [
            {
                "ref": purl(name, version(name)),
                "dependsOn": [purl(other, version(other)) for other in sorted(needed)],
            }
            for name, needed in sorted(graph(extras).items())
        ],
    }


def purl(name: str, release: str) -> str:
    """Return the package URL, which names no registry's host."""
    return f"pkg:pypi/{name}@{release}"


def _component(name: str, package: Distribution) -> dict[str, Any]:
    reference = purl(name, package.version)
    return {
        "type": "library",
        "bom-ref": reference,
        "name": name,
        "version": package.version,
        "purl": reference,
        "licenses": [{"expression": licence_of(package)}],
    }
