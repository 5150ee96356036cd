"""ProctorExam's nonces over time: each is good once, whatever the clock does."""

from __future__ import annotations

from attack.case import Advance, Case, Settings
from attack.cases.signed_parts import DAY, OK, REFUSED, create
from attack.requests import Signed
from attack.shapes import expect, proctorexam

FIXED = {"nonce": "4711"}

CASES: list[Case] = [
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
]
