"""The faults, one a file."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter

from mockserver.faults.kinds.cut_body import CutBody
from mockserver.faults.kinds.delay import Delay
from mockserver.faults.kinds.hang_up import HangUp
from mockserver.faults.kinds.lose_answer import LoseAnswer
from mockserver.faults.kinds.malformed_json import MalformedJson
from mockserver.faults.kinds.rate_limit import RateLimit
from mockserver.faults.kinds.status import Status
from mockserver.faults.kinds.wrong_content_type import WrongContentType

AnyFault = Annotated[
    Status | Delay | HangUp | LoseAnswer | CutBody | MalformedJson | WrongContentType | RateLimit,
    Field(discriminator="fault"),
]

ANY_FAULT: TypeAdapter[
    Status | Delay | HangUp | LoseAnswer | CutBody | MalformedJson | WrongContentType | RateLimit
] = TypeAdapter(AnyFault, config=ConfigDict(defer_build=True))

__all__ = ["ANY_FAULT", "AnyFault"]
