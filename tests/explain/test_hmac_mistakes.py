"""Signatures as clients get them wrong, made here without the catalogue: each must be named."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from mockserver.explain.explanation import Mistake
from mockserver.explain.hmac_mistakes import Attempt, find, search

SECRET = "s3cret-key-of-43-characters-000000000000-end"
TOKEN = "token-of-22-characters"
SENT: dict[str, Any] = {
    "name": "Zoë & Co",
    "email": "a+b@example.com",
    "skip_requirements": True,
    "open_time": 1527500365,
    "external_id": None,
    "Individual_info": "b c",
    "nonce": "1527500365",
    "timestamp": 1527500365052,
}
BODY = json.dumps(SENT).encode()
REQUEST = Attempt(
    presented="",
    values=SENT,
    secret=SECRET,
    token=TOKEN,
    url_ids={"id": "1"},
    accepted_ids="required",
    files={"logo_image": ("logo.png", b"png bytes")},
    body=BODY,
    method="PATCH",
    path="/api/v3/student_sessions/1",
    others=((Mistake("secret_of_another_sandbox", "Take your own."), "the secret of another sandbox"),),
)
TEXTS = {
    "name": "Zoë & Co",
    "email": "a+b@example.com",
    "skip_requirements": "true",
    "open_time": "1527500365",
    "external_id": "",
    "Individual_info": "b c",
    "nonce": "1527500365",
    "timestamp": "1527500365052",
    "id": "1",
}


def joined(texts: dict[str, str], separator: str = "?") -> str:
    return separator.join(f"{name}={texts[name]}" for name in sorted(texts))


def signed(text: str, secret: str = SECRET, algorithm: str = "sha256") -> str:
    return hmac.new(secret.encode(), text.encode(), algorithm).hexdigest()


def unsorted(texts: dict[str, str], separator: str = "?") -> str:
    return separator.join(f"{name}={text}" for name, text in texts.items())


def encoded(texts: dict[str, str], encode: Callable[[str], str]) -> dict[str, str]:
    return {name: encode(text) for name, text in texts.items()}


def without(*names: str) -> dict[str, str]:
    return {name: text for name, text in TEXTS.items() if name not in names}


RIGHT = joined(TEXTS)
RIGHT_DIGEST = hmac.new(SECRET.encode(), RIGHT.encode(), "sha256").digest()

ALONE = {
    "joined_by_ampersand": signed(joined(TEXTS, "&")),
    "joined_by_nothing": signed(joined(TEXTS, "")),
    "joined_by_another_separator": signed(joined(TEXTS, ",")),
    "trailing_separator": signed(RIGHT + "?"),
    "leading_separator": signed("?" + RIGHT),
    "line_break_behind": signed(RIGHT + "\n"),
    "not_sorted": signed(unsorted(TEXTS)),
    "sorted_by_value": signed(
        "?".join(f"{k}={v}" for k, v in sorted(TEXTS.items(), key=lambda pair: pair[1]))
    ),
    "sorted_regardless_of_case": signed("?".join(f"{k}={TEXTS[k]}" for k in sorted(TEXTS, key=str.lower))),
    "sorted_backwards": signed("?".join(f"{k}={TEXTS[k]}" for k in sorted(TEXTS, reverse=True))),
    "values_url_encoded": signed(joined(encoded(TEXTS, lambda text: quote(text, safe="")))),
    "plus_for_space": signed(joined(encoded(TEXTS, quote_plus))),
    "names_lower_cased": signed(joined({name.lower(): text for name, text in TEXTS.items()})),
    "values_lower_cased": signed(joined(encoded(TEXTS, str.lower))),
    "values_as_json": signed(joined(encoded(TEXTS, json.dumps))),
    "booleans_as_True_and_False": signed(joined(TEXTS | {"skip_requirements": "True"})),
    "booleans_as_numbers": signed(joined(TEXTS | {"skip_requirements": "1"})),
    "null_as_text": signed(joined(TEXTS | {"external_id": "null"})),
    "numbers_as_decimals": signed(
        joined(TEXTS | {"open_time": "1527500365.0", "timestamp": "1527500365052.0"})
    ),
    "timestamp_signed_in_seconds": signed(joined(TEXTS | {"timestamp": "1527500365"})),
    "empty_value_left_out": signed(joined(without("external_id"))),
    "parameter_left_out": signed(joined(without("email"))),
    "url_id_left_out": signed(joined(without("id"))),
    "signature_signed": signed(joined(TEXTS | {"signature": ""})),
    "api_token_signed": signed(joined(TEXTS | {"api_token": TOKEN})),
    "file_part_signed": signed(joined(TEXTS | {"logo_image": "logo.png"})),
    "names_left_out": signed("?".join(TEXTS[name] for name in sorted(TEXTS))),
    "equals_sign_missing": signed("".join(f"{name}{TEXTS[name]}" for name in sorted(TEXTS))),
    "json_body_signed": signed(BODY.decode()),
    "method_or_path_signed": signed("/api/v3/student_sessions/1?" + RIGHT),
    "text_in_one_letter_case": signed(RIGHT.lower()),
    "secret_of_another_sandbox": signed(RIGHT, "the secret of another sandbox"),
    "secret_with_newline": signed(RIGHT, SECRET + "\n"),
    "secret_in_quotes": signed(RIGHT, f'"{SECRET}"'),
    "secret_empty": signed(RIGHT, ""),
    "secret_base64_encoded": signed(RIGHT, base64.b64encode(SECRET.encode()).decode()),
    "api_token_used_as_secret": signed(RIGHT, TOKEN),
    "secret_and_text_swapped": hmac.new(RIGHT.encode(), SECRET.encode(), "sha256").hexdigest(),
    "plain_hash": hashlib.sha256((SECRET + RIGHT).encode()).hexdigest(),
    "upper_case_hex": signed(RIGHT).upper(),
    "base64": base64.b64encode(RIGHT_DIGEST).decode(),
    "sha1": signed(RIGHT, algorithm="sha1"),
    "sha384": signed(RIGHT, algorithm="sha384"),
    "sha512": signed(RIGHT, algorithm="sha512"),
    "md5": signed(RIGHT, algorithm="md5"),
    "signature_with_prefix": "sha256=" + signed(RIGHT),
    "signature_with_blanks": signed(RIGHT) + "\n",
}

IN_TWOS = {
    "joined_by_ampersand+trailing_separator": signed(joined(TEXTS, "&") + "&"),
    "not_sorted+joined_by_ampersand": signed(unsorted(TEXTS, "&")),
    "values_url_encoded+joined_by_ampersand": signed(
        joined(encoded(TEXTS, lambda text: quote(text, safe="")), "&")
    ),
    "plus_for_space+joined_by_ampersand": signed(joined(encoded(TEXTS, quote_plus), "&")),
    "booleans_as_True_and_False+not_sorted": signed(unsorted(TEXTS | {"skip_requirements": "True"})),
    "booleans_as_True_and_False+null_as_text": signed(
        joined(TEXTS | {"skip_requirements": "True", "external_id": "null"})
    ),
    "url_id_left_out+booleans_as_True_and_False": signed(
        joined(without("id") | {"skip_requirements": "True"})
    ),
    "url_id_left_out+api_token_signed": signed(joined(without("id") | {"api_token": TOKEN})),
    "url_id_left_out+secret_with_newline": signed(joined(without("id")), SECRET + "\n"),
    "joined_by_ampersand+upper_case_hex": signed(joined(TEXTS, "&")).upper(),
    "not_sorted+base64": base64.b64encode(bytes.fromhex(signed(unsorted(TEXTS)))).decode(),
    "base64+sha1": base64.b64encode(bytes.fromhex(signed(RIGHT, algorithm="sha1"))).decode(),
    "joined_by_ampersand+sha512": signed(joined(TEXTS, "&"), algorithm="sha512"),
    "joined_by_ampersand+plain_hash": hashlib.sha256((SECRET + joined(TEXTS, "&")).encode()).hexdigest(),
    "joined_by_ampersand+api_token_used_as_secret": signed(joined(TEXTS, "&"), TOKEN),
    "api_token_used_as_secret+plain_hash": hashlib.sha256((RIGHT + TOKEN).encode()).hexdigest(),
    "joined_by_ampersand+secret_of_another_sandbox": signed(
        joined(TEXTS, "&"), "the secret of another sandbox"
    ),
}


@pytest.mark.parametrize(("name", "presented"), (ALONE | IN_TWOS).items())
def test_mistake_is_named(name: str, presented: str) -> None:
    found = find(replace(REQUEST, presented=presented))
    assert found is not None
    assert found.mistake.name == name
    assert found.mistake.remedy.endswith(".")


def test_text_that_was_evidently_signed_is_shown() -> None:
    found = find(replace(REQUEST, presented=ALONE["joined_by_ampersand"]))
    assert found is not None
    assert found.text == joined(TEXTS, "&")


@pytest.mark.parametrize(
    ("secret", "key", "name"),
    [
        ("bm90LWEta2V5LWJ1dC1iYXNlNjQ=", b"not-a-key-but-base64", "secret_base64_decoded"),
        ("00ff10", b"\x00\xff\x10", "secret_hex_decoded"),
    ],
)
def test_decoded_secret_is_named(secret: str, key: bytes, name: str) -> None:
    presented = hmac.new(key, RIGHT.encode(), "sha256").hexdigest()
    found = find(replace(REQUEST, presented=presented, secret=secret))
    assert found is not None
    assert found.mistake.name == name


def test_signed_url_id_is_named_where_it_must_not_be() -> None:
    found = find(replace(REQUEST, presented=signed(RIGHT), accepted_ids="never"))
    assert found is not None
    assert found.mistake.name == "url_id_signed"


@pytest.mark.parametrize("accepted_ids", ["either", "required", "never"])
@pytest.mark.parametrize("texts", [TEXTS, without("id")])
def test_mistake_is_named_with_and_without_url_ids(accepted_ids: str, texts: dict[str, str]) -> None:
    found = find(replace(REQUEST, presented=signed(joined(texts, "&")), accepted_ids=accepted_ids))
    assert found is not None
    assert "joined_by_ampersand" in found.mistake.name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('["a","b"]', "list_written_otherwise"),
        ("['a', 'b']", "list_written_otherwise"),
    ],
)
def test_list_written_otherwise_is_named(written: str, name: str) -> None:
    request = replace(
        REQUEST, values={"x": ["a", "b"], "nonce": "1"}, url_ids={}, presented=signed(f"nonce=1?x={written}")
    )
    found = find(request)
    assert found is not None
    assert found.mistake.name == name


@pytest.mark.parametrize(
    ("values", "signed_text", "name"),
    [
        ({"a": "y", "a-b": "z", "c": "a"}, "a-b=z?a=y?c=a", "sorted_with_values"),  # "-" comes before "="
        ({"a": " z ", "nonce": "1"}, "a=z?nonce=1", "values_trimmed"),
    ],
)
def test_mistake_that_shows_only_with_such_values_is_named(
    values: dict[str, Any], signed_text: str, name: str
) -> None:
    found = find(replace(REQUEST, values=values, url_ids={}, presented=signed(signed_text)))
    assert found is not None
    assert found.mistake.name == name


def test_list_in_brackets_is_named() -> None:
    request = replace(
        REQUEST, values={"x": ["a", "b"], "nonce": "1"}, url_ids={}, presented=signed("nonce=1?x[]=a?x[]=b")
    )
    found = find(request)
    assert found is not None
    assert found.mistake.name == "list_in_brackets"


def test_right_signature_gets_no_hint() -> None:
    assert find(replace(REQUEST, presented=signed(RIGHT))) is None


@pytest.mark.parametrize(
    "presented", ["", "?", "zz", "none", "Zoë", "=" * 64, "a" * 63, "\ud800", "0" * 10_000]
)
def test_what_is_no_digest_gets_no_hint(presented: str) -> None:
    assert find(replace(REQUEST, presented=presented)) is None


def test_ten_thousand_random_signatures_get_no_hint() -> None:
    """The candidates of one request are computed once, so that ten thousand comparisons take a second."""
    candidates = {
        digest(text)
        for signers, texts in search._rounds(REQUEST, "sha256", 2)
        for digest, _ in signers
        for text, _ in texts
    }
    drawn = random.Random(1)
    assert len(candidates) > 500
    assert not [1 for _ in range(10_000) if drawn.randbytes(32) in candidates]


def test_random_signatures_of_every_form_get_no_hint() -> None:
    drawn = random.Random(2)
    forms: list[Callable[[bytes], str]] = [bytes.hex, lambda raw: base64.b64encode(raw).decode()]
    digests = [
        form(drawn.randbytes(length)) for length in (16, 20, 32, 48, 64) for form in forms for _ in range(20)
    ]
    assert [find(replace(REQUEST, presented=digest)) for digest in digests] == [None] * 200


@pytest.mark.parametrize("count", [0, 8, 14, 15, 40, 400])
def test_search_is_bounded_in_time(count: int) -> None:
    values = {f"parameter_{number}": "x" * (40 if count < 400 else 4000) for number in range(count)} | SENT
    others = tuple((Mistake(f"other_{number}", "Take your own."), f"{number}" * 40) for number in range(50))
    request = replace(REQUEST, values=values, presented="0" * 64, others=others)
    durations = []
    for _ in range(25):
        start = time.thread_time()
        find(request)
        durations.append(time.thread_time() - start)
    assert min(durations) < 0.005
