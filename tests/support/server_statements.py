"""Every statement of the server, wherever it stands: a process of its own knows none of the tests'."""

from __future__ import annotations

import json
import subprocess
import sys

_LIST = """
import importlib, json, pkgutil, mockserver
from mockserver.store import Statement
for module in pkgutil.walk_packages(mockserver.__path__, "mockserver."):
    if not module.name.endswith("__main__") and not module.name.startswith("mockserver.seeded_faults"):
        importlib.import_module(module.name)
print(json.dumps([statement.text for statement in Statement.registered]))
"""


def _texts() -> list[str]:
    listed = subprocess.run([sys.executable, "-c", _LIST], capture_output=True, check=True)
    return list(dict.fromkeys(json.loads(listed.stdout)))


STATEMENTS = _texts()
