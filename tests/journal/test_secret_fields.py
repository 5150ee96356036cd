"""The values of secret fields, wherever they stand in a text."""

from __future__ import annotations

import pytest

from mockserver import redaction
from mockserver.vendors import all_vendors

FIELDS = [(vendor.secret_fields, name) for vendor in all_vendors() for name in vendor.secret_fields]


@pytest.mark.parametrize(("names", "name"), FIELDS)
def test_value_is_cut_out_of_json(names: tuple[str, ...], name: str) -> None:
    text = f'{{"before": 1, "{name}": "tell \\" nobody", "behind": {{"{name}" : "nor them"}}}}'
    cut = f'{{"before": 1, "{name}": "[redacted]", "behind": {{"{name}" : "[redacted]"}}}}'
    assert redaction.fields(text, names) == cut


@pytest.mark.parametrize(("names", "name"), FIELDS)
def test_value_is_cut_out_of_a_form(names: tuple[str, ...], name: str) -> None:
    assert redaction.fields(f"a=1&{name}=nobody&b=2", names) == f"a=1&{name}=[redacted]&b=2"
    assert redaction.fields(f"{name}=nobody", names) == f"{name}=[redacted]"


@pytest.mark.parametrize("names", [vendor.secret_fields for vendor in all_vendors()])
def test_text_without_secret_fields_stays(names: tuple[str, ...]) -> None:
    text = '{"name": "A password, a token, a secret", "word": "key"}'
    assert redaction.fields(text, names) == text
