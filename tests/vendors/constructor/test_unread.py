"""Fields that a client sends and nobody reads: the journal names them, inside of objects by their path."""

from __future__ import annotations

from typing import Any

import pytest
from constructor_calls import Integration, claims, exam

MISSPELT = {
    "top level": ({"examname": "Final"}, ["examname"]),
    "rules": ({"rules": {"custom_rules": "", "xyz": 1}}, ["rules.xyz"]),
    "weights": ({"scoreConfig": {"cheater_level": 80, "cheaterlevel": 70}}, ["scoreConfig.cheaterlevel"]),
    "warnings": (
        {"visibleWarnings": {"warning_phone": True, "warning_fone": {"a": 1}}},
        ["visibleWarnings.warning_fone"],
    ),
    "order": ({"rules": {"b": 1, "a": 2}, "zzz": 1}, ["zzz", "rules.b", "rules.a"]),
    "nothing": ({"rules": {}, "scoreConfig": {"phone": 1}}, []),
}
CHECKS = {
    "check": (
        {"preliminaryCheck": {"enabled": False, "photo_url": "https://x.example/p", "photo": ""}},
        ["preliminaryCheck.photo"],
    ),
    "older check": (
        {"biometricIdentification": {"theme": "", "skipFail": True}},
        ["biometricIdentification.skipFail"],
    ),
}


@pytest.mark.parametrize(("fields", "unread"), MISSPELT.values(), ids=MISSPELT)
def test_unread_fields_of_an_exam_are_in_the_journal(
    integration: Integration, fields: dict[str, Any], unread: list[str]
) -> None:
    """CP-095, CP-156: they do not break the call."""
    assert integration.put_exam(exam(**fields)).status_code == 201
    assert integration.journal()[0]["unread"] == unread


@pytest.mark.parametrize(
    ("fields", "unread"), [*MISSPELT.values(), *CHECKS.values()], ids=[*MISSPELT, *CHECKS]
)
def test_unread_claims_of_a_start_are_in_the_journal(
    integration: Integration, fields: dict[str, Any], unread: list[str]
) -> None:
    """CP-095, CP-156."""
    assert integration.start(claims(**fields)).status_code == 302
    assert integration.journal()[0]["unread"] == unread


def test_refused_request_names_them_too(integration: Integration) -> None:
    """CP-054."""
    assert integration.put_exam(exam(rules={"xyz": 1}, duration="long")).status_code == 400
    assert integration.journal()[0]["unread"] == ["rules.xyz"]


def test_object_that_is_none_is_refused_and_not_followed(integration: Integration) -> None:
    """CP-054."""
    assert integration.put_exam(exam(rules=["xyz"])).status_code == 400
    assert integration.journal()[0]["unread"] == []
