"""Paths and queries: tricks around routes, ids that are none, limits that are none."""

from __future__ import annotations

from attack.case import Case, one
from attack.requests import Keyed, Raw, Signed, Tokened, http, jws
from attack.shapes import (
    PROCTOREXAM_REFUSED,
    anything,
    consero,
    constructor,
    exactly,
    expect,
    proctorexam,
    server,
)

NOBODY = expect(401, 404, shape=lambda status, body: None)
NOT_FOUND = expect(404, shape=lambda status, body: None)

AROUND_THE_DOOR = {
    "K21a": "//consero/api/v1/examinations",
    "K21b": "/consero//api/v1/examinations",
    "K21c": "/consero/api/v1//examinations",
    "K21d": "/consero/./api/v1/examinations",
    "K21e": "/consero/api/v1/./examinations",
    "K21f": "/consero/api/v1/x/../examinations",
    "K21g": "/public/../consero/api/v1/examinations",
    "K21h": "/consero/api/v1/%65xaminations",
    "K21i": "/%63onsero/api/v1/examinations",
    "K21j": "/consero/api/v1%2Fexaminations",
    "K21k": "/consero%2Fapi%2Fv1%2Fexaminations",
    "K21l": "/consero/api/v1/examinations;a=b",
    "K21m": "/consero;x/api/v1/examinations",
    "K21n": "/consero/api/v1/examinations/",
    "K21o": "/consero/api/v1/examinations%00",
    "K21p": "/consero/api/v1/examinations%20",
    "K21q": "/consero/api/v1/examinations.json",
    "K21r": "/consero/api/v1/examinations?x-api-key=fakeconserokey0000000000000000000000000000000000fakefake",
    "K21s": "/CONSERO/API/V1/EXAMINATIONS",
    "K21t": "/consero/api/V1/examinations",
    "K21u": "/consero/API/v1/examinations",
    "K21v": "\\consero\\api\\v1\\examinations".replace("\\consero", "/\\consero"),
    "K21w": "/consero/api/v1/examinations%0d%0aX-Injected:%20a",
    "K21x": "/consero/api/v1/%252e%252e/examinations",
    "K21y": "/consero/api/v1/examinations/%2e%2e/examinations",
    "K21z": "/consero/api/v1/..%5cexaminations",
}
HOSTILE_IDS = {
    "B81": "9223372036854775808",
    "B81b": "-9223372036854775809",
    "B81c": "1" * 5_000,
    "B81d": "0",
    "B81e": "-1",
    "B81f": "+1",
    "B81g": "01",
    "B81h": "1.0",
    "B81i": "1e3",
    "B81j": "0x1",
    "B81k": "1_0",
    "B81l": "%D9%A1",
    "B81m": "%EF%BC%91",
    "B81n": "1%00",
    "B81o": "%00",
    "B81p": "1%20",
    "B81q": "1%0A",
    "B81r": "NaN",
    "B81s": "null",
    "B81t": "1;DROP%20TABLE%20nonce",
    "B81u": "1'%20OR%20'1'='1",
    "B81v": "..",
    "B81w": "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "B81x": "%ff%fe",
    "B81y": "%ed%a0%80",
    "B81z": "1%2F2",
}
HOSTILE_LIMITS = {
    "B84a": "1267650600228229401496703205376",
    "B84b": "-1",
    "B84c": "NaN",
    "B84d": "0",
    "B84e": "1.5",
    "B84f": "1e3",
    "B84g": "0x10",
    "B84h": "1_0",
    "B84i": "",
    "B84j": "null",
    "B84k": "٣",
    "B84l": "301",
    "B84m": "9" * 5_000,
    "B84n": "' OR 1=1--",
    "B84o": "[]",
}
HOSTILE_FILTERS = {
    "B92a": "{",
    "B92b": "[]",
    "B92c": '{"start_time":{"gte":"x"}}',
    "B92d": '{"start_time":{"drop table":"2025-02-01"}}',
    "B92e": '{"__class__":{"gte":"2025-02-01"}}',
    "B92f": '{"start_time":{"gte":NaN}}',
    "B92g": "{" * 1_000,
    "B92h": '{"start_time":{"gte":"2025-02-01"},"start_time":{"gte":"2026-02-01"}}',
    "B92i": '{"start_time; DROP TABLE nonce":{"gte":"2025-02-01"}}',
    "B92j": '{"start_time":{"gte":9223372036854775808}}',
    "B92k": '{"start_time":{"gte":"99999-01-01"}}',
    "B92l": '{"start_time":{"gte":"0000-00-00"}}',
    "B92m": '{"start_time":{"gte":"2025-02-30"}}',
    "B92n": r'{"start_time":{"gte":"\u0000"}}',
    "B92o": r'{"start_time":{"gte":"\ud800"}}',
}

