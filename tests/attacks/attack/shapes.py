"""What an answer's body must look like, per vendor."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from attack.case import Expected

Shape = Callable[[int, bytes], None]

CONSERO_REFUSED = {"success": False, "message": "Unauthorized API key."}
CONSERO_ADDRESS = {"success": False, "message": "Your IP address is not allowed."}
PROCTOREXAM_REFUSED = {"error": "You are not authorized to access this page."}
CONSTRUCTOR_REFUSED = {"detail": "Invalid token."}


def exactly(value: Any) -> Shape:
    """The body is this JSON."""

    def check(status: int, body: bytes) -> None:
        assert json.loads(body) == value

    return check


def consero(status: int, body: bytes) -> None:
    """Consero's words: a message, and the errors by field where values are wrong."""
    found = json.loads(body)
    assert isinstance(found["message"], str)
    assert set(found) <= ({"message", "errors"} if status == 422 else {"message", "success"})


def proctorexam(status: int, body: bytes) -> None:
    """ProctorExam's words: a text under `error`, or messages by field under `errors`."""
    found = json.loads(body)
    assert set(found) in ({"error"}, {"errors"})
    assert isinstance(found.get("error", ""), str)


def constructor(status: int, body: bytes) -> None:
    """Constructor's words: a text under `detail`, or messages by field."""
    found = json.loads(body)
    assert isinstance(found, dict)
    assert set(found) == {"detail"} or status == 400


def html(status: int, body: bytes) -> None:
    """A page for a person."""
    assert body.startswith(b"<!doctype html>")


def server(status: int, body: bytes) -> None:
    """The words of the server in front, before any vendor is known."""
    assert b"{" not in body or b'"type":"about:blank"' in body


def anything(status: int, body: bytes) -> None:
    """Whatever the vendor answers to a good request."""


def expect(*statuses: int, shape: Shape, **more: Any) -> Expected:
    """Return what must come back."""
    return Expected(frozenset(statuses), shape, **more)
