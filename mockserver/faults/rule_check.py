"""Is there any call that a rule means? Asked before it is armed: one that never strikes goes unnoticed."""

from __future__ import annotations

from collections.abc import Sequence

from mockserver.faults import registry
from mockserver.faults.kinds import AnyFault
from mockserver.faults.kinds.status import Status
from mockserver.path_patterns import can_fit
from mockserver.vendor import Operation, Vendor

Choice = list[tuple[Vendor, Operation]]


class RuleMeansNothing(ValueError):
    """A rule that no call can ever fit; the message says which of its fields is why."""


def check(rule: AnyFault, vendors: Sequence[Vendor]) -> None:
    """Refuse a rule that can match nothing: each of its fields has to leave an operation.

    Raises:
        RuleMeansNothing: with the first field that leaves none, and what there is instead.
    """
    left = _of_vendor(rule, vendors)
    left = _named(rule, left)
    left = _with_method(rule, left)
    left = _on_path(rule, left)
    if isinstance(rule, Status):
        _check_code(rule, left)


def _of_vendor(rule: AnyFault, vendors: Sequence[Vendor]) -> Choice:
    names = [vendor.name for vendor in vendors]
    if rule.vendor is not None and rule.vendor not in names:
        raise RuleMeansNothing(f"vendor: there is none called {rule.vendor!r}, use one of {', '.join(names)}")
    return [
        (vendor, operation)
        for vendor in vendors
        for operation in vendor.operations
        if rule.vendor in (None, vendor.name)
    ]


def _named(rule: AnyFault, left: Choice) -> Choice:
    if rule.operation is None:
        return left
    found = [(vendor, operation) for vendor, operation in left if operation.id == rule.operation]
    if not found:
        known = dict.fromkeys(operation.id for _, operation in left)
        raise RuleMeansNothing(f"operation: there is no {rule.operation!r}, use one of {', '.join(known)}")
    return found


def _with_method(rule: AnyFault, left: Choice) -> Choice:
    if rule.method is None:
        return left
    found = [(vendor, operation) for vendor, operation in left if rule.method in _methods_of(operation)]
    if not found:
        allowed = sorted({method for _, operation in left for method in _methods_of(operation)})
        raise RuleMeansNothing(f"method: no such operation takes {rule.method}, only {', '.join(allowed)}")
    return found


def _methods_of(operation: Operation) -> tuple[str, ...]:
    """Return the methods that reach an operation: HEAD also where GET does."""
    return (*operation.methods, "HEAD") if "GET" in operation.methods else operation.methods


def _on_path(rule: AnyFault, left: Choice) -> Choice:
    if rule.path is None:
        return left
    found = [
        (vendor, operation)
        for vendor, operation in left
        if can_fit(rule.path, vendor.path_of(operation))
        or can_fit(rule.path, f"/{vendor.name}{vendor.path_of(operation)}")
    ]
    if not found:
        paths = sorted({vendor.path_of(operation) for vendor, operation in left})
        raise RuleMeansNothing(f"path: {rule.path} fits none of {', '.join(paths)}")
    return found


def _check_code(rule: Status, left: Choice) -> None:
    if any(rule.suits(vendor, operation) for vendor, operation in left):
        return
    codes = {error.name for vendor, operation in left for error in registry.errors_of(vendor, operation)}
    raise RuleMeansNothing(
        f"code: none of these operations documents {rule.code}"
        + (f" number {rule.variant}" if rule.variant > 1 else "")
        + f", only {', '.join(sorted(codes))}, and 500, 502, 503, 504 as gateways answer"
    )
