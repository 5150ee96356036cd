"""What FastAPI alone costs: a validated body, no access check, no store."""

from __future__ import annotations

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class NewItem(BaseModel):
    name: str
    short_name: str
    callback_url: str | None = None


class Item(NewItem):
    id: int


@app.get("/items")
async def index() -> list[Item]:
    return [Item(id=1, name="University", short_name="U")]


@app.post("/items", status_code=201)
async def create(item: NewItem) -> Item:
    return Item(id=1, **item.model_dump())
