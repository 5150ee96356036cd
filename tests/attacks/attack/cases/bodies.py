"""Bodies as a whole: encodings, content types, sizes, forms and multipart."""

from __future__ import annotations

import gzip
import json
from typing import Any

from attack.case import Case, Expected, one
from attack.cases.values import EXAM
from attack.requests import FORM, JSON, MULTIPART, Keyed, Signed, Tokened, jws
from attack.shapes import anything, consero, constructor, expect, proctorexam

GOOD = b'{"inviteId": 142}'
FOUND = expect(200, shape=anything)
INVALID = expect(422, shape=consero)
TOO_LARGE = expect(413, shape=consero, close=True)
EXAMS = "/api/v2/integration/simple/{integration_name}/exams/"
UNREADABLE = {"consero": INVALID, "constructor": expect(400, shape=constructor)}
FIELD = b'Content-Disposition: form-data; name="inviteId"\r\n\r\n'
END = b"--b0undary--\r\n"


def report(
    body: bytes, expected: Expected, case_id: str, case: str, content_type: str | None = JSON, **more: Any
) -> Case:
    return one(
        case_id,
        "hostile-body",
        case,
        Keyed("POST", "/report", body=body, content_type=content_type, **more),
        expected,
    )


def exam(body: bytes, expected: Expected, case_id: str, case: str, content_type: str = JSON) -> Case:
    request = Tokened("POST", EXAMS, token=jws(), body=body, content_type=content_type)
    return one(case_id, "hostile-body", case, request, expected)


def part(value: bytes = b"142", head: bytes = FIELD) -> bytes:
    return b"--b0undary\r\n" + head + value + b"\r\n"


BROKEN = {
    "B23 bytes FF FE": b'{"inviteId": "\xff\xfe"}',
    "B24 overlong slash": b'{"inviteId": "\xc0\xaf"}',
    "B25b encoded surrogate": b'{"inviteId": "\xed\xa0\x80"}',
    "B26 UTF-16LE with mark": json.dumps({"inviteId": 142}).encode("utf-16"),
    "B26b UTF-16LE": json.dumps({"inviteId": 142}).encode("utf-16-le"),
    "B27 UTF-32": json.dumps({"inviteId": 142}).encode("utf-32"),
    "B28 byte order mark": b"\xef\xbb\xbf" + GOOD,
    "B45 empty": b"",
    "B45b blanks": b"  \r\n ",
    "B47 null": b"null",
    "B48 array": b"[142]",
    "B48b array of objects": b'[{"inviteId": 142}]',
    "B49 text": b'"inviteId"',
    "B49b number": b"142",
    "B49c true": b"true",
    "B50 trailing text": GOOD + b"x",
    "B50b second document": GOOD + GOOD,
    "B50c trailing NUL": GOOD + b"\x00",
    "B52 single quotes": b"{'inviteId': 142}",
    "B53 trailing comma": b'{"inviteId": 142,}',
    "B54 key twice": b'{"inviteId": 142, "inviteId": 143}',
    "B54b key twice, once escaped": rb'{"inviteId": 142, "\u0069nviteId": 142}',
    "B54c bare key": b"{inviteId: 142}",
    "B54d not closed": b'{"inviteId": 142',
    "B64 YAML": b"!!python/object/apply:os.system ['id']",
    "B64b XML": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "B64c pickle": b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x8c\x02os\x94.",
    "B64d NUL bytes": b"\x00" * 1000,
    "B64e random-looking bytes": bytes(range(256)) * 8,
}
BAD_MULTIPART = {
    "B65 5,000 parts": part() * 5_000 + END,
    "B65b 201 parts": b"".join(
        part(head=b'Content-Disposition: form-data; name="%d"\r\n\r\n' % n) for n in range(201)
    )
    + END,
    "B66 no end": part(),
    "B66b cut": part()[:30],
    "B66c empty": b"",
    "B67 5 MB of empty lines in front": b"\r\n" * 2_500_000 + part() + END,
    "B67b 5 kB of text in front": b"x" * 5_000 + b"\r\n" + part() + END,
    "B67c text in front without a line break": b"preamble" + part() + END,
    "B67d boundary that goes on": part() + part().replace(b"\r\n", b"x\r\n", 1) + END,
    "B67e text behind the end": part() + END.replace(b"\r\n", b"x\r\n"),
    "B68 bare LF": (part() + END).replace(b"\r\n", b"\n"),
    "B69 no name": part(head=b"Content-Disposition: form-data\r\n\r\n") + END,
    "B69b two names": part(head=b'Content-Disposition: form-data; name="a"; name="inviteId"\r\n\r\n') + END,
    "B69c two dispositions": part(head=b'Content-Disposition: form-data; name="a"\r\n' + FIELD) + END,
    "B70 5 kB header": part(head=b'Content-Disposition: form-data; name="' + b"a" * 5_000 + b'"\r\n\r\n')
    + END,
    "B70b 5,000 headers": part(head=b"a: b\r\n" * 5_000 + FIELD) + END,
    "B71 NUL in the name": part(head=b'Content-Disposition: form-data; name="a\x00"\r\n\r\n') + END,
    "B71b 8-bit name": part(head=b'Content-Disposition: form-data; name="\xff"\r\n\r\n') + END,
    "B71c 8-bit value": part(b"\xff") + END,
    "B71d NUL in the value": part(b"\x00") + END,
    "B72 base64": part(b"MTQy", head=b"Content-Transfer-Encoding: base64\r\n" + FIELD) + END,
    "B72b folded first header": part(head=b" " + FIELD) + END,
}
BAD_BOUNDARIES = {
    "B60 10,000 backslashes": 'multipart/form-data; boundary="' + "\\" * 10_000 + '"',
    "B60b 30,000 quotes": "multipart/form-data; " + ';"' * 15_000,
    "B60c 30,000 semicolons": 'multipart/form-data; "' + ";" * 30_000,
    "B61 no boundary": "multipart/form-data",
    "B61b empty boundary": 'multipart/form-data; boundary=""',
    "B61c boundary of 71": "multipart/form-data; boundary=" + "b" * 71,
    "B61d two boundaries": "multipart/form-data; boundary=x; boundary=b0undary",
    "B61e 8-bit boundary": "multipart/form-data; boundary=\xff",
}
BAD_FORMS = {
    "B82 NUL": b"inviteId=%00",
    "B82b NUL in a name": b"inviteId%00=142",
    "B82c invalid UTF-8": b"inviteId=%ff",
    "B82d encoded surrogate": b"inviteId=%ed%a0%80",
    "B82e overlong": b"inviteId=%c0%af",
    "B82f raw 8-bit": b"inviteId=\xff",
    "B83 200,000 fields": b"a=1&" * 200_000,
    "B83b 1,000,000 separators": b"&" * 1_000_000,
    "B83c empty": b"",
}

