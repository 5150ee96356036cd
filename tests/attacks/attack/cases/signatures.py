"""ProctorExam's signature and token: what was signed with what, and changed after that."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from attack.case import Case, one
from attack.cases.signed_parts import OK, REFUSED, REFUSED_OR_UNREADABLE, create
from attack.requests import Late, Signed, canonical, hexadecimal


def cut(length: int) -> Any:
    return lambda secret, text: hexadecimal(secret, text)[:length]


SIGNATURES: dict[str, Any] = {
    "H22 one digit changed": lambda secret, text: (
        ("0" if (s := hexadecimal(secret, text))[0] != "0" else "1") + s[1:]
    ),
    "H23 all zeros": lambda secret, text: "0" * 64,
    "H24a cut to 128 bits": cut(32),
    "H24b one digit": cut(1),
    "H24c two digits": cut(2),
    "H24d one digit less": cut(63),
    "H24e empty": lambda secret, text: "",
    "H24f prefix only": lambda secret, text: "sha256=",
    "H25a one digit more": lambda secret, text: hexadecimal(secret, text) + "0",
    "H25b byte more": lambda secret, text: hexadecimal(secret, text) + "00",
    "H25c newline": lambda secret, text: hexadecimal(secret, text) + "\n",
    "H25d blank": lambda secret, text: hexadecimal(secret, text) + " ",
    "H25e blank in front": lambda secret, text: " " + hexadecimal(secret, text),
    "H25f NUL": lambda secret, text: hexadecimal(secret, text) + "\x00",
    "H26 upper case": lambda secret, text: hexadecimal(secret, text).upper(),
    "H27a base64": lambda secret, text: base64.b64encode(bytes.fromhex(hexadecimal(secret, text))).decode(),
    "H27b reversed": lambda secret, text: hexadecimal(secret, text)[::-1],
    "H28 non-ASCII": lambda secret, text: "ÿ" * 32,
    "H28b full-width": lambda secret, text: "".join(chr(ord(c) + 0xFEE0) for c in hexadecimal(secret, text)),
    "H29a sha1=": lambda secret, text: "sha1=" + hexadecimal(secret, text),
    "H29b sha256=": lambda secret, text: "sha256=" + hexadecimal(secret, text),
    "H29c v0=": lambda secret, text: "v0=" + hexadecimal(secret, text),
    "H29d v1a,": lambda secret, text: "v1a," + hexadecimal(secret, text),
    "H29e none=": lambda secret, text: "none=",
    "H29f 0x": lambda secret, text: "0x" + hexadecimal(secret, text),
    "H30a HMAC-SHA1": lambda secret, text: hmac.new(secret, text.encode(), "sha1").hexdigest(),
    "H30b HMAC-MD5": lambda secret, text: hmac.new(secret, text.encode(), "md5").hexdigest(),
    "H30c HMAC-SHA512": lambda secret, text: hmac.new(secret, text.encode(), "sha512").hexdigest(),
    "H30d HMAC-SHA3": lambda secret, text: hmac.new(secret, text.encode(), "sha3_256").hexdigest(),
    "H31a plain SHA-256": lambda secret, text: hashlib.sha256(text.encode()).hexdigest(),
    "H31b SHA-256 of secret and text": lambda secret, text: hashlib.sha256(
        secret + text.encode()
    ).hexdigest(),
    "H31c text and secret swapped": lambda secret, text: hmac.new(
        text.encode(), secret, "sha256"
    ).hexdigest(),
    "H33 another secret": lambda secret, text: hexadecimal(b"another-secret", text),
    "H34 empty secret": lambda secret, text: hexadecimal(b"", text),
    "H34b zero bytes": lambda secret, text: hexadecimal(b"\x00" * 43, text),
    "H35 secret in lower case": lambda secret, text: hexadecimal(secret.lower(), text),
    "H36 secret with newline": lambda secret, text: hexadecimal(secret + b"\n", text),
    "H38 signature true": lambda secret, text: "true",
    "H38b signature null": lambda secret, text: "null",
    "H38c signature zero": lambda secret, text: "0",
    "H38d signature of SQL": lambda secret, text: "' OR '1'='1",
}
TEXTS: dict[str, Any] = {
    "H39 unsorted": lambda texts: "?".join(
        f"{name}={value}" for name, value in sorted(texts.items(), reverse=True)
    ),
    "H40 joined by &": lambda texts: canonical(texts).replace("?", "&"),
    "H40b joined by nothing": lambda texts: canonical(texts).replace("?", ""),
    "H40c question mark in front": lambda texts: "?" + canonical(texts),
    "H40d question mark behind": lambda texts: canonical(texts) + "?",
    "H41 without nonce": lambda texts: canonical({k: v for k, v in texts.items() if k != "nonce"}),
    "H41b without timestamp": lambda texts: canonical({k: v for k, v in texts.items() if k != "timestamp"}),
    "H42 values only": lambda texts: "?".join(texts[name] for name in sorted(texts)),
    "H43 empty text": lambda texts: "",
    "H44 newline behind": lambda texts: canonical(texts) + "\n",
}
TAMPERED: dict[str, dict[str, Any]] = {
    "H46a value changed": {"name": "Other"},
    "H46b letter case of a value": {"name": "attacked"},
    "H46c blank behind a value": {"name": "Attacked "},
    "H46d parameter added": {"tawk_url": "https://evil.example"},
    "H46e empty parameter added": {"tawk_url": ""},
    "H46f parameter taken away": {"short_name": None},
    "H46g timestamp changed": {"timestamp": lambda world: world.now_ms + 1},
    "H46h nonce changed": {"nonce": lambda world: world.nonce()},
    "H46i boolean for text": {"name": True},
    "H46j NFD for NFC": {"name": "Attacke\u0301d"},
    "H32 signature missing": {"signature": None},
    "H32b nonce taken away": {"nonce": None},
    "H32c timestamp taken away": {"timestamp": None},
}
TOKENS: dict[str, str | bytes | Late] = {
    "H60a unknown token": "Token token=fakefakefakefakefakefa",
    "H60b empty token": "Token token=",
    "H60c empty header": "",
    "H60d Bearer": lambda world: f"Bearer {world.credentials['proctorexam']['api_token']}",
    "H60e bare": lambda world: world.credentials["proctorexam"]["api_token"],
    "H60f scheme alone": "Token",
    "H60g two tokens": lambda world: f"Token token=x, token={world.credentials['proctorexam']['api_token']}",
    "H60h stray quote": lambda world: f'Token token="{world.credentials["proctorexam"]["api_token"]}',
    "H60i 8-bit": b"Token token=\xff\xfe",
    "H60j the secret as token": lambda world: f"Token token={world.credentials['proctorexam']['secret_key']}",
    "H60k SQL": "Token token=' OR 1=1--",
    "H60l 600 characters": "Token token=" + "x" * 600,
    "H60m other vendor's key": lambda world: f"Token token={world.credentials['consero']['api_key']}",
    "J68a a JWT": "JWT eyJhbGciOiJIUzI1NiJ9.e30.x",
    "J68b Basic": "Basic Zm9vOmJhcg==",
}


CASES: list[Case] = [
    one("H01", "hmac", "fresh, well signed", Signed("POST", parameters=create(), encoding="json"), OK),
    *(
        one(
            f"H01{letter}",
            "hmac",
            f"fresh, well signed, as {encoding}",
            Signed("POST", parameters=create(name=f"By {encoding}"), encoding=encoding),
            OK,
        )
        for letter, encoding in (("b", "form"), ("c", "multipart"), ("d", "query"))
    ),
    one("H02", "hmac", "ids of the URL signed", Signed("GET", "/institutes/1", path_ids={"id": "1"}), OK),
    one("H02b", "hmac", "ids of the URL not signed", Signed("GET", "/institutes/1"), OK),
    one(
        "H02c",
        "hmac",
        "other ids of the URL signed",
        Signed("GET", "/institutes/1", path_ids={"id": "2"}),
        REFUSED,
    ),
    *(
        one(
            name.partition(" ")[0],
            "hmac",
            f"signature: {name.partition(' ')[2]}",
            Signed("POST", parameters=create(), signature=value, encoding="json"),
            REFUSED_OR_UNREADABLE,
        )
        for name, value in SIGNATURES.items()
    ),
    *(
        one(
            name.partition(" ")[0],
            "hmac",
            f"signed text: {name.partition(' ')[2]}",
            Signed("POST", parameters=create(), text=value, encoding="json"),
            REFUSED,
        )
        for name, value in TEXTS.items()
    ),
    *(
        one(
            name.partition(" ")[0] + letter,
            "hmac",
            f"after signing, {encoding}: {name.partition(' ')[2]}",
            Signed("POST", parameters=create(), changed=value, encoding=encoding),
            REFUSED,
        )
        for name, value in TAMPERED.items()
        for letter, encoding in (("", "json"), ("f", "form"), ("m", "multipart"))
    ),
    *(
        one(
            name.partition(" ")[0],
            "hmac",
            f"Authorization: {name.partition(' ')[2]}",
            Signed(token=value),
            REFUSED,
        )
        for name, value in TOKENS.items()
    ),
]
