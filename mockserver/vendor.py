"""What a room is: a vendor's operations, its access checks and its words. There is no base class.

A room says what it has in one `Vendor` value; the building mounts it, walks every request through the
same journey (`journey.py`) and asks the room at each step.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from mockserver.credentials import Derive
from mockserver.errors import Failure
from mockserver.events import Events
from mockserver.moment import DeliveryOptions
from mockserver.request import Request
from mockserver.store import Connection
from mockserver.stored import Belongs, StoredRow
from mockserver.strict_json import write_json

if TYPE_CHECKING:
    from mockserver.explain.explanation import Explanation
    from mockserver.faults.effect import Effect
    from mockserver.neighbours import Neighbours
    from mockserver.sandboxes import Sandbox

Handler = TypeVar("Handler", bound=Callable[..., "Answer"])


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and headers besides `Content-Type`, exactly as the caller gets them."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


def json_answer(status: int, value: Any, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Return an answer with `value` as compact JSON."""
    return Answer(status, write_json(value), headers=headers)


@dataclass(frozen=True)
class Operation:
    """One documented operation: where it is, what it reads, who answers, and which statements say so.

    `id` is the vendor sheet's name such as `student_sessions.update`; `reads` is the model of its
    parameters; `answers` maps each status to the model of its body (None: not described).
    """

    id: str
    methods: tuple[str, ...]
    path: str
    handler: Callable[..., Answer]
    reads: type[BaseModel] | None
    statements: tuple[str, ...]
    answers: Mapping[int, Any]
    summary: str
    deprecated: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_page(self) -> bool:
        """Whether this is a page of ours, which stands for what people do in the vendor's own pages."""
        return self.id.startswith("pages.")


class Operations(list[Operation]):
    """The operations of a room, filled by decorators at the handlers.

    A handler takes `call`, the ids of its path as text, and, where it reads parameters, `params` with a
    pydantic model as its annotation; it returns an `Answer` or raises a `Failure`.
    """

    def add(
        self,
        methods: str,
        path: str,
        operation_id: str,
        *,
        statements: str,
        answers: Mapping[int, Any],
        deprecated: bool = False,
        **options: Any,
    ) -> Callable[[Handler], Handler]:
        """Declare the decorated handler; `methods` and `statements` are words separated by blanks."""

        def declare(handler: Handler) -> Handler:
            signature = inspect.signature(handler, eval_str=True)
            reads = signature.parameters.get("params")
            self.append(
                Operation(
                    id=operation_id,
                    methods=tuple(methods.split()),
                    path=path,
                    handler=handler,
                    reads=None if reads is None else reads.annotation,
                    statements=tuple(statements.split()),
                    answers=answers,
                    summary=(inspect.getdoc(handler) or operation_id).partition("\n")[0],
                    deprecated=deprecated,
                    options=options,
                )
            )
            return handler

        return declare


@dataclass(slots=True)
class Call:
    """One request on its way through a room: what was sent, where it belongs, and what was found out.

    `now_ms` is the sandbox's time. `subject` says whose credential opened the door, `caller` what the
    room's access check made of it. `values` are the parameters as read, `unread` those no model knows.
    `passed` names the access checks that had passed where an unreadable body kept the others from being made.
    `notes` are facts for the journal. `effect` is the error on demand that this call meets.
    """

    request: Request
    operation: Operation | None
    db: Connection
    sandbox: Sandbox
    subject: str | None
    now_ms: int
    running_ms: int
    base_url: str
    trusted_proxies: tuple[Any, ...]
    random_bytes: Callable[[int], bytes]
    path: Mapping[str, str] = field(default_factory=dict)
    caller: Any = None
    values: Any = None
    unread: list[str] = field(default_factory=list)
    passed: tuple[str, ...] | None = None
    notes: dict[str, Any] = field(default_factory=dict)
    effect: Effect | None = None


@dataclass(frozen=True)
class DocumentedError:
    """One refusal that an operation can answer: the registry entry behind every error on demand.

    `when` says what makes the real one answer so; `statements` say who printed it.
    """

    status: int
    body: Any
    when: str
    statements: tuple[str, ...]
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "application/json"


@dataclass(frozen=True)
class Vendor:
    """A room as the building sees it.

    - `prefix` stands before every path of `operations`, below the room's mount.
    - `base_path` is what a client's base URL ends in.
    - `presented` returns the credential that chooses the sandbox, None where none is readable.
    - `admit` runs the access checks in the vendor's order and returns the caller.
    - `read` returns the parameters of the request as a mapping for the operation's model.
    - `phrase` says a failure in the vendor's words.
    - `explain` returns the facts and the likely mistake behind a refusal at the door.
    - `checks` names the access checks in their order; those before the one that failed have passed.
    - `errors_of` lists every refusal of an operation, the documented ones first.
    - `settings` is the model of what a sandbox can set for this vendor.
    - `default_credentials` are those of the sandbox `default`; `new_credentials` makes another's.
    - `doors` lists the texts that choose a sandbox, each with its subject.
    - `try_this` returns one shell command that works as it stands, given base URL, credentials and the
      words with which `mockserver send` is called.
    - `seed` fills an empty sandbox with the examples of the vendor's pages.
    - `essentials` adds what the credentials of any sandbox need to be somebody's, seeded or not.
    - `reopen` opens the doors of everybody whom a copied world holds besides the sandbox's own credentials.
    - `signature_parameters` are made anew when a request is signed again.
    - `tables` have a column `sandbox_id`, owners first; the building empties, copies and restores them.
    - `rows` returns, by table, what a row holds beyond the types of its columns.
    - `belongings` say which rows are never without another one.
    - `events` are what can happen on the vendor's side.
    - `sign_delivery` returns the headers that sign a webhook, given the sandbox's time; None: unsigned.
      A vendor with webhooks has settings that extend `WebhookSettings`.
    """

    name: str
    title: str
    prefix: str
    base_path: str
    operations: Operations
    checks: tuple[str, ...]
    presented: Callable[[Request, Mapping[str, str]], str | None]
    admit: Callable[[Call], Any]
    read: Callable[[Call], Mapping[str, Any]]
    phrase: Callable[[Failure, Call], Answer]
    explain: Callable[[Failure, Call, Neighbours], Explanation]
    errors_of: Callable[[Operation], tuple[DocumentedError, ...]]
    settings: type[BaseModel]
    default_credentials: Mapping[str, str]
    new_credentials: Callable[[Derive, str], dict[str, str]]
    doors: Callable[[Mapping[str, str]], dict[str, str]]
    try_this: Callable[[str, Mapping[str, str], str], str]
    seed: Callable[[Connection, Sandbox, int], None]
    tables: tuple[str, ...]
    rows: Callable[[], Mapping[str, type[StoredRow]]] = dict
    belongings: tuple[Belongs, ...] = ()
    essentials: Callable[[Connection, Sandbox, int], None] | None = None
    reopen: Callable[[Connection, Sandbox], None] | None = None
    trailing_slash: str = "refused"
    secret_fields: tuple[str, ...] = ()
    signature_parameters: tuple[str, ...] = ()
    events: Events = field(default_factory=Events)
    sign_delivery: Callable[[Sandbox, DeliveryOptions, int], tuple[tuple[str, str], ...]] | None = None

    def path_of(self, operation: Operation) -> str:
        """Return where an operation is below the room's mount; pages for people stand beside the prefix."""
        return operation.path if operation.is_page else self.prefix + operation.path
