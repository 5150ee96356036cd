"""Values that are wrong, each in fields of all three vendors: refused in the vendor's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from attack.case import Case, Request, one
from attack.requests import JSON, Keyed, Signed, Tokened, jws
from attack.shapes import anything, consero, constructor, expect, proctorexam

EXAM: dict[str, Any] = {
    "accountId": "1",
    "accountName": "University",
    "examId": "attacked",
    "examName": "Exam",
    "duration": 60,
    "schedule": False,
    "proctoring": "online",
    "startDate": "2026-11-01T00:00:00Z",
    "endDate": "2026-12-01T00:00:00Z",
}
INVALID = {
    "consero": expect(422, shape=consero),
    "proctorexam": expect(400, 403, 422, shape=proctorexam, uses_nonce=True),
    "constructor": expect(400, shape=constructor),
}
KEPT = expect(200, 201, shape=anything, writes=True)


def body_with(fields: Mapping[str, Any], name: str, text: str) -> bytes:
    """Return a JSON object whose field `name` holds the JSON `text`, however wrong that is."""
    others = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in fields.items() if key != name]
    return ("{" + ", ".join([*others, f"{json.dumps(name)}: {text}"]) + "}").encode("utf-8", "surrogatepass")


def consero_request(name: str, text: str) -> Request:
    fields = {"examination_id": 119, "candidate_email": "a@example.org"}
    return Keyed("POST", "/allocate-candidate", body=body_with(fields, name, text))


def proctorexam_request(name: str, text: str) -> Request:
    fields = {"name": "Attacked", "short_name": "at"}
    plain = _loads(text)
    wanted = {**fields, name: plain}
    return Signed(
        "POST",
        parameters=wanted,
        encoding="json",
        body=lambda sent: body_with({k: v for k, v in sent.items() if k != name}, name, text),
    )


def constructor_request(name: str, text: str) -> Request:
    return Tokened(
        "POST",
        "/api/v2/integration/simple/{integration_name}/exams/",
        token=jws(),
        body=body_with(EXAM, name, text),
        content_type=JSON,
    )


def _loads(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


FIELDS: dict[str, tuple[str, Callable[[str, str], Request], str, str]] = {
    # vendor, request, field of text, field of a whole number
    "c": ("consero", consero_request, "candidate_email", "examination_id"),
    "p": ("proctorexam", proctorexam_request, "name", "pre_assigned_proctor_fallback_threshold"),
    "r": ("constructor", constructor_request, "examName", "duration"),
}
NO_JSON = {
    "B01 NaN": "NaN",
    "B02 Infinity": "Infinity",
    "B03 -Infinity": "-Infinity",
    "B04 overflow": "1e999999",
    "B04b negative overflow": "-1e999999",
    "B09 below 64 bits": "-9223372036854775809",
    "B10 above 64 bits": "9223372036854775808",
    "B11 5000 digits": "1" * 5000,
    "B11b 100 kB of digits": "9" * 100_000,
    "B16 leading zero": "012",
    "B16b plus": "+1",
    "B16c hexadecimal": "0x10",
    "B16d underscore": "1_0",
    "B16e point last": "1.",
    "B16f point first": ".1",
    "B16g full-width digit": "１",
    "B17 bare word": "abc",
    "B18 lone surrogate": r'"\ud800"',
    "B18b low surrogate": r'"\udc00"',
    "B18c surrogates reversed": r'"\ude00\ud83d"',
    "B20 escaped NUL": r'"a\u0000b"',
    "B22 raw control character": '"a\x01b"',
    "B22b raw newline": '"a\nb"',
    "B22c raw NUL": '"a\x00b"',
    "B25 encoded surrogate": '"\ud800"',
    "B29 escape x": r'"\x41"',
    "B29b short escape": r'"\u00"',
    "B36 key twice": r'{"a": 1, "a": 2}',
    "B39b 70 levels": "[" * 70 + "]" * 70,
    "B39 100,000 levels": "[" * 100_000 + "]" * 100_000,
    "B40 100,000 levels, not closed": "[" * 100_000,
    "B40b 100,000 objects": '{"a":' * 100_000,
    "B41 900 levels": "[" * 900 + "]" * 900,
    "B46 many escaped quotes in brackets": "[" * 70 + '"' + '\\"' * 100_000,
    "B51 single quotes": "'a'",
    "B52 comment": "/*a*/1",
}
WRONG_FOR_NUMBERS = {
    "B05 overflow": "1e999",
    "B13b decimals": "1.5",
    "B14 text": '"abc"',
    "B15c list": "[1]",
    "B15d object": '{"a": 1}',
    "B15e hexadecimal text": '"0x10"',
    "B15f underscore text": '"1_0"',
    "B15g Arabic text": '"٣"',
    "B15h exponent text": '"1e3"',
    "B15i text of 5000 digits": '"' + "1" * 5000 + '"',
    "B15j full-width text": '"１２"',
}


def no_json() -> list[Case]:
    return [
        one(
            f"{name.partition(' ')[0]}{letter}{kind}",
            "hostile-body",
            f"{name.partition(' ')[2]} in {vendor}'s {field}",
            request(field, text),
            INVALID[vendor],
        )
        for name, text in NO_JSON.items()
        for letter, (vendor, request, text_field, number_field) in FIELDS.items()
        for kind, field in (("t", text_field), ("n", number_field))
    ]


def wrong_numbers() -> list[Case]:
    return [
        one(
            f"{name.partition(' ')[0]}{letter}",
            "hostile-body",
            f"{name.partition(' ')[2]} in {vendor}'s {field}",
            request(field, text),
            INVALID[vendor],
        )
        for name, text in WRONG_FOR_NUMBERS.items()
        for letter, (vendor, request, _, field) in FIELDS.items()
    ]


CASES: list[Case] = [
    *no_json(),
    *wrong_numbers(),
    one(
        "B06",
        "hostile-body",
        "underflow is zero or refused",
        constructor_request("scoreConfig", '{"voice": 1e-400}'),
        expect(200, 201, 400, shape=anything, writes=True),
    ),
    one(
        "B07",
        "hostile-body",
        "negative where none can be",
        constructor_request("duration", "-1"),
        INVALID["constructor"],
    ),
    one(
        "B08",
        "hostile-body",
        "2^63 - 1 is read exactly or refused",
        constructor_request("duration", "9223372036854775807"),
        expect(200, 201, 400, shape=anything, writes=True),
    ),
    one(
        "B12",
        "hostile-body",
        "2^53 + 1 is not rounded",
        Keyed("POST", "/cancel-allocation", body=b'{"invite_id": 9007199254740993}'),
        expect(404, shape=consero),
    ),
    one(
        "B13",
        "hostile-body",
        "1.0 for a whole number",
        Keyed("POST", "/report", body=b'{"inviteId": 142.0}'),
        expect(200, shape=anything),
    ),
    one(
        "B15a",
        "hostile-body",
        "true for a number",
        consero_request("examination_id", "true"),
        INVALID["consero"],
    ),
    one(
        "B15b",
        "hostile-body",
        "true for a number",
        constructor_request("duration", "true"),
        INVALID["constructor"],
    ),
    one(
        "B19",
        "hostile-body",
        "lone surrogate in a free-form field",
        constructor_request("rules", r'{"custom_rules": "\ud800"}'),
        INVALID["constructor"],
    ),
    one(
        "B21",
        "hostile-body",
        "NUL in a key",
        constructor_request("rules", r'{"a\u0000": true}'),
        INVALID["constructor"],
    ),
    one(
        "B32",
        "hostile-body",
        "dotless i is no i",
        consero_request("candidate_email", json.dumps("m\u0131ke@example.org")),
        INVALID["consero"],
    ),
    one(
        "B34a",
        "hostile-body",
        "line break in an address",
        consero_request("candidate_email", json.dumps("a@example.org\nBcc: b@example.org")),
        INVALID["consero"],
    ),
    one(
        "B34b",
        "hostile-body",
        "address of 10,000 characters",
        consero_request("candidate_email", json.dumps("a" * 10_000 + "@example.org")),
        INVALID["consero"],
    ),
    one(
        "B79a",
        "hostile-body",
        "file: as agreement",
        constructor_request("userAgreementUrl", '"file:///etc/passwd"'),
        INVALID["constructor"],
    ),
    one(
        "B79b",
        "hostile-body",
        "gopher: as agreement",
        constructor_request("userAgreementUrl", '"gopher://127.0.0.1:25/"'),
        INVALID["constructor"],
    ),
    one(
        "B79c",
        "hostile-body",
        "data: as agreement",
        constructor_request("userAgreementUrl", '"data:text/html,x"'),
        INVALID["constructor"],
    ),
    one(
        "B79d",
        "hostile-body",
        "javascript: as agreement",
        constructor_request("userAgreementUrl", '"javascript:alert(1)"'),
        INVALID["constructor"],
    ),
    one(
        "B55b",
        "hostile-body",
        "constructor and __proto__ as keys",
        constructor_request("rules", '{"__proto__": {"a": 1}, "constructor": 1}'),
        expect(200, 201, 400, shape=anything, writes=True),
    ),
]
