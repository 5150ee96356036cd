"""What clients get wrong with a fixed key in a header.

Source: CO-009, CO-011 to CO-017.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from urllib.parse import parse_qsl, unquote_plus

from mockserver.explain.explanation import Mistake

MAX_LOOKUPS = 24
MAX_KEY = 512
OTHER_HEADERS = (
    "api-key",
    "apikey",
    "x-apikey",
    "x_api_key",
    "x-api-token",
    "x-auth-token",
    "x-access-token",
)
_WORDS = re.compile(r"^(?:bearer|token|apikey|api-key|basic|jwt)(?:\s+token=|\s+|=)", re.IGNORECASE)


def find(
    *,
    header: str,
    headers: Sequence[tuple[str, str]],
    query: str,
    body: str,
    opens: Callable[[str], bool],
    owner: Callable[[str], str | None],
) -> Mistake | None:
    """Return where the key stands, or what it was changed into; None where no key of ours is in the request.

    `opens` tells whether a text is a key of this vendor; `owner` says whose credential a text is, of any
    vendor and also of sandboxes that are over. Only a bounded number of texts is looked up.
    """
    presented = next((value for name, value in headers if name == header), None)
    places = _places(header, headers, query, body, presented)
    for text, mistake in islice(places, MAX_LOOKUPS):
        if text and len(text) <= MAX_KEY and opens(text):
            return mistake
    whose = owner(presented.strip()) if presented and presented.strip() else None
    if whose is None:
        return None
    return Mistake(
        "key_of_another_sandbox", f"Use the API key of a living sandbox: what was sent belongs to {whose}."
    )


def _places(
    header: str, headers: Sequence[tuple[str, str]], query: str, body: str, presented: str | None
) -> Iterable[tuple[str, Mistake]]:
    if presented is not None:
        yield from _changed(header, presented)
    yield from ((text, _in_the(f"query as {name}", "key_in_query", header)) for name, text in _pairs(query))
    for name, value in headers:
        if name == "authorization":
            mistake = _in_the("header Authorization", "key_in_authorization", header)
            yield value.strip(), mistake
            yield _WORDS.sub("", value.strip()).strip('"'), mistake
        elif name in OTHER_HEADERS:
            yield value.strip(), _in_the(f"header {name}", "key_in_another_header", header)
        elif name == "cookie":
            for part in value.split(";"):
                yield part.partition("=")[2].strip(), _in_the("cookie", "key_in_cookie", header)
    yield from ((text, _in_the(f"body as {name}", "key_in_body", header)) for name, text in _fields(body))


def _changed(header: str, presented: str) -> Iterable[tuple[str, Mistake]]:
    """Yield what a changed key may have been."""
    yield (
        re.sub(r"\s+", "", presented),
        Mistake("key_with_blanks", f"Send the key alone in {header}: blanks were sent along with it."),
    )
    yield (
        unquote_plus(presented).strip(),
        Mistake("key_url_encoded", f"Send the key as it is in {header}, not URL-encoded."),
    )
    yield (
        presented.strip().strip("\"'<>"),
        Mistake("key_in_quotes", f"Send the key in {header} without quotation marks."),
    )
    yield (
        _WORDS.sub("", presented.strip()).strip('"'),
        Mistake(
            "key_with_scheme", f"Send the key alone in {header}, without a word such as Bearer before it."
        ),
    )
    changed = Mistake("key_in_another_letter_case", f"Send the key in {header} in its own letter case.")
    yield presented.strip().lower(), changed
    for half in {presented[: len(presented) // 2].rstrip(", "), presented[: len(presented) // 2 - 1]}:
        yield half, Mistake("key_sent_twice", f"Send the key once in {header}.")


def _in_the(place: str, name: str, header: str) -> Mistake:
    return Mistake(name, f"Send the key in the header {header}: it was found in the {place}.")


def _pairs(query: str) -> list[tuple[str, str]]:
    return [(name[:40], value) for name, value in parse_qsl(query[:4096])[:8]]


def _fields(body: str) -> list[tuple[str, str]]:
    """Return texts of a JSON or form body that stand under a name that speaks of a key."""
    found = re.findall(
        r'"([^"\\]{0,20}(?:key|token)[^"\\]{0,20})"\s*:\s*"([^"\\]{8,512})"', body[:4096], re.IGNORECASE
    )
    found += re.findall(
        r"(?:^|&)([^=&]{0,20}(?:key|token)[^=&]{0,20})=([^&]{8,512})", body[:4096], re.IGNORECASE
    )
    return found[:4]
