"""Installing the peers from their registries, once, into a folder outside of the project."""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.gettempdir()) / "proctormock-peers"
NPM = ("@stoplight/prism-cli@5.14.2", "@mockoon/cli@9.9.0", "json-server@0.17.4", "wiremock@3.13.2")
PYPI = "moto[server]==5.2.5"
INSTALL_SECONDS = 300


def script(name: str) -> str:
    """Return the path of a command that npm installed."""
    return str(FOLDER / "node_modules" / ".bin" / name)


def wiremock_jar() -> str:
    """Return the path of WireMock's jar, which its npm package brings along."""
    return str(next((FOLDER / "node_modules" / "wiremock" / "build").glob("*.jar")))


def moto_server() -> str:
    """Return the path of moto's server."""
    return str(FOLDER / "moto" / "bin" / "moto_server")


@functools.cache
def npm_missing() -> str | None:
    """Install the peers of npm; return why that does not work."""
    if not shutil.which("npm"):
        return "npm is not installed (Debian: apt-get install npm)"
    return _missing(Path(script("prism")), ["npm", "install", "--no-audit", "--no-fund", "--no-save", *NPM])


def wiremock_missing() -> str | None:
    """Return why WireMock cannot run: it needs Java besides npm."""
    if not shutil.which("java"):
        return "java is not installed (Debian: apt-get install openjdk-17-jre-headless)"
    return npm_missing()


@functools.cache
def moto_missing() -> str | None:
    """Install moto into an environment of its own; return why that does not work."""
    environment = str(FOLDER / "moto")
    pip = [f"{environment}/bin/pip", "install", "--quiet", PYPI]
    return _missing(Path(moto_server()), [sys.executable, "-m", "venv", environment], pip)


def _missing(proof: Path, *commands: list[str]) -> str | None:
    """Run the commands unless their result is there."""
    if proof.exists():
        return None
    FOLDER.mkdir(exist_ok=True)
    try:
        for command in commands:
            subprocess.run(command, cwd=FOLDER, check=True, capture_output=True, timeout=INSTALL_SECONDS)
    except subprocess.CalledProcessError as problem:
        said = problem.stderr.decode("utf-8", "replace").strip().splitlines()
        return f"{problem.cmd[0]} cannot install it here: {said[0] if said else problem}"
    except (subprocess.TimeoutExpired, OSError) as problem:
        return f"cannot be installed here: {problem}"
    return None
