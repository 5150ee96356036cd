"""The licence of each package, as its own metadata says; written to `docs/licences.md`."""

from __future__ import annotations

from importlib.metadata import Distribution

from tests.supply_chain.installed import closure

# What may be used beside MIT: all of these let the program be used, changed and passed on.
ACCEPTED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "LGPL-3.0-only",
    "MIT",
    "MPL-2.0",
    "PSF-2.0",
    "Unlicense",
    "Zlib",
}
# Packages that still name their licence in a way of their own.
_SPDX = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "zlib/libpng License": "Zlib",
}
# Packages whose metadata names none: read from the licence file that they bring.
_READ = {"pysqlite3": "Zlib"}
PURPOSES = {"server": (), "PostgreSQL": ("postgresql",), "contracts": ("contracts",), "tests": ("test",)}


def licence_of(package: Distribution) -> str:
    """Return the SPDX expression of a package's licence.

    Raises:
        LookupError: its metadata names none, or one by a name that is not known here.
    """
    metadata = package.metadata
    named = metadata.get("License-Expression") or _READ.get(metadata["Name"])
    if named:
        return named
    prefix = "License :: OSI Approved :: "
    found = [
        text.removeprefix(prefix) for text in metadata.get_all("Classifier", []) if text.startswith(prefix)
    ]
    found = found or [(metadata.get("License") or "").strip().split("\n")[0]]
    expressions = sorted({_SPDX.get(text, text) for text in found})
    if unknown := [text for text in expressions if text not in ACCEPTED]:
        raise LookupError(f"{metadata['Name']}: what licence is {unknown}? Say so in {__name__}")
    return " OR ".join(expressions)


def is_accepted(expression: str) -> bool:
    """Tell whether a package under this SPDX expression may be used."""
    ways = expression.replace("(", "").replace(")", "").split(" OR ")
    return any(all(part.strip() in ACCEPTED for part in way.split(" AND ")) for way in ways)


def document() -> str:
    """Return `docs/licences.md`: each package once, under the first purpose that needs it."""
    lines = ["# Licences of what is used", "", "Written by `python -m tests.supply_chain licences`.", ""]
    lines += ["| package | licence | needed for |", "|---|---|---|"]
    seen: set[str] = set()
    for purpose, extras in PURPOSES.items():
        for name, package in closure(extras).items():
            if name not in seen:
                lines.append(f"| {name} | {licence_of(package)} | {purpose} |")
            seen.add(name)
    return "\n".join(lines) + "\n"
