"""ProctorExam's timestamp and nonce as values: what is none is refused, however well it is signed."""

from __future__ import annotations

from typing import Any

from attack.case import Case, one
from attack.cases.signed_parts import DAY, OK, REFUSED, REFUSED_OR_UNREADABLE, create
from attack.requests import Signed

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

CASES: list[Case] = [
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
]
