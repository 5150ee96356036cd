"""The rooms. A new one is a new folder here with a `VENDOR`: the server finds it by itself."""

from __future__ import annotations

import importlib
import pkgutil

from mockserver.vendor import Vendor


def all_vendors() -> list[Vendor]:
    """Return every vendor in this folder, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}").VENDOR for name in names]
