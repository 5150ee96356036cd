"""Mistakes with single parameters: which are signed, and how their values are written."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, quote_plus

from mockserver.access.hmac_signature import value_text
from mockserver.explain.hmac_mistakes.attempt import Attempt, Makes, Texts, entry

FRESH = ("nonce", "timestamp")
MOST_LEFT_OUT = 16  # of more parameters, only the first are tried
SAME_TEXTS = 64  # one search changes the same texts again and again, each time beside another mistake


def _with(*added: tuple[str, str]) -> Makes:
    return lambda texts, _: ([*texts, pair] for pair in added)


def _ids_left_out(texts: Texts, attempt: Attempt) -> Iterable[Texts]:
    if attempt.accepted_ids == "required":
        yield [pair for pair in texts if pair[0] not in attempt.url_ids]


def _ids_signed(texts: Texts, attempt: Attempt) -> Iterable[Texts]:
    if attempt.accepted_ids == "never":
        yield [*texts, *attempt.url_ids.items()]


def _token_signed(texts: Texts, attempt: Attempt) -> Iterable[Texts]:
    return ([*texts, (name, attempt.token)] for name in ("api_token", "token"))


def _files_signed(texts: Texts, attempt: Attempt) -> Iterable[Texts]:
    if attempt.files:
        yield [*texts, *((name, filename) for name, (filename, _) in attempt.files.items())]
        yield [
            *texts,
            *((name, content.decode("utf-8", "replace")) for name, (_, content) in attempt.files.items()),
        ]
        yield [*texts, *((name, "") for name in attempt.files)]


def _some_left_out(texts: Texts, _: Attempt) -> Iterable[Texts]:
    yield [pair for pair in texts if pair[0] in FRESH]
    yield [pair for pair in texts if pair[0] not in FRESH]
    for index in range(min(len(texts), MOST_LEFT_OUT)):
        yield texts[:index] + texts[index + 1 :]


def _empty_left_out(texts: Texts, _: Attempt) -> Iterable[Texts]:
    yield [pair for pair in texts if pair[1]]


def _written(kind: type, *ways: Callable[[Any], str]) -> Makes:
    """Return what writes the values of exactly one kind in other ways."""

    def makes(texts: Texts, attempt: Attempt) -> Iterable[Texts]:
        concerned = {name: value for name, value in attempt.values.items() if type(value) is kind}
        if concerned:
            for way in ways:
                yield [(name, way(concerned[name]) if name in concerned else text) for name, text in texts]

    return makes


def _in_seconds(texts: Texts, attempt: Attempt) -> Iterable[Texts]:
    sent = value_text(attempt.values.get("timestamp"))
    if sent.isascii() and sent.isdigit():
        for seconds in (str(int(sent) // 1000), str(int(sent) / 1000)):
            yield [(name, seconds if name == "timestamp" else text) for name, text in texts]


def _list_in_brackets(texts: Texts, attempt: Attempt) -> Iterable[Texts]:
    lists = {name: value for name, value in attempt.values.items() if isinstance(value, list)}
    if lists:
        items = [(f"{name}[]", value_text(item)) for name, value in lists.items() for item in value]
        yield [pair for pair in texts if pair[0] not in lists] + items


def _each_text(*changes: Callable[[str], str]) -> Makes:
    quick = [functools.lru_cache(SAME_TEXTS)(change) for change in changes]
    return lambda texts, _: ([(name, change(text)) for name, text in texts] for change in quick)


def _names_lower(texts: Texts, _: Attempt) -> Iterable[Texts]:
    yield [(name.lower(), text) for name, text in texts]


PARAMETERS = (
    entry(
        "url_id_left_out",
        "Sign the ids of the URL as well, each under its name (id, exam_id, institute_id).",
        _ids_left_out,
    ),
    entry(
        "url_id_signed",
        "Leave the ids of the URL out of the signed text, or set proctorexam.url_ids_signed to either.",
        _ids_signed,
    ),
    entry(
        "signature_signed",
        "Leave the parameter signature out of the signed text.",
        _with(("signature", ""), ("signature", "None"), ("signature", "null")),
    ),
    entry(
        "api_token_signed",
        "Leave the API token out of the signed text: it belongs into the Authorization header only.",
        _token_signed,
    ),
    entry("file_part_signed", "Leave file parts out of the signed text.", _files_signed),
    entry(
        "parameter_left_out",
        "Sign every parameter that is sent, nonce and timestamp included.",
        _some_left_out,
        with_others=0,
    ),
    entry(
        "empty_value_left_out",
        "Sign parameters without a value as well, as name= and nothing behind it.",
        _empty_left_out,
    ),
    entry(
        "booleans_as_True_and_False",
        "Write booleans as true and false, in lower case as they are sent.",
        _written(bool, str),
    ),
    entry(
        "booleans_as_numbers",
        "Write booleans as true and false, not as 1 and 0.",
        _written(bool, lambda value: "1" if value else "0", lambda value: "1" if value else ""),
    ),
    entry(
        "null_as_text",
        "Write null as an empty text: name= and nothing behind it.",
        _written(type(None), lambda _: "null", lambda _: "None", lambda _: "nil", lambda _: "undefined"),
        with_others=2,  # JavaScript and PHP write null, Python None
    ),
    entry(
        "timestamp_signed_in_seconds",
        "Sign the timestamp exactly as it is sent, in milliseconds.",
        _in_seconds,
    ),
    entry(
        "list_written_otherwise",
        'Write a list as JSON with a blank behind each comma: ["a", "b"].',
        _written(list, lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")), str),
    ),
    entry(
        "list_in_brackets", 'Sign a list as one value: name=["a", "b"], not as name[]=a.', _list_in_brackets
    ),
    entry(
        "numbers_as_decimals",
        "Sign numbers exactly as they are sent: 5, not 5.0.",
        _written(int, lambda value: f"{value}.0"),
        with_others=0,
    ),
    entry(
        "values_url_encoded",
        "Sign raw values: URL-encode them for sending only.",
        _each_text(lambda text: quote(text, safe=""), quote, lambda text: quote(text, safe="!'()*~")),
    ),
    entry(
        "plus_for_space",
        "Sign a blank as a blank: + stands for it in sent forms only.",
        _each_text(quote_plus, lambda text: text.replace(" ", "+")),
        with_others=2,
    ),
    entry("names_lower_cased", "Sign names exactly as they are sent, in their letter case.", _names_lower),
    entry(
        "values_lower_cased",
        "Sign values exactly as they are sent, in their letter case.",
        _each_text(str.lower),
        with_others=0,
    ),
    entry(
        "values_trimmed",
        "Sign values exactly as they are sent, blanks at their ends included.",
        _each_text(str.strip),
    ),
    entry(
        "values_as_json",
        "Sign raw values: no quotation marks around texts, no \\u escapes.",
        _each_text(json.dumps, lambda text: json.dumps(text)[1:-1]),
        with_others=0,
    ),
)
