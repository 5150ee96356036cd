"""A control: one thing that can be done to a running server, declared once.

The control API, its OpenAPI document and the commands of `mockserver` are all made from the declarations.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from mockserver.admin.problem import AdminProblem
from mockserver.courier import Courier
from mockserver.journey import House
from mockserver.sandboxes import Sandbox
from mockserver.store import Connection
from mockserver.vendor import Vendor
from mockserver.worlds import Worlds

Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True)
class Desk:
    """What a control works with: one unit of work and the house."""

    db: Connection
    house: House
    worlds: Worlds
    vendors: Sequence[Vendor]
    base_url: str
    uptime_seconds: float

    @property
    def now_ms(self) -> int:
        """The machine's time."""
        return self.house.machine.now_ms()

    def sandbox(self, sandbox_id: str) -> Sandbox:
        """Return a sandbox.

        Raises:
            AdminProblem: 404, there is none.
        """
        sandbox = self.house.sandboxes.get(self.db, sandbox_id)
        if sandbox is None:
            raise AdminProblem(
                404,
                f"There is no sandbox {sandbox_id!r}: "
                "'mockserver sandbox list' or GET /__admin/sandboxes lists them.",
            )
        return sandbox

    def vendor(self, name: str) -> Vendor:
        """Return a vendor by its name.

        Raises:
            AdminProblem: 404, there is none.
        """
        for vendor in self.vendors:
            if vendor.name == name:
                return vendor
        names = ", ".join(vendor.name for vendor in self.vendors)
        raise AdminProblem(404, f"There is no vendor {name!r}: use one of {names}.")


@dataclass(frozen=True)
class Errand:
    """What a control works with that takes its time: it opens units of work as it needs them.

    `building` is the whole server as an ASGI app; `is_stopping` tells whether it waits for what is under way;
    `stopped` names what it should do by itself and no longer does.
    """

    house: House
    courier: Courier
    building: Callable[..., Awaitable[None]]
    at_desk: Callable[[Callable[[Desk], Any]], Awaitable[Any]]
    is_stopping: Callable[[], bool]
    stopped: Callable[[], list[str]]
    uptime_seconds: float


@dataclass(frozen=True)
class Control:
    """One declared control. `status` is that of success; 204 has no body, others one of `media_type`."""

    name: str
    method: str
    path: str
    status: int
    summary: str
    handler: Callable[..., Any]
    problems: tuple[int, ...]
    media_type: str = "application/json"
    answers: Any = None

    @property
    def parameters(self) -> list[inspect.Parameter]:
        """The parameters of the handler besides `desk` or `errand`."""
        signature = inspect.signature(self.handler, eval_str=True)
        return [item for name, item in signature.parameters.items() if name not in ("desk", "errand")]

    @property
    def returns(self) -> Any:
        """What is answered: what the declaration says, or else the annotation of the handler."""
        if self.answers is not None:
            return self.answers
        return inspect.signature(self.handler, eval_str=True).return_annotation

    @property
    def answers_json(self) -> bool:
        """Whether success has a JSON body."""
        return self.status != 204 and self.media_type == "application/json"

    @property
    def takes_its_time(self) -> bool:
        """Whether the handler is a coroutine, which takes an errand instead of a desk."""
        return inspect.iscoroutinefunction(self.handler)


class Controls(list[Control]):
    """The controls of one noun, filled by decorators at the handlers."""

    def add(
        self,
        method: str,
        path: str,
        name: str,
        *,
        status: int = 200,
        problems: tuple[int, ...] = (),
        media_type: str = "application/json",
        answers: Any = None,
    ) -> Callable[[Handler], Handler]:
        """Declare the decorated handler as `name`; `answers` is the model of the plain JSON it returns."""

        def declare(handler: Handler) -> Handler:
            summary = (inspect.getdoc(handler) or name).partition("\n")[0]
            self.append(Control(name, method, path, status, summary, handler, problems, media_type, answers))
            return handler

        return declare
