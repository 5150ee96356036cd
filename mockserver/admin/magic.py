"""Magic values: what to send to get a documented error, on one page."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from mockserver.admin.control import Controls, Desk
from mockserver.faults.magic_page import HOW, magic_values

controls = Controls()


class MagicValue(BaseModel):
    """A value and the error that it asks for."""

    code: int
    variant: int = Field(description="Which error, where several have this code.")
    value: str | int
    when: str = Field(description="What makes the real one answer so.")


class MagicOperation(BaseModel):
    """Where one operation takes magic values."""

    model_config = ConfigDict(populate_by_name=True)

    operation: str
    place: str = Field(alias="in", description="text or id (parameters), path, or query.")
    name: str
    values: list[MagicValue]


class MagicVendor(BaseModel):
    """The magic values of one vendor."""

    vendor: str
    operations: list[MagicOperation]


class MagicPage(BaseModel):
    """All magic values."""

    how: str
    vendors: list[MagicVendor]


@controls.add("GET", "/magic-values", "magic.list")
def list_magic_values(desk: Desk) -> MagicPage:
    """List the values that ask for each documented error of each operation."""
    return MagicPage(
        how=HOW,
        vendors=[
            MagicVendor(
                vendor=vendor.name,
                operations=[
                    MagicOperation.model_validate(magic_values(vendor, operation))
                    for operation in vendor.operations
                    if not operation.is_page
                ],
            )
            for vendor in desk.vendors
        ],
    )
