"""Texts that look dangerous and are none: kept exactly, wherever a text may stand."""

from __future__ import annotations

import json

from attack.case import Case, Expected, one, replaced
from attack.cases.values import INVALID, KEPT, consero_request, constructor_request, proctorexam_request

TEXTS = {
    "B30 right-to-left override": "a\u202egnp.exe\u200b",
    "B33a NFC": "\u00e9",
    "B33b NFD": "o\u0308",
    "B55 __proto__": "__proto__",
    "B56 emoji": "😀👩‍👩‍👧",
    "B57 noncharacter": "\uffff",
    "B73 end of a script": "</script><script>alert(1)</script>",
    "B74 terminal escape": "\u001b]0;x\u0007",
    "B74b fake log line": "x\r\n2026-11-21 ERROR fake",
    "B75 SQL": "x'); DROP TABLE nonce;--",
    "B75b SQL comment": "admin'/*",
    "B76 template": "{{7*7}} ${7*7} #{7*7} {%raw%}",
    "B77 formula": "=cmd|' /C calc'!A0",
    "B78 format": "%s%n%x {0.__class__}",
    "B80 path": "../../../../etc/passwd",
    "B87 only blanks inside": "a\u00a0\u2003b",
    "B88 zalgo": "Z\u0351\u036b\u0343\u036a",
    "B89 null word": "null",
    "B89b undefined": "undefined",
    "B89c NaN word": "NaN",
    "B89d Scunthorpe": "Scunthorpe General Hospital",
}


def kept_texts() -> list[Case]:
    def expected(place: tuple[str, ...], text: str) -> Expected:
        return replaced(KEPT, echo=(place, text))

    return [
        case
        for name, text in TEXTS.items()
        for case in (
            one(
                f"{name.partition(' ')[0]}p",
                "hostile-body",
                f"{name.partition(' ')[2]} in proctorexam's name",
                proctorexam_request("name", json.dumps(text)),
                expected(("institute", "name"), text),
            ),
            one(
                f"{name.partition(' ')[0]}r",
                "hostile-body",
                f"{name.partition(' ')[2]} in constructor's examName",
                constructor_request("examName", json.dumps(text)),
                expected(("examName",), text),
            ),
            one(
                f"{name.partition(' ')[0]}c",
                "hostile-body",
                f"{name.partition(' ')[2]} in consero's email",
                consero_request("candidate_email", json.dumps(text)),
                INVALID["consero"],
            ),
        )
    ]


CASES = kept_texts()
