"""What a scenario may hold: the keys of a file and of each kind of step."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError, field_validator

from mockserver.complaints import message
from mockserver.errors import UsageError
from mockserver.scenarios.document import Document, ScenarioInvalid, read_document

KINDS = ("send", "advance", "clock", "settings", "fault", "event", "webhook", "control", "count", "reset")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Expected(_Part):
    """What an answer must be. Only what is written here is looked at."""

    status: Annotated[int, Field(ge=100, le=599)] | None = None
    body: Any = None  # objects may hold more than this, at every depth
    exactly: Any = None  # the whole body
    headers: dict[str, str] = {}
    refused_by: str | None = None  # null: not refused
    likely_mistake: str | None = None  # null: none was recognised
    no_answer: bool = False  # the server hangs up before its answer is whole


class _Step(_Part):
    name: str | None = None


class Send(_Step):
    """Sign a request and send it; `again` sends the last one once more, byte by byte."""

    send: str
    parameters: dict[str, Any] = Field(default={}, alias="with")
    form: bool = False
    files: dict[str, str] = {}
    body: str | None = None
    headers: dict[str, str] = {}
    nonce: str | int | None = None
    timestamp: str | int | None = None
    signature: str | None = None
    exp: str | int | None = None
    path_ids: Literal["none"] | None = None
    expect: Expected = Expected()
    keep: dict[str, str] = {}

    @field_validator("send")
    @classmethod
    def _three_words(cls, text: str) -> str:
        if text != "again" and len(text.split()) != 3:
            raise ValueError("write it as VENDOR METHOD PATH, or 'again'")
        return text


class Advance(_Step):
    """Move the clock, e.g. `25h`."""

    advance: str | float


class SetClock(_Step):
    """Let the clock stand still at a moment, or be `real`."""

    clock: str


class Settings(_Step):
    """Change settings."""

    settings: dict[str, Any]


class Fault(_Step):
    """Arm a fault."""

    fault: dict[str, Any]


class Event(_Step):
    """Let something happen on the vendor's side."""

    event: dict[str, Any]


class Webhook(_Step):
    """Send all that is due, then look at the next webhook of this name, or `again` at the last one."""

    webhook: str
    body: Any = None  # objects may hold more than this, at every depth
    answered: Annotated[int, Field(ge=100, le=599)] | None = None  # to its latest attempt
    attempts: int | None = None
    keep: dict[str, str] = {}  # from the body


class Control(_Step):
    """Carry out any control of the server by its name."""

    control: str
    values: dict[str, Any] = Field(default={}, alias="with")
    expect: Any = None  # the answer; objects may hold more than this
    keep: dict[str, str] = {}


class Count(_Step):
    """Count requests in the journal."""

    count: dict[str, Any]
    expect: int


class Reset(_Step):
    """Bring the world back to its seed."""

    reset: Literal[True]


def _kind(step: Any) -> str | None:
    found = [kind for kind in KINDS if isinstance(step, dict) and kind in step]
    return found[0] if len(found) == 1 else None


Step = Annotated[
    Annotated[Send, Tag("send")]
    | Annotated[Advance, Tag("advance")]
    | Annotated[SetClock, Tag("clock")]
    | Annotated[Settings, Tag("settings")]
    | Annotated[Fault, Tag("fault")]
    | Annotated[Event, Tag("event")]
    | Annotated[Webhook, Tag("webhook")]
    | Annotated[Control, Tag("control")]
    | Annotated[Count, Tag("count")]
    | Annotated[Reset, Tag("reset")],
    Discriminator(
        _kind,
        custom_error_type="step",
        custom_error_message=f"a step does one of these: {', '.join(KINDS)}",
    ),
]


class Script(_Part):
    """A whole file."""

    scenario: str
    seed: bool | str = True  # false: an empty world; a file: one that was exported
    clock: str | None = None
    receiver: bool = False  # listens for webhooks at ${receiver}, and refuses what is badly signed
    settings: dict[str, Any] = {}
    steps: list[Step] = Field(min_length=1)


def read_script(file: Path) -> tuple[Script, Document]:
    """Read a scenario file.

    Raises:
        ScenarioInvalid: with every problem, each on a line with its place.
        UsageError: the file cannot be read.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageError(f"the scenario {file} cannot be read: {problem}") from None
    document = read_document(text, str(file))
    try:
        return Script.model_validate(document.value), document
    except ValidationError as problem:
        errors = problem.errors(include_url=False)
        raise ScenarioInvalid("\n".join(_told(document, error) for error in errors)) from None


def _told(document: Document, error: Any) -> str:
    """Return one problem with its place; the location names the kind of a step, which no line has."""
    path = error["loc"]
    if len(path) > 2 and path[0] == "steps":
        path = (*path[:2], *path[3:])
    where = document.where(path)
    name = str(path[-1]) if path else ""
    match error["type"]:
        case "extra_forbidden":
            return f"{where}: {name!r} {message(error)}{_meant(name, error['loc'])}"
        case "missing":
            return f"{where}: {name!r} {message(error)}"
        case "step" | "model_type":
            return f"{where}: {message(error)}"
    return f"{where}: {name}: {message(error)}"


def _meant(name: str, path: tuple[Any, ...]) -> str:
    models: dict[str, type[BaseModel]] = {
        "send": Send, "advance": Advance, "clock": SetClock, "settings": Settings, "fault": Fault,
        "event": Event, "webhook": Webhook, "control": Control, "count": Count, "reset": Reset,
    }  # fmt: skip
    model: type[BaseModel] = Script
    if len(path) > 2:
        model = Expected if "expect" in path else models[path[2]]
    known = [field.alias or key for key, field in model.model_fields.items()]
    close = difflib.get_close_matches(name, known, n=1)
    return f": did you mean {close[0]!r}?" if close else f", only {', '.join(known)}"
