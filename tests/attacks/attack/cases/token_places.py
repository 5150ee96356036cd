"""Constructor's tokens, where they come: headers, queries, pages, other integrations, other vendors."""

from __future__ import annotations

from attack.case import Case, one
from attack.cases.token_parts import REFUSED
from attack.requests import FORM, Keyed, Signed, Tokened, jws
from attack.shapes import CONSERO_REFUSED, PROCTOREXAM_REFUSED, exactly, expect, html

PAGE_REFUSED = expect(401, shape=html)
STATUS = "/api/v2/integration/simple/{integration_name}/sessions/b3875623/status/"
START = "/integration/simple/{integration_name}/start/"

CASES: list[Case] = [
    one(
        "J61",
        "jwt",
        "good token, unknown integration",
        Tokened(path=STATUS.replace("{integration_name}", "nobody"), token=jws()),
        REFUSED,
    ),
    one(
        "J62",
        "jwt",
        "bad token, unknown integration",
        Tokened(path=STATUS.replace("{integration_name}", "nobody"), token=jws(secret=b"x")),
        REFUSED,
    ),
    one(
        "J66",
        "jwt",
        "token of one sandbox for the integration of another",
        Tokened(path=STATUS.replace("{integration_name}", "fake-integration"), token=jws()),
        REFUSED,
    ),
    one(
        "J66b",
        "jwt",
        "integration name in other letters",
        Tokened(path="/api/v2/integration/simple/FAKE-INTEGRATION/sessions/x/status/", token=jws()),
        REFUSED,
    ),
    one(
        "J63",
        "jwt",
        "two headers, good and bad",
        Tokened(token=jws(), headers=(("Authorization", "JWT x"),)),
        REFUSED,
    ),
    one(
        "J63b",
        "jwt",
        "two headers, other case",
        Tokened(token=jws(), headers=(("authorization", ""),)),
        REFUSED,
    ),
    one("J64a", "jwt", "token in the query", Tokened(path=STATUS + "?access_token=x&token=x&jwt=x"), REFUSED),
    one("J64b", "jwt", "token in a cookie", Tokened(headers=(("Cookie", "token=x"),)), REFUSED),
    one(
        "J64c",
        "jwt",
        "token in another header",
        Tokened(headers=(("X-Authorization", "JWT x"), ("Proxy-Authorization", "JWT x"))),
        REFUSED,
    ),
    one(
        "J64d",
        "jwt",
        "token in the body",
        Tokened("POST", "/api/v2/integration/simple/{integration_name}/exams/", body=b'{"token": "x"}'),
        REFUSED,
    ),
    one(
        "J65a",
        "jwt",
        "start without a token",
        Tokened("POST", START, body=b"", content_type=FORM),
        PAGE_REFUSED,
    ),
    one(
        "J65b",
        "jwt",
        "start with an empty token",
        Tokened("POST", START, body=b"token=", content_type=FORM),
        PAGE_REFUSED,
    ),
    one(
        "J65c",
        "jwt",
        "start with junk",
        Tokened("POST", START, body=b"token=%00%ff", content_type=FORM),
        expect(400, 401, shape=html),
    ),
    one(
        "J65d",
        "jwt",
        "start with the token in the header",
        Tokened("POST", START, token=jws(), body=b"", content_type=FORM),
        PAGE_REFUSED,
    ),
    one(
        "J65e",
        "jwt",
        "start with two tokens",
        Tokened("POST", START, body=b"token=a.b.c&token=a.b.c", content_type=FORM),
        PAGE_REFUSED,
    ),
    one(
        "J65f",
        "jwt",
        "start with a script for a token",
        Tokened(path=START + "?token=%3Cscript%3Ealert(1)%3C/script%3E"),
        PAGE_REFUSED,
    ),
    one(
        "J68",
        "jwt",
        "a signature where a token is expected",
        Tokened(token=lambda world: f"Token token={world.credentials['proctorexam']['api_token']}"),
        REFUSED,
    ),
    one(
        "J68c",
        "jwt",
        "a token where a signature is expected",
        Signed(token=jws()),
        expect(403, shape=exactly(PROCTOREXAM_REFUSED)),
    ),
    one(
        "J68d",
        "jwt",
        "a token where a key is expected",
        Keyed(keys=(jws(),)),
        expect(401, shape=exactly(CONSERO_REFUSED)),
    ),
]
