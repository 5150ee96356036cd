"""Models of what goes over the wire."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class WireModel(BaseModel):
    """A model whose validator is made with its first use: a start would make two hundred, and use none."""

    model_config = ConfigDict(defer_build=True)
