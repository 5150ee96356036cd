"""The register of documented errors: each under its code and, where several share one, a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mockserver.vendor import DocumentedError, Operation, Vendor


@dataclass(frozen=True)
class Registered:
    """A documented error under the name that asks for it: `404`, or `422-2` for the second with this code."""

    code: int
    variant: int
    error: DocumentedError

    @property
    def name(self) -> str:
        """The code, with its variant where that is not the first."""
        return str(self.code) if self.variant == 1 else f"{self.code}-{self.variant}"


def errors_of(vendor: Vendor, operation: Operation) -> list[Registered]:
    """Return every documented error of an operation; several with one code count up from 1."""
    found: list[Registered] = []
    for error in vendor.errors_of(operation):
        variant = 1 + sum(1 for registered in found if registered.code == error.status)
        found.append(Registered(error.status, variant, error))
    return found


def find(vendor: Vendor, operation: Operation, code: int, variant: int = 1) -> DocumentedError | None:
    """Return one of them, None where the operation documents no such error."""
    for registered in errors_of(vendor, operation):
        if (registered.code, registered.variant) == (code, variant):
            return registered.error
    return None


def listed(errors: Sequence[Registered]) -> list[dict[str, object]]:
    """Return errors as the control API and the tool's own refusals list them."""
    return [
        {
            "code": registered.code,
            "variant": registered.variant,
            "name": registered.name,
            "when": registered.error.when,
            "statements": list(registered.error.statements),
        }
        for registered in errors
    ]
