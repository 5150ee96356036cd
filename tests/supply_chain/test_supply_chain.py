"""What the project rests on is pinned, known by its licence, and listed."""

from __future__ import annotations

import re
from importlib.metadata import PathDistribution, distribution
from pathlib import Path

import pytest

from tests.supply_chain.installed import closure
from tests.supply_chain.licences import PURPOSES, is_accepted, licence_of
from tests.supply_chain.requirements import HEADERS, ROOT, pins
from tests.supply_chain.sbom import bill

INSTALLED = closure(("postgresql", "contracts", "test"))
SERVED = closure(("postgresql",))


@pytest.mark.parametrize("name", HEADERS)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    found = pins(name)
    assert found
    assert all(files > 0 for _, files in found.values())


@pytest.mark.parametrize("name", HEADERS)
def test_requirements_name_no_registry_and_no_path(name: str) -> None:
    assert not re.search(
        r"://|--(extra-)?index|--find-links|file:|/(home|tmp|root)/", (ROOT / name).read_text()
    )


def test_everything_that_the_server_needs_is_pinned() -> None:
    assert set(SERVED) <= set(pins("requirements.txt"))


@pytest.mark.parametrize("name", INSTALLED)
def test_licence_is_known_and_accepted(name: str) -> None:
    assert is_accepted(licence_of(INSTALLED[name]))


@pytest.mark.parametrize("name", INSTALLED)
def test_licence_is_listed(name: str) -> None:
    listed = (ROOT / "docs" / "licences.md").read_text()
    assert re.search(rf"^\| {re.escape(name)} \| {re.escape(licence_of(INSTALLED[name]))} \| ", listed, re.M)


@pytest.mark.parametrize(
    ("expression", "accepted"),
    [
        ("MIT", True),
        ("MIT OR GPL-3.0-only", True),
        ("(Apache-2.0 AND BSD-3-Clause)", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("", False),
    ],
)
def test_licence_that_asks_for_more_is_refused(expression: str, accepted: bool) -> None:
    assert is_accepted(expression) is accepted


def test_package_without_a_known_licence_is_named(tmp_path: Path) -> None:
    (tmp_path / "METADATA").write_text("Metadata-Version: 2.4\nName: nameless\nLicense: Do what I say\n")
    with pytest.raises(LookupError, match=r"nameless: what licence is \['Do what I say'\]\?"):
        licence_of(PathDistribution(tmp_path))


def test_bill_of_materials_lists_what_is_installed_and_how_it_hangs_together() -> None:
    found = bill()
    references = {item["bom-ref"] for item in found["components"]}
    own = found["metadata"]["component"]["bom-ref"]
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    assert references == {f"pkg:pypi/{name}@{package.version}" for name, package in SERVED.items()}
    needed = {item["ref"]: set(item["dependsOn"]) for item in found["dependencies"]}
    assert set(needed) == references | {own}
    assert set().union(*needed.values()) == references
    assert f"pkg:pypi/uvicorn@{distribution('uvicorn').version}" in needed[own]


def test_image_installs_nothing_but_pinned_and_hashed_packages() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    installs = re.findall(r"pip install ([^\n&]*)", dockerfile)
    assert installs
    assert all("--require-hashes" in install or "--no-deps" in install for install in installs)
    assert re.search(r"^USER (?!root|0)", dockerfile, re.M)
    assert re.search(r"^HEALTHCHECK ", dockerfile, re.M)
    assert not re.search(r"^(ARG|ENV) .*(TOKEN|SECRET|PASSWORD|KEY)", dockerfile, re.M)


def test_purposes_cover_every_extra() -> None:
    extras = {extra for needed in PURPOSES.values() for extra in needed}
    offered = set(distribution("proctormock").metadata.get_all("Provides-Extra", []))
    assert extras == offered - {"fuzz"}  # installed by hand, by who fuzzes