CASES: list[Case] = [
    report(GOOD, FOUND, "B00", "a good one"),
    *(
        report(
            body, UNREADABLE["consero"], name.partition(" ")[0] + "c", f"{name.partition(' ')[2]}, to consero"
        )
        for name, body in BROKEN.items()
    ),
    *(
        exam(
            body,
            UNREADABLE["constructor"],
            name.partition(" ")[0] + "r",
            f"{name.partition(' ')[2]}, to constructor",
        )
        for name, body in BROKEN.items()
    ),
    *(
        one(
            name.partition(" ")[0] + "p",
            "hostile-body",
            f"{name.partition(' ')[2]}, to proctorexam",
            Signed(
                "POST",
                parameters={"name": "A", "short_name": "a"},
                encoding="json",
                body=lambda sent, body=body: body,
            ),
            expect(400, 403, 422, shape=proctorexam),
        )  # type: ignore[misc]
        for name, body in BROKEN.items()
    ),
    *(
        report(body, INVALID, name.partition(" ")[0] + "c", f"multipart: {name.partition(' ')[2]}", MULTIPART)
        for name, body in BAD_MULTIPART.items()
    ),
    *(
        one(
            name.partition(" ")[0] + "p",
            "hostile-body",
            f"multipart to proctorexam: {name.partition(' ')[2]}",
            Signed("POST", encoding="multipart", body=lambda sent, body=body: body),
            expect(400, 403, 413, 422, shape=proctorexam),
        )  # type: ignore[misc]
        for name, body in BAD_MULTIPART.items()
    ),
    *(
        report(
            part() + END,
            INVALID,
            name.partition(" ")[0],
            f"content type: {name.partition(' ')[2]}",
            content_type,
        )
        for name, content_type in BAD_BOUNDARIES.items()
    ),
    *(
        report(body, INVALID, name.partition(" ")[0] + "c", f"form: {name.partition(' ')[2]}", FORM)
        for name, body in BAD_FORMS.items()
    ),
    *(
        one(
            name.partition(" ")[0] + "p",
            "hostile-body",
            f"form to proctorexam: {name.partition(' ')[2]}",
            Signed("POST", encoding="form", body=lambda sent, body=body: body),
            expect(400, 403, 422, shape=proctorexam),
        )  # type: ignore[misc]
        for name, body in BAD_FORMS.items()
    ),
    report(part() + END, FOUND, "B65d", "good multipart", MULTIPART),
    report(b"inviteId=142", FOUND, "B83e", "good form", FORM),
    report(GOOD, FOUND, "B83dc", "form: JSON, as plain curl sends it (CO-100)", FORM),
    one(
        "B83dp",
        "hostile-body",
        "form to proctorexam: JSON",
        Signed("POST", encoding="form", body=lambda sent: GOOD),
        expect(400, 403, 422, shape=proctorexam),
    ),
    report(GOOD, FOUND, "B58", "no content type (CO-022)", None),
    report(GOOD, FOUND, "B59", "charset=utf-16 with UTF-8 bytes", "application/json; charset=utf-16"),
    report(
        json.dumps({"inviteId": 142}).encode("utf-16"),
        INVALID,
        "B59b",
        "charset=utf-16 with UTF-16 bytes",
        "application/json; charset=utf-16",
    ),
    exam(
        json.dumps(EXAM).encode(), expect(415, shape=constructor), "B58b", "JSON as text/plain", "text/plain"
    ),
    exam(json.dumps(EXAM).encode(), expect(415, shape=constructor), "B58c", "JSON without content type", ""),
    exam(b"a: b", expect(415, shape=constructor), "B64f", "YAML as YAML", "application/yaml"),
    exam(b"<a/>", expect(415, shape=constructor), "B64g", "XML as XML", "application/xml"),
    exam(
        b"x" * 60_000,
        expect(400, 415, shape=constructor),
        "B63",
        "content type of 10 kB",
        "application/" + "x" * 10_000,
    ),
    report(
        gzip.compress(b"0" * 100_000_000, 9),
        expect(400, 413, 415, shape=consero, close=True),
        "B62",
        "gzip bomb of 100 MB",
        headers=(("Content-Encoding", "gzip"),),
    ),
    report(
        GOOD,
        expect(400, 415, shape=consero, close=True),
        "B62b",
        "deflate",
        headers=(("Content-Encoding", "deflate"),),
    ),
    report(
        GOOD, expect(400, 415, shape=consero, close=True), "B62c", "br", headers=(("Content-Encoding", "br"),)
    ),
    report(
        GOOD,
        expect(400, 415, shape=consero, close=True),
        "B62d",
        "encoding of nonsense",
        headers=(("Content-Encoding", "x" * 1000),),
    ),
    report(GOOD, FOUND, "B62e", "identity", headers=(("Content-Encoding", "identity"),)),
    report(b'{"inviteId": "' + b"a" * 10_000_000 + b'"}', TOO_LARGE, "B35", "text of 10 MB"),
    report(b"[" * 10_000_000, TOO_LARGE, "B39c", "10,000,000 brackets"),
    report(
        b"{" + b",".join(b'"%d":0' % n for n in range(1_000_000)) + b"}", TOO_LARGE, "B42", "1,000,000 keys"
    ),
    report(b"[" + b"0," * 1_000_000 + b"0]", TOO_LARGE, "B43", "1,000,000 zeros"),
    report(b"[" + b"0," * 500_000 + b"0]", INVALID, "B43b", "500,000 zeros"),
    report(b"{" + b",".join(b'"%d":0' % n for n in range(90_000)) + b"}", INVALID, "B42b", "90,000 keys"),
    report(
        b"{" + b",".join(b'"%d":0' % (n * (2**61 - 1)) for n in range(30_000)) + b"}",
        INVALID,
        "B44",
        "keys equal modulo 2^61 - 1",
    ),
    report(part(b"x" * 9_000_000) + END, TOO_LARGE, "B37", "multipart of 9 MB", MULTIPART),
    report(b"inviteId=" + b"1" * 2_000_000, TOO_LARGE, "B38", "form of 2 MB", FORM),
]
