"""How generated requests become requests that a real client of the vendor could send."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contracts.bench import Bench

Value = Callable[["Bench"], Any]


@dataclass(frozen=True)
class Cases:
    """Per vendor.

    `values` gives usable values by (operation, field) or ("*", field): ids that exist, names that are free.
    They replace generated ones wherever the case is not about that very field.
    `left_out` are operations the engine leaves to named contracts, with the reason.
    """

    credential_fields: frozenset[str]
    values: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)

    def value(self, operation: str, name: str) -> Value | None:
        return self.values.get((operation, name), self.values.get(("*", name)))
