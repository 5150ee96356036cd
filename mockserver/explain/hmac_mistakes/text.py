"""Mistakes with the text as a whole: its order, what joins it, and what stands around it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from mockserver.access.hmac_signature import SEPARATOR
from mockserver.explain.hmac_mistakes.attempt import Attempt, Makes, Texts, entry


def _as_sent(texts: Texts, attempt: Attempt) -> Iterable[Texts]:
    """Yield the order sent; clients put ids, nonce and timestamp in front or at the end before sending."""
    ids = [pair for pair in texts if pair[0] in attempt.url_ids]
    sent = [pair for pair in texts if pair[0] not in attempt.url_ids]
    fresh = [pair for pair in sent if pair[0] in ("nonce", "timestamp")]
    own = [pair for pair in sent if pair[0] not in ("nonce", "timestamp")]
    yield [*ids, *sent]
    yield [*sent, *ids]
    for late in (fresh, fresh[::-1]):
        yield from ([*ids, *own, *late], [*own, *ids, *late], [*late, *ids, *own], [*late, *own, *ids])


def _sorted(key: object) -> Makes:
    return lambda texts, _: [sorted(texts, key=key)]  # type: ignore[call-overload]


ORDER = (
    entry("not_sorted", "Sort the pairs by name before joining them.", _as_sent, with_others=2),
    entry("sorted_by_value", "Sort the pairs by name, not by value.", _sorted(lambda pair: pair[1])),
    entry(
        "sorted_regardless_of_case",
        "Sort names by their bytes: capitals come before small letters.",
        _sorted(lambda pair: pair[0].lower()),
    ),
    entry(
        "sorted_with_values",
        "Sort by name alone, before name and value are put together.",
        _sorted(lambda pair: f"{pair[0]}={pair[1]}"),
        with_others=0,
    ),
    entry(
        "sorted_backwards",
        "Sort the pairs by name in rising order.",
        lambda texts, _: [sorted(texts, reverse=True)],
        with_others=0,
    ),
)


def _written(*ways: tuple[str, str]) -> Makes:
    """Return what joins pairs by a separator, with something between name and value."""
    return lambda texts, _: (separator.join(map(sign.join, texts)) for separator, sign in ways)


def _values_alone(texts: Texts, _: Attempt) -> Iterable[str]:
    return (separator.join([text for _, text in texts]) for separator in (SEPARATOR, "", "&"))


JOINED = (
    entry("joined_by_ampersand", "Join the pairs by ?, not by &.", _written(("&", "="))),
    entry("joined_by_nothing", "Join the pairs by ?.", _written(("", "="))),
    entry(
        "joined_by_another_separator",
        "Join the pairs by ?.",
        _written((",", "="), (";", "="), ("|", "="), ("\n", "="), (" ", "="), ("?&", "="), ("&?", "=")),
    ),
    entry(
        "equals_sign_missing",
        "Put an equals sign between name and value.",
        _written((SEPARATOR, ":"), (SEPARATOR, ""), ("", ""), ("&", ":")),
        with_others=0,
    ),
    entry(
        "names_left_out",
        "Sign name=value of each parameter, not the values alone.",
        _values_alone,
        with_others=0,
    ),
)


def _json(text: str, attempt: Attempt) -> Iterable[str]:
    del text
    if attempt.body:
        sent = attempt.body.decode("utf-8", "replace")
        yield from (sent, sent.strip())
    for values in (attempt.values, dict(sorted(attempt.values.items()))):
        for separators in (None, (",", ":")):
            yield json.dumps(values, ensure_ascii=False, separators=separators)


def _around(*ways: tuple[str, str]) -> Makes:
    return lambda text, _: (f"{before}{text}{behind}" for before, behind in ways)


def _with_request_line(text: str, attempt: Attempt) -> Iterable[str]:
    method, path = attempt.method, attempt.path
    return (
        f"{path}?{text}",
        f"{path}{text}",
        f"{method}{path}{text}",
        f"{method}?{path}?{text}",
        f"{method}\n{path}\n{text}",
    )


FINAL = (
    entry(
        "trailing_separator",
        "Put ? between pairs only, none behind the last.",
        _around(("", "?"), ("", "&")),
        with_others=2,
    ),
    entry(
        "leading_separator",
        "Put ? between pairs only, none before the first.",
        _around(("?", ""), ("&", "")),
        with_others=0,
    ),
    entry(
        "json_body_signed",
        "Sign the parameters as name=value joined by ?, not the JSON text of the body.",
        _json,
    ),
    entry(
        "line_break_behind",
        "Sign the text without a line break at its end.",
        _around(("", "\n"), ("", "\r\n")),
        with_others=0,
    ),
    entry(
        "method_or_path_signed",
        "Sign the parameters alone: neither method nor path belong into the text.",
        _with_request_line,
        with_others=0,
    ),
    entry(
        "text_in_one_letter_case",
        "Sign the text in its own letter case.",
        lambda text, _: [text.lower(), text.upper()],
        with_others=0,
    ),
)
