"""The same work as most would write it first: FastAPI, SQLModel, a session for each request.

A signature over twelve parameters, a nonce that is stored, a row, an answer with 201. The pool holds as
many connections as there are threads: with the default pool and 64 callers everybody waits for everybody.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from anyio import to_thread
from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, create_engine

SECRET = os.environ["NAIVE_SECRET"].encode()
THREADS = 64
engine = create_engine(
    os.environ["NAIVE_DATABASE"],
    pool_size=THREADS,
    pool_timeout=60,
    connect_args={"timeout": 60, "check_same_thread": False},
)


class Nonce(SQLModel, table=True):
    nonce: str = Field(primary_key=True)
    used_at: float


class Institute(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    short_name: str
    callback_url: str | None = None
    tawk_url: str | None = None
    global_proctor: bool = False
    global_reviewer: bool = False
    default_language: str = "en-GB"
    session_retention_period: int = 6
    block_students_until_proctor_connected: bool = False


class SignedInstitute(BaseModel):
    name: str
    short_name: str
    callback_url: str
    tawk_url: str
    global_proctor: bool
    global_reviewer: bool
    default_language: str
    session_retention_period: int
    block_students_until_proctor_connected: bool
    timestamp: int
    nonce: int
    signature: str


@event.listens_for(engine, "connect")
def on_connect(driver: Any, record: Any) -> None:
    driver.execute("PRAGMA journal_mode = WAL")
    driver.execute("PRAGMA synchronous = NORMAL")


@asynccontextmanager
async def lifespan(app: FastAPI) -> Any:
    SQLModel.metadata.create_all(engine)
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


app = FastAPI(lifespan=lifespan)


def session() -> Iterator[Session]:
    with Session(engine) as db:
        yield db


def text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@app.post("/institutes", status_code=201)
def create(signed: SignedInstitute, db: Annotated[Session, Depends(session)]) -> Institute:
    parameters = signed.model_dump(exclude={"signature"})
    to_sign = "?".join(f"{name}={text(parameters[name])}" for name in sorted(parameters))
    expected = hmac.new(SECRET, to_sign.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, signed.signature):
        raise HTTPException(403)
    db.add(Nonce(nonce=str(signed.nonce), used_at=time.time()))
    try:
        db.commit()
    except IntegrityError:
        raise HTTPException(403) from None
    institute = Institute(**signed.model_dump(exclude={"signature", "nonce", "timestamp"}))
    db.add(institute)
    db.commit()
    db.refresh(institute)
    return institute
