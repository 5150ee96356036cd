"""What every fault has: which calls it means, and how often it strikes."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mockserver.faults.effect import Effect
from mockserver.path_patterns import fits
from mockserver.vendor import Call, Operation, Vendor

MAX_DELAY_MS = 300_000


class Rule(BaseModel):
    """Which calls are meant: those that every given field fits; and how often it strikes."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)  # built when first used

    vendor: str | None = Field(default=None, max_length=40, description="Only calls of this vendor.")
    operation: str | None = Field(
        default=None, max_length=80, description="Only this operation, e.g. reports.get."
    )
    method: Annotated[str, Field(pattern="^[A-Z]{3,7}$")] | None = Field(
        default=None, description="Only calls with this method, e.g. POST."
    )
    path: Annotated[str, Field(pattern=r"^/[\x21-\x7e]*$", max_length=400)] | None = Field(
        default=None, description="Only this path, with or without /<vendor> in front; * stands for anything."
    )
    times: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000,
        description="Strike so many calls, then no more; always when left out.",
    )
    probability: float | None = Field(
        default=None, gt=0, le=1, description="Strike only this share of the calls; needs a seed."
    )
    seed: int | None = Field(
        default=None, ge=0, le=2**53, description="Decides which calls, the same ones in every run."
    )
    delay_ms: int = Field(
        default=0, ge=0, le=MAX_DELAY_MS, description="Wait so long before answering, in real time."
    )

    @model_validator(mode="after")
    def _share_needs_seed(self) -> Rule:
        if (self.probability is None) != (self.seed is None):
            raise ValueError("probability and seed belong together: a share without a seed is no test")
        return self

    def suits(self, vendor: Vendor, operation: Operation) -> bool:
        """Tell whether the fault can happen to an operation at all."""
        del vendor, operation
        return True

    def effect(self, vendor: Vendor, call: Call, shown: dict[str, Any]) -> Effect:
        """Return what is done to a call that is struck; `shown` goes into the journal."""
        raise NotImplementedError

    def means(self, vendor: str, operation: Operation, method: str, path: str) -> bool:
        """Tell whether a call is meant."""
        return (
            self.vendor in (None, vendor)
            and self.operation in (None, operation.id)
            and self.method in (None, method)
            and (self.path is None or fits(self.path, path) or fits(self.path, f"/{vendor}{path}"))
        )

    def strikes(self, asked: int) -> bool:
        """Tell whether call number `asked`, counted from 1, is struck: seed and number alone decide."""
        if self.probability is None:
            return True
        drawn = hashlib.sha256(f"{self.seed}/{asked}".encode()).digest()
        return int.from_bytes(drawn[:8], "big") < self.probability * 2**64
