"""A page for candidates: small, nothing from elsewhere, text as text."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
from importlib import resources
from string import Template

from mockserver.vendor import Answer

HTML = "text/html; charset=utf-8"


@functools.cache
def headers() -> tuple[tuple[str, str], ...]:
    """Return the headers of every page: nothing is loaded, and no style but its own is taken."""
    digest = base64.b64encode(hashlib.sha256(_file("invite.css").encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'"
    return (
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
    )


def page(status: int, title: str, sentence: str, *, action: str = "", label: str = "") -> Answer:
    """Return a page that says one thing, with a button where there is an `action`."""
    button = ""
    if action:
        button = _template("button.html").substitute(action=html.escape(action), label=html.escape(label))
    body = _template("invite.html").substitute(
        title=html.escape(title), sentence=html.escape(sentence), form=button, style=_file("invite.css")
    )
    return Answer(status, body.encode(), HTML, headers())


def back_to(location: str) -> Answer:
    """Return a redirect."""
    return Answer(302, b"", HTML, (("Location", location), *headers()))


@functools.cache
def _template(name: str) -> Template:
    return Template(_file(name))


@functools.cache
def _file(name: str) -> str:
    return (resources.files(__package__) / "pages" / name).read_text(encoding="utf-8")
