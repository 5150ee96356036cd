"""Consero's API key: what is not exactly the key in its header is refused, always with the same body."""

from __future__ import annotations

import base64
import hashlib

from attack.case import Case, one
from attack.requests import Headers, Keyed, Late
from attack.shapes import CONSERO_REFUSED, anything, consero, exactly, expect
from attack.world import World

OK = expect(200, shape=anything)
REFUSED = expect(401, shape=exactly(CONSERO_REFUSED))
AT_THE_DOOR = expect(400, 401, shape=lambda status, body: None)


def key(world: World) -> str:
    return world.credentials["consero"]["api_key"]


def wrong(world: World) -> str:
    return key(world)[:-1] + ("0" if key(world)[-1] != "0" else "1")


WRONG_KEYS: dict[str, str | bytes | Late] = {
    "K03 wrong key of the same length": wrong,
    "K04a empty": "",
    "K04b blanks": "   ",
    "K04c null": "null",
    "K04d undefined": "undefined",
    "K04e None": "None",
    "K04f tab": "\t",
    "K06a one character more": lambda world: key(world) + "x",
    "K06b twice in a row": lambda world: key(world) * 2,
    "K06c one character less": lambda world: key(world)[:-1],
    "K06d one character in front": lambda world: "x" + key(world),
    "K07a other letter case": lambda world: key(world).upper(),
    "K07b first character only": lambda world: key(world)[:1],
    "K07c first half": lambda world: key(world)[: len(key(world)) // 2],
    "K08a quoted": lambda world: f'"{key(world)}"',
    "K08b in brackets": lambda world: f"<{key(world)}>",
    "K08c blank inside": lambda world: key(world)[:10] + " " + key(world)[10:],
    "K08d percent-encoded": lambda world: "".join(f"%{ord(character):02X}" for character in key(world)),
    "K08e base64": lambda world: base64.b64encode(key(world).encode()).decode(),
    "K08f hexadecimal": lambda world: key(world).encode().hex(),
    "K08g with Bearer": lambda world: f"Bearer {key(world)}",
    "K08h with name": lambda world: f"x-api-key={key(world)}",
    "K10a good,bad": lambda world: f"{key(world)},{wrong(world)}",
    "K10b bad,good": lambda world: f"{wrong(world)}, {key(world)}",
    "K10c good;bad": lambda world: f"{key(world)};x",
    "K14a of the default sandbox's form": "fakeconserokey0000000000000000000000000000000000fakefakX",
    "K14b another vendor's token": lambda world: world.credentials["proctorexam"]["api_token"],
    "K14c another vendor's secret": lambda world: world.credentials["constructor"]["jwt_secret"],
    "K14d the sandbox's id": lambda world: world.sandbox_id,
    "K14e digest of the key": lambda world: hashlib.sha256(key(world).encode()).hexdigest(),
    "K15a 8-bit bytes": b"\xc3\xbf" * 32,
    "K15b invalid UTF-8": b"\xff\xfe" * 28,
    "K15c full-width letters": lambda world: "".join(chr(ord(c) + 0xFEE0) for c in key(world)).encode(),
    "K15d zero-width blank inside": lambda world: (key(world)[:5] + "\u200b" + key(world)[5:]).encode(),
    "K15e no-break space behind": lambda world: key(world).encode() + b"\xc2\xa0",
    "K16a 513 bytes": "k" * 513,
    "K16b 60 kB": "k" * 60_000,
    "K17a SQL": "' OR '1'='1",
    "K17b SQL union": "x' UNION SELECT sandbox_id, subject, 1, NULL FROM credential--",
    "K17c wildcard %": "%",
    "K17d wildcard *": "*",
    "K17e JSON": '{"$ne": null}',
    "K17f template": "{{7*7}}",
    "K17g path": "../../etc/passwd",
    "K17h true": "true",
    "K17i zero": "0",
    "K17j shell": "$(id)",
}
PLACES: dict[str, Headers | Late] = {
    "K11a underscores": lambda world: (("x_api_key", key(world)),),
    "K11b other name": lambda world: (("api-key", key(world)),),
    "K11c with suffix": lambda world: (("x-api-key-2", key(world)),),
    "K12b cookie": lambda world: (("Cookie", f"x-api-key={key(world)}; api_key={key(world)}"),),
    "K12d Basic": lambda world: (
        ("Authorization", "Basic " + base64.b64encode(f"{key(world)}:".encode()).decode()),
    ),
    "K12e Bearer": lambda world: (("Authorization", f"Bearer {key(world)}"),),
    "K12f forwarded": lambda world: (("X-Forwarded-X-Api-Key", key(world)),),
    "K12g referer": lambda world: (("Referer", f"http://127.0.0.1/?api_key={key(world)}"),),
    "K12h original headers": lambda world: (("X-Original-Headers", f"x-api-key: {key(world)}"),),
}


CASES: list[Case] = [
    one("K01", "apikey-ip", "good key from an allowed address", Keyed(), OK),
    one(
        "K02",
        "apikey-ip",
        "same key in two headers",
        Keyed(keys=(key, key)),
        OK,
    ),
    *(
        one(
            name.partition(" ")[0],
            "apikey-ip",
            f"key: {name.partition(' ')[2]}",
            Keyed(keys=(value,)),
            REFUSED,
        )
        for name, value in WRONG_KEYS.items()
    ),
    one("K05", "apikey-ip", "no key at all", Keyed(keys=()), REFUSED),
    one("K09a", "apikey-ip", "two headers, good and bad", Keyed(keys=(key, wrong)), REFUSED),
    one("K09b", "apikey-ip", "two headers, bad and good", Keyed(keys=(wrong, key)), REFUSED),
    one("K09c", "apikey-ip", "two headers, empty and good", Keyed(keys=("", key)), REFUSED),
    *(
        one(
            name.partition(" ")[0],
            "apikey-ip",
            f"key {name.partition(' ')[2]}",
            Keyed(keys=(), headers=value),
            REFUSED,
        )
        for name, value in PLACES.items()
    ),
    one(
        "K12c",
        "apikey-ip",
        "key in the body",
        Keyed(
            "POST",
            "/report",
            keys=(),
            body=lambda world: b'{"inviteId": 142, "x-api-key": "%s"}' % key(world).encode(),
        ),
        REFUSED,
    ),
    one(
        "K13",
        "apikey-ip",
        "key folded over two lines",
        Keyed(keys=(lambda world: key(world)[:20] + "\r\n " + key(world)[20:],)),
        AT_THE_DOOR,
    ),
    *(
        one(
            f"K19{letter}",
            "apikey-ip",
            f"no key on {method} {path}",
            Keyed(method, path, keys=(), body=b"{}"),
            expect(*statuses, shape=consero),
        )
        for letter, method, path, statuses in (
            ("a", "POST", "/allocate-candidate", (401,)),
            ("b", "POST", "/cancel-allocation", (401,)),
            ("c", "POST", "/report", (401,)),
            ("d", "GET", "/report", (401, 405)),
            ("e", "DELETE", "/examinations", (401, 405)),
            ("f", "GET", "/nowhere", (401, 404)),
        )
    ),
]
