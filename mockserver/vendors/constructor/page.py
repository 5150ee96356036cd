"""Our own pages, which play the proctored test in a browser: small, nothing from elsewhere, text as text."""

from __future__ import annotations

import functools
import html
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from string import Template
from typing import Any
from urllib.parse import quote, urlsplit

from mockserver.vendor import Answer

HTML = "text/html; charset=utf-8"
FILES = {"proctor.css": "text/css; charset=utf-8", "proctor.js": "text/javascript; charset=utf-8"}
ORIGIN_PARAMETER = "examus-client-origin"  # CP-233
# A test may lead its frame over several hosts (a login), and the end of a test to any address of the client's
# tokens: so frames and forms may go to any web address, scripts and styles only come from here.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; frame-src http: https:; "
    "form-action 'self' http: https:; base-uri 'none'"
)
HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
)


@dataclass(frozen=True)
class Markup:
    """Text that is HTML already."""

    text: str


def page(status: int, title: str, content: Markup, *, path: str, subtitle: str = "") -> Answer:
    """Return a page; `path` is that of the request, to which the links are relative."""
    body = fill("layout.html", title=title, subtitle=subtitle, content=content, root=root(path))
    return Answer(status, body.text.encode(), HTML, HEADERS)


def message_page(status: int, heading: str, sentence: str, *, path: str) -> Answer:
    """Return a page that says one thing."""
    return page(status, heading, fill("message.html", heading=heading, sentence=sentence), path=path)


def fill(name: str, **values: Any) -> Markup:
    """Return a template with its values put in as text, `Markup` as it is."""
    texts = {
        key: value.text if isinstance(value, Markup) else html.escape(str(value))
        for key, value in values.items()
    }
    return Markup(_template(name).substitute(texts).strip())


def joined(parts: Sequence[Markup]) -> Markup:
    """Return the parts one after the other."""
    return Markup("\n".join(part.text for part in parts))


def file(name: str) -> bytes | None:
    """Return a style sheet or script, None where there is none of that name."""
    return _read(name).encode() if name in FILES else None


def root(path: str) -> str:
    """Return the way from a page at `path` to `…/integration/simple/{integration_name}/`."""
    _, _, below = path.partition("/integration/simple/")
    return "../" * (below.count("/") - 1)


def framed(url: str, origin: str) -> str:
    """Return the URL of the test with the origin of the page around its frame (CP-233)."""
    before, hash_sign, fragment = url.partition("#")
    separator = "&" if "?" in before else "?"
    return f"{before}{separator}{ORIGIN_PARAMETER}={quote(origin, safe='')}{hash_sign}{fragment}"


def origin_of(url: str) -> str:
    """Return scheme, host and port of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


def redirect(url: str) -> Answer:
    """Return a redirect; characters that a header cannot hold are percent-encoded."""
    location = quote(url, safe="%/:?#[]@!$&'()*+,;=-._~")
    return Answer(302, b"", HTML, (("Location", location), *HEADERS))


@functools.cache
def _template(name: str) -> Template:
    return Template(_read(name))


@functools.cache
def _read(name: str) -> str:
    return (resources.files(__package__) / "pages" / name).read_text(encoding="utf-8")
