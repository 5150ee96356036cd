"""ProctorExam's signed requests in other clothes: order, encoding, framing, duplicates."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from attack.case import Case, Settings, one
from attack.cases.signed_parts import OK, REFUSED, REFUSED_OR_UNREADABLE, create, texts_of
from attack.requests import Chunked, Signed


def repeated(encoding: str) -> Any:
    """Return a case whose parameter `name` comes twice in a query or form."""

    def pairs(sent: Any) -> str:
        return urlencode([*texts_of(sent).items(), ("name", "Other")])

    if encoding == "query":
        return Signed("POST", parameters=create(), query=pairs)
    return Signed("POST", parameters=create(), encoding="form", body=lambda sent: pairs(sent).encode())


CASES: list[Case] = [
    *(
        one(
            f"H50{letter}",
            "hmac",
            f"chunked, as {encoding}: framing is not signed",
            Chunked(Signed("POST", parameters=create(name=f"Chunked {encoding}"), encoding=encoding)),
            OK,
        )
        for letter, encoding in (("", "json"), ("b", "form"), ("c", "multipart"))
    ),
    one(
        "H50d",
        "hmac",
        "chunked, changed after signing",
        Chunked(Signed("POST", parameters=create(), changed={"name": "Other"}, encoding="json")),
        REFUSED,
    ),
    one(
        "H45",
        "hmac",
        "method override is not looked at",
        Signed("GET", headers=(("X-HTTP-Method-Override", "DELETE"),)),
        OK,
    ),
    one(
        "H47b",
        "hmac",
        "parameters in another order",
        Signed(query=lambda sent: "&".join(f"{n}={v}" for n, v in reversed(texts_of(sent).items()))),
        OK,
    ),
    one(
        "H47d",
        "hmac",
        "%2f and %2F are the same slash",
        Signed(
            "POST",
            parameters=create(name="A/B"),
            query=lambda sent: "&".join(f"{n}={v}" for n, v in texts_of(sent).items()).replace("/", "%2f"),
        ),
        OK,
    ),
    one(
        "H47d2",
        "hmac",
        "%252F is no slash",
        Signed(
            "POST",
            parameters=create(name="C/D"),
            query=lambda sent: "&".join(f"{n}={v}" for n, v in texts_of(sent).items()).replace("/", "%252F"),
        ),
        REFUSED,
    ),
    one(
        "H47e",
        "hmac",
        "+ and %20 are the same blank",
        Signed(
            "POST",
            parameters=create(name="A B"),
            query=lambda sent: "&".join(f"{n}={str(v).replace(' ', '+')}" for n, v in texts_of(sent).items()),
        ),
        OK,
    ),
    one(
        "H47e2",
        "hmac",
        "a plus sign is not a blank",
        Signed(
            "POST",
            parameters=create(name="A+B"),
            query=lambda sent: "&".join(f"{n}={v}" for n, v in texts_of(sent).items()),
        ),
        REFUSED,
    ),
    one(
        "H47h",
        "hmac",
        "one flat set: everything in the form instead of the query",
        Signed("POST", parameters=create(name="Flat"), encoding="form"),
        OK,
    ),
    one("H48a", "hmac", "parameter twice in the query", repeated("query"), REFUSED_OR_UNREADABLE),
    one("H48b", "hmac", "parameter twice in the form", repeated("form"), REFUSED_OR_UNREADABLE),
    one(
        "H48c",
        "hmac",
        "signature twice",
        Signed(query=lambda sent: "&".join(f"{n}={v}" for n, v in texts_of(sent).items()) + "&signature=x"),
        REFUSED_OR_UNREADABLE,
    ),
    one(
        "H48d",
        "hmac",
        "key twice in JSON",
        Signed(
            "POST",
            parameters=create(),
            encoding="json",
            body=lambda sent: json.dumps(dict(sent)).replace("{", '{"name": "x", ', 1).encode(),
        ),
        REFUSED_OR_UNREADABLE,
    ),
    one(
        "H49",
        "hmac",
        "well signed, no content type",
        Signed("POST", parameters=create(), encoding="json", content_type=""),
        REFUSED_OR_UNREADABLE,
    ),
    Case(
        "H65",
        "hmac",
        "ids of the URL must be signed where the sandbox says so",
        (
            Settings({"proctorexam.url_ids_signed": "required"}),
            (Signed("GET", "/institutes/1"), REFUSED),
            (Signed("GET", "/institutes/1", path_ids={"id": "1"}), OK),
            Settings({"proctorexam.url_ids_signed": "never"}),
            (Signed("GET", "/institutes/1", path_ids={"id": "1"}), REFUSED),
            (Signed("GET", "/institutes/1"), OK),
            Settings({"proctorexam.url_ids_signed": "either"}),
        ),
    ),
]
