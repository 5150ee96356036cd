"""ProctorExam's signature, timestamp and nonce."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

from attack.case import Advance, Case, Settings, one
from attack.requests import Late, Signed, canonical, hexadecimal, in_text
from attack.shapes import PROCTOREXAM_REFUSED, anything, exactly, expect, proctorexam

OK = expect(200, 201, shape=anything, writes=True)
REFUSED = expect(403, shape=exactly(PROCTOREXAM_REFUSED))
REFUSED_OR_UNREADABLE = expect(400, 403, 422, shape=proctorexam)
DAY = 86_400


def create(**parameters: Any) -> dict[str, Any]:
    return {"name": "Attacked", "short_name": "at", **parameters}


TIMESTAMPS: dict[str, Any] = {
    "H17 301 s old": lambda world: world.now_ms - 301_000,
    "H18 301 s ahead": lambda world: world.now_ms + 301_000,
    "H17b 300 s and 1 ms old": lambda world: world.now_ms - 300_001,
    "H18b 300 s and 1 ms ahead": lambda world: world.now_ms + 300_001,
    "H19 a day old": lambda world: world.now_ms - DAY * 1000,
    "H20 of 1970": 0,
    "H21a seconds for milliseconds": lambda world: world.now_ms // 1000,
    "H21a2 microseconds": lambda world: world.now_ms * 1000,
    "H21b float": lambda world: f"{world.now_ms}.0",
    "H21c with plus": lambda world: f"+{world.now_ms}",
    "H21d with minus": lambda world: f"-{world.now_ms}",
    "H21d2 minus alone": "-",
    "H21e leading zeros": lambda world: f"00{world.now_ms}",
    "H21f exponent": lambda world: f"{world.now_ms // 10}e1",
    "H21g hexadecimal": lambda world: hex(world.now_ms),
    "H21h blank behind": lambda world: f"{world.now_ms} ",
    "H21h2 blank in front": lambda world: f" {world.now_ms}",
    "H21h3 newline behind": lambda world: f"{world.now_ms}\n",
    "H21i full-width digits": lambda world: "".join(chr(0xFF10 + int(d)) for d in str(world.now_ms)),
    "H21i2 Arabic digits": lambda world: "".join(chr(0x0660 + int(d)) for d in str(world.now_ms)),
    "H21i3 superscripts": "¹²³",
    "H21j underscores": "1_795_289_832_000",
    "H21k 20 digits": "1" * 20,
    "H21l 5000 digits": "1" * 5000,
    "H21m NaN": "NaN",
    "H21m2 Infinity": "Infinity",
    "H21n ISO 8601": "2026-11-21T19:37:12Z",
    "H21o octal": lambda world: oct(world.now_ms),
    "H21p empty": "",
    "H21q null text": "null",
    "H21r true": "true",
    "H21s list": lambda world: f"[{world.now_ms}]",
    "H21t SQL": "0 OR 1=1",
    "H21u two numbers": lambda world: f"{world.now_ms} {world.now_ms}",
    "H21v comma": lambda world: f"{world.now_ms},0",
}
NONCES: dict[str, Any] = {
    "H11 empty": "",
    "H12 word": "abc",
    "H12b UUID": "123e4567-e89b-12d3-a456-426614174000",
    "H14 quote and SQL": "1'); DROP TABLE nonce;--",
    "H15 41 digits": "1" * 41,
    "H15b 5000 digits": "1" * 5000,
    "H16 negative": "-1",
    "H16b plus": "+1",
    "H16c leading zero": "01",
    "H16d float": "1.0",
    "H16e exponent": "1e3",
    "H16f hexadecimal": "0x10",
    "H16g underscore": "1_0",
    "H16h blank": " ",
    "H16i full-width": "１２３",
    "H16j Arabic": "١٢٣",
    "H16k newline": "123\n",
    "H16l true": "true",
    "H16m null": "null",
    "H16n list": "[1]",
    "H16o non-ASCII": "éé",
}


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


def texts_of(sent: Any) -> dict[str, str]:
    return {name: in_text(value) for name, value in sent.items()}


def repeated(encoding: str) -> Any:
    """Return a case whose parameter `name` comes twice in a query or form."""

    def pairs(sent: Any) -> str:
        return urlencode([*texts_of(sent).items(), ("name", "Other")])

    if encoding == "query":
        return Signed("POST", parameters=create(), query=pairs)
    return Signed("POST", parameters=create(), encoding="form", body=lambda sent: pairs(sent).encode())


FIXED = {"nonce": "4711"}
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
    one("H10", "hmac", "nonce missing", Signed(parameters={"nonce": None}), REFUSED),
    one("H10b", "hmac", "timestamp missing", Signed(parameters={"timestamp": None}), REFUSED),
    one(
        "H13",
        "hmac",
        "nonce with bytes 0x80 to 0xFF",
        Signed(
            query=lambda sent: f"timestamp={sent['timestamp']}&nonce=%80%ff&signature={sent['signature']}"
        ),
        REFUSED_OR_UNREADABLE,
    ),
    *(
        one(
            name.partition(" ")[0],
            "hmac",
            f"timestamp: {name.partition(' ')[2]}",
            Signed("POST", parameters=create(timestamp=value), encoding=encoding),
            REFUSED_OR_UNREADABLE,
        )
        for name, value in TIMESTAMPS.items()
        for encoding in (("form",) if name.startswith("H21l") else ("json",))
    ),
    *(
        one(
            name.partition(" ")[0] + "q",
            "hmac",
            f"timestamp in the query: {name.partition(' ')[2]}",
            Signed(parameters={"timestamp": value}),
            REFUSED_OR_UNREADABLE,
        )
        for name, value in TIMESTAMPS.items()
    ),
    one(
        "H17c",
        "hmac",
        "300 s old exactly",
        Signed(parameters={"timestamp": lambda world: world.now_ms - 300_000}),
        OK,
    ),
    one(
        "H18c",
        "hmac",
        "300 s ahead exactly",
        Signed(parameters={"timestamp": lambda world: world.now_ms + 300_000}),
        OK,
    ),
    *(
        one(
            name.partition(" ")[0],
            "hmac",
            f"nonce: {name.partition(' ')[2]}",
            Signed("POST", parameters=create(nonce=value), encoding="json"),
            REFUSED_OR_UNREADABLE,
        )
        for name, value in NONCES.items()
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
        "H03",
        "hmac",
        "same nonce, new timestamp, signed again a minute later",
        ((Signed(parameters=FIXED), OK), Advance(60), (Signed(parameters=FIXED), REFUSED)),
    ),
    Case(
        "H04",
        "hmac",
        "same request again",
        ((Signed(parameters={"nonce": "4712"}), OK), (Signed(parameters={"nonce": "4712"}), REFUSED)),
    ),
    Case(
        "H05",
        "hmac",
        "same nonce at 24 h - 1 s and at 24 h + 1 s",
        (
            (Signed(parameters={"nonce": "4713"}), OK),
            Advance(DAY - 1),
            (Signed(parameters={"nonce": "4713"}), REFUSED),
            Advance(2),
            (Signed(parameters={"nonce": "4713"}), OK),
            Advance(-DAY - 1),
        ),
    ),
    Case(
        "H06",
        "hmac",
        "same nonce with another body, path, method and encoding",
        (
            (Signed("POST", parameters=create(nonce="4714", name="Six"), encoding="json"), OK),
            (Signed("POST", parameters=create(nonce="4714", name="Other"), encoding="json"), REFUSED),
            (Signed(parameters={"nonce": "4714"}), REFUSED),
            (Signed("GET", "/exams", parameters={"nonce": "4714"}), REFUSED),
            (Signed("DELETE", "/institutes/1", parameters={"nonce": "4714"}), REFUSED),
            (Signed("POST", parameters=create(nonce="4714"), encoding="form"), REFUSED),
            (Signed("POST", parameters=create(nonce=4714), encoding="json"), REFUSED),
        ),
    ),
    Case(
        "H07",
        "hmac",
        "request dated ahead is remembered until its window closes",
        (
            Settings({"proctorexam.timestamp_tolerance_seconds": 2 * DAY}),
            (Signed(parameters={"nonce": "4715", "timestamp": lambda world: world.now_ms + DAY * 1500}), OK),
            Advance(DAY + 1),
            (Signed(parameters={"nonce": "4715", "timestamp": lambda world: world.now_ms}), REFUSED),
            Advance(-DAY - 1),
            Settings({"proctorexam.timestamp_tolerance_seconds": 300}),
        ),
    ),
    Case(
        "H53",
        "hmac",
        "stale timestamp does not use the nonce up",
        (
            (
                Signed(parameters={"nonce": "4716", "timestamp": lambda world: world.now_ms - 400_000}),
                REFUSED,
            ),
            (Signed(parameters={"nonce": "4716"}), OK),
        ),
    ),
    Case(
        "H53b",
        "hmac",
        "wrong signature does not use the nonce up",
        (
            (Signed(parameters={"nonce": "4717"}, signature=lambda secret, text: "0" * 64), REFUSED),
            (Signed(parameters={"nonce": "4717"}), OK),
        ),
    ),
    Case(
        "H54",
        "hmac",
        "nonce of a request whose values are wrong is used up (PE-490)",
        (
            (
                Signed("POST", parameters={"nonce": "4718", "name": "No short name"}, encoding="json"),
                expect(422, shape=proctorexam, uses_nonce=True),
            ),
            (Signed("POST", parameters=create(nonce="4718", name="Later"), encoding="json"), REFUSED),
        ),
    ),
    Case(
        "H63",
        "hmac",
        "clock set back an hour and forward again",
        (
            (Signed(parameters={"nonce": "4719"}), OK),
            Advance(-3600),
            (Signed(parameters={"nonce": "4719"}), REFUSED),
            Advance(3600),
            (Signed(parameters={"nonce": "4719"}), REFUSED),
        ),
    ),
    Case(
        "H64",
        "hmac",
        "clock jumps 25 h ahead and back",
        (
            (Signed(parameters={"nonce": "4720"}), OK),
            Advance(25 * 3600),
            (Signed(), OK),
            Advance(-25 * 3600),
            (Signed(parameters={"nonce": "4720"}), REFUSED),
        ),
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
