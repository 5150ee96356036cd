"""A page for candidates: small, nothing from elsewhere, text as text."""

from __future__ import annotations

import functools
import html
from importlib import resources
from string import Template

from mockserver.vendor import Answer

HTML = "text/html; charset=utf-8"
HEADERS = (
    ("Content-Security-Policy", "default-src 'none'; form-action 'self'; base-uri 'none'"),
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
        title=html.escape(title), sentence=html.escape(sentence), form=button
    )
    return Answer(status, body.encode(), HTML, HEADERS)


def back_to(location: str) -> Answer:
    """Return a redirect."""
    return Answer(302, b"", HTML, (("Location", location), *HEADERS))


@functools.cache
def _template(name: str) -> Template:
    return Template((resources.files(__package__) / "pages" / name).read_text(encoding="utf-8"))
