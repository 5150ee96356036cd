"""The bodies of refusals (PE-464, PE-465)."""

from __future__ import annotations

from pydantic import RootModel

from mockserver.wire import WireModel


class Refusal(WireModel):
    """A message as text (PE-464)."""

    error: str


class ModelErrors(WireModel):
    """Messages by field (PE-465, PE-467)."""

    errors: dict[str, list[str]]


class Unprocessable(RootModel[Refusal | ModelErrors]):
    """422: a missing parameter, a value that exists already, or broken validations."""


class OpenExam(WireModel):
    """An exam that keeps a tool provider from being deleted (PE-198)."""

    id: int
    name: str


class OpenExams(WireModel):
    """A list in a list, as the page prints it (PE-198)."""

    open_exam: list[list[OpenExam]]


class Locked(WireModel):
    """423 of `tool_providers.destroy`, the one body of a refusal that is printed (PE-069)."""

    error: OpenExams
