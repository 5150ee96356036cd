"""One request and its answer, as the checks see them and the reports print them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

PAGE_HEAD_BYTES = 2_000


class NoAnswer(Exception):
    """The server took the request and gave no usable answer: a timeout, or a broken body."""


class Absent:
    """What `Answer.at` gives for a place that is not in the answer: equal to nothing, and false."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "(absent)"


ABSENT: Final = Absent()


@dataclass(frozen=True)
class Request:
    """As it left: signed, with the values that were really sent."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.url).path


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    elapsed_ms: float

    @property
    def content_type(self) -> str:
        return self.header("content-type").partition(";")[0].strip().lower()

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), "")

    @property
    def json(self) -> Any:
        """The body read as JSON, or ABSENT when it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return ABSENT

    def at(self, *path: str | int) -> Any:
        """The value at a place of the JSON body, or ABSENT."""
        value = self.json
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return ABSENT
        return value

    @property
    def page_title(self) -> str | None:
        """What a web page is called, perhaps nothing; None when the body is none."""
        start = self.body[:PAGE_HEAD_BYTES].decode("utf-8", "replace").lstrip()
        if not re.match(r"<(!doctype html|html|head|body|h1|title)\b", start, re.IGNORECASE):
            return None
        found = re.search(r"<(title|h1)[^>]*>([^<]*)", start, re.IGNORECASE)
        return " ".join(found[2].split()) if found else ""

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 400

    @property
    def succeeded(self) -> bool:
        return 200 <= self.status < 300

    @property
    def refused(self) -> bool:
        return 400 <= self.status < 500


@dataclass
class Exchange:
    """Number `number` of the run; `origin` is the contract or the engine phase that sent it."""

    number: int
    origin: str
    operation: str | None
    request: Request
    answer: Answer | None
    started_at: float
    error: str = ""
    # With the placeholders still in place of credentials, so that it can be signed afresh.
    template: Request | None = field(default=None, repr=False)