CASES: list[Case] = [
    *(
        one(case_id, "hostile-path", f"without a key: {path[:60]}", Keyed(path=path, keys=()), NOBODY)
        for case_id, path in AROUND_THE_DOOR.items()
    ),
    *(
        one(
            f"{case_id}p",
            "hostile-path",
            f"institute of id {text[:40]}",
            Signed(path=f"/institutes/{text}"),
            expect(400, 403, 404, shape=proctorexam, uses_nonce=True),
        )
        for case_id, text in HOSTILE_IDS.items()
    ),
    *(
        one(
            f"{case_id}r",
            "hostile-path",
            f"session of id {text[:40]}",
            Tokened(
                path=f"/api/v2/integration/simple/{{integration_name}}/sessions/{text}/status/", token=jws()
            ),
            expect(404, shape=constructor),
        )
        for case_id, text in HOSTILE_IDS.items()
    ),
    *(
        one(
            f"{case_id}i",
            "hostile-path",
            f"integration of name {text[:40]}",
            Tokened(path=f"/api/v2/integration/simple/{text}/sessions/b3875623/status/", token=jws()),
            expect(401, 404, shape=constructor),
        )
        for case_id, text in HOSTILE_IDS.items()
    ),
    *(
        one(
            case_id,
            "hostile-path",
            f"limit of {text[:40]!r}",
            Signed(path="/institutes", parameters={"limit": text}),
            expect(200, 400, 422, shape=anything, writes=True),
        )
        for case_id, text in HOSTILE_LIMITS.items()
    ),
    *(
        one(
            f"{case_id}g",
            "hostile-path",
            f"page of {text[:40]!r}",
            Signed(path="/institutes", parameters={"page": text}),
            expect(200, 400, 422, shape=anything, writes=True),
        )
        for case_id, text in HOSTILE_LIMITS.items()
    ),
    *(
        one(
            case_id,
            "hostile-path",
            f"filter of {text[:50]}",
            Signed(path="/student_sessions", parameters={"filter": text}),
            expect(200, 400, 422, shape=anything, writes=True),
        )
        for case_id, text in HOSTILE_FILTERS.items()
    ),
    *(
        one(
            f"{case_id}s",
            "hostile-path",
            f"sort by {text[:50]}",
            Signed(path="/student_sessions", parameters={"sort": text}),
            expect(200, 400, 422, shape=anything, writes=True),
        )
        for case_id, text in HOSTILE_FILTERS.items()
    ),
    one(
        "B85",
        "hostile-path",
        "query key twice",
        Signed(query=lambda sent: "&".join(f"{n}={v}" for n, v in sent.items()) + "&limit=1&limit=2"),
        expect(403, 422, 400, shape=proctorexam),
    ),
    one(
        "B86",
        "hostile-path",
        "%00 in the path",
        Raw(http("GET", "/consero/%00")),
        expect(401, 404, shape=consero),
    ),
    one("B86b", "hostile-path", "%00 alone", Raw(http("GET", "/%00")), expect(404, shape=server)),
    one("B86c", "hostile-path", "invalid UTF-8", Raw(http("GET", "/%ff%fe")), expect(404, shape=server)),
    one(
        "B86d",
        "hostile-path",
        "line break",
        Raw(http("GET", "/%0d%0aSet-Cookie:%20a=b")),
        expect(404, shape=server),
    ),
    one(
        "B86e",
        "hostile-path",
        "30,000 characters",
        Raw(http("GET", "/" + "a" * 30_000)),
        expect(404, shape=server),
    ),
    one(
        "B86f",
        "hostile-path",
        "10,000 segments",
        Raw(http("GET", "/consero" + "/a" * 10_000)),
        expect(401, 404, shape=consero),
    ),
    one(
        "B86g",
        "hostile-path",
        "template",
        Raw(http("GET", "/consero/{{7*7}}")),
        expect(401, 404, shape=consero),
    ),
    one(
        "B86h",
        "hostile-path",
        "script",
        Raw(http("GET", "/consero/%3Cscript%3Ealert(1)%3C/script%3E")),
        expect(401, 404, shape=consero),
    ),
    one(
        "B86i",
        "hostile-path",
        "broken percent",
        Raw(http("GET", "/consero/%zz%")),
        expect(401, 404, shape=consero),
    ),
    *(
        one(
            f"B94{letter}",
            "hostile-path",
            f"method {method}",
            Raw(http(method, "/consero/api/v1/examinations", body=b"")),
            expect(400, 401, 405, 501, shape=lambda status, body: None),
        )
        for letter, method in zip(
            "abcdefghij",
            ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "LOCK", "PURGE", "get", "FOO"),
            strict=True,
        )
    ),
    one(
        "B96c",
        "hostile-path",
        "override by _method",
        Raw(http("POST", "/proctorexam/api/v3/institutes/1?_method=DELETE", body=b"")),
        expect(403, 404, 405, shape=lambda status, body: None),
    ),
    one(
        "B96d",
        "hostile-path",
        "signed GET with _method",
        Signed(parameters={"_method": "DELETE"}),
        expect(200, shape=anything, writes=True),
    ),
    one(
        "B96e",
        "hostile-path",
        "unsigned DELETE",
        Raw(http("DELETE", "/proctorexam/api/v3/institutes/1")),
        expect(403, shape=exactly(PROCTOREXAM_REFUSED)),
    ),
]
