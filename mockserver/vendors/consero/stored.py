"""What the rows of Consero's tables hold beyond their columns' types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from mockserver.stored import Belongs, StoredRow

Score = Annotated[float, Field(ge=0, le=100)]  # CO-065


class Allocation(StoredRow):
    """An invite (CO-055): what runs has begun, and what is completed has its times and its score (CO-067)."""

    state: Literal["allocated", "started", "completed", "inValid"]
    started_ms: int | None
    ended_ms: int | None
    score: Score | None

    @model_validator(mode="after")
    def _is_whole(self) -> Allocation:
        needed: dict[str, dict[str, float | None]] = {
            "started": {"started_ms": self.started_ms},
            "completed": {"started_ms": self.started_ms, "ended_ms": self.ended_ms, "score": self.score},
        }
        for name, value in needed.get(self.state, {}).items():
            if value is None:
                raise ValueError(f"{name} is missing, though the state is {self.state}")
        return self


BELONGINGS = (Belongs("consero_allocation", ("examination_id",), "consero_examination"),)


def rows() -> Mapping[str, type[StoredRow]]:
    """Return what is asked of the rows of a table."""
    return {"consero_allocation": Allocation}
