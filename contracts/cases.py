"""How generated requests become requests that a real client of the vendor could send."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contracts.bench import Bench

Value = Callable[["Bench"], Any]


def leave_out(_: "Bench") -> Any:
    """A usable value for a field that no value fits: the field is not sent."""
    return LEFT_OUT


LEFT_OUT = object()


@dataclass(frozen=True)
class Cases:
    """Per vendor.

    `values` gives usable values by (operation, field) or ("*", field), `objects` an existing object's id by
    the resource that `x-refers-to` names, `unique` what is free where the document says `x-unique`.
    They replace generated values wherever the case is not about that very field.
    `left_out` are operations the engine leaves to named contracts, with the reason.
    """

    credential_fields: frozenset[str]
    values: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    objects: Mapping[str, Value] = field(default_factory=dict)
    unique: Callable[[str], Value] | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)

    def usable(self, operation: str, name: str, definition: Mapping[str, Any]) -> Value | None:
        found = self.values.get((operation, name), self.values.get(("*", name)))
        if found is None and "x-refers-to" in definition:
            found = self.objects.get(definition["x-refers-to"])
        if found is None and definition.get("x-unique") and self.unique is not None:
            found = self.unique(name)
        return found
