"""Kinds of fields, each with the sentences in which Django REST framework refuses them (CP-054, CP-263).

A value that passes is kept as it was sent: an answer gives back the number 123 as a number (CP-071).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from mockserver.clock import LATEST_MS, as_ms
from mockserver.strict_json import INT64_MAX, INT64_MIN

_TIME = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:[Zz]|[+-]\d{2}(?::?\d{2})?)", re.ASCII
)
_HOST = r"(?:\w(?:[\w.-]*\w)?\.?|\[[0-9A-Fa-f:.]+\])"
_URL = re.compile(rf"[Hh][Tt][Tt][Pp][Ss]?://(?:[^\s/?#@]*@)?{_HOST}(?::[0-9]{{1,5}})?(?:[/?#]\S*)?")
_LANGUAGE = r"[A-Za-z]{2}(-[A-Za-z]{2})?"

TIME_FORMAT = "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]"


@dataclass(frozen=True)
class Kind:
    """What a field takes: `check` returns the value or refuses it, `schema` documents it."""

    check: Callable[[Any], Any]
    schema: JsonSchemaValue

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        del source, handler
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        del schema, handler
        return dict(self.schema)


def left_out(description: str = "") -> Any:
    """Return the field of a text that need not be sent; its default is no value that one could send."""
    return Field(default="", description=description or None, json_schema_extra=_without_default)


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


def refused(rule: Any, sentence: str) -> PydanticCustomError:
    """Return the refusal of a value; braces in a client's own text are no placeholders."""
    return PydanticCustomError(rule, "{sentence}", {"sentence": sentence})


def text(most: int | None = None, *, blank: bool = True, nullable: bool = False) -> Kind:
    """Return the kind of a text of at most `most` characters."""

    def check(value: Any) -> Any:
        if value is None and nullable:
            return None
        if not isinstance(_present(value), str):
            raise refused("string", "Not a valid string.")
        if not blank and not value:
            raise refused("blank", "This field may not be blank.")
        if most is not None and len(value) > most:
            raise refused("max_length", f"Ensure this field has no more than {most} characters.")
        return value

    schema: JsonSchemaValue = {"type": ["string", "null"] if nullable else "string"}
    if most is not None:
        schema["maxLength"] = most
    if not blank:
        schema["minLength"] = 1
    return Kind(check, schema)


def identifier(most: int) -> Kind:
    """Return the kind of an id: text, or the whole numbers that clients send instead (CP-155)."""
    as_text = text(most, blank=False)

    def check(value: Any) -> Any:
        return value if isinstance(value, int) and not isinstance(value, bool) else as_text.check(value)

    whole = {"type": "integer", "minimum": INT64_MIN, "maximum": INT64_MAX}
    return Kind(check, {"anyOf": [as_text.schema, whole]})


def url(most: int | None = None, *, nullable: bool = False) -> Kind:
    """Return the kind of an address of a web page."""
    as_text = text(most, nullable=nullable)

    def check(value: Any) -> Any:
        if as_text.check(value) is not None and not _URL.fullmatch(value):
            raise refused("url", "Enter a valid URL.")
        return value

    return Kind(check, {**as_text.schema, "format": "uri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"})


def choice(*values: str) -> Kind:
    """Return the kind of a value out of a closed list."""

    def check(value: Any) -> Any:
        if _present(value) not in values:
            said = value if isinstance(value, (str, int, float)) else kind_of(value)
            raise refused("choice", f'"{said}" is not a valid choice.')
        return value

    return Kind(check, {"type": "string", "enum": list(values)})


def integer(least: int, most: int) -> Kind:
    """Return the kind of a whole number; 120.0 is one as well."""

    def check(value: Any) -> int:
        if isinstance(_present(value), float) and value.is_integer() and abs(value) <= INT64_MAX:
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise refused("integer", "A valid integer is required.")
        return int(_between(least, most, value))

    return Kind(check, {"type": "integer", "minimum": least, "maximum": most})


def number(least: int, most: int) -> Kind:
    """Return the kind of a decimal number."""

    def check(value: Any) -> int | float:
        if isinstance(_present(value), bool) or not isinstance(value, (int, float)):
            raise refused("number", "A valid number is required.")
        return _between(least, most, value)

    return Kind(check, {"type": "number", "minimum": least, "maximum": most})


def boolean() -> Kind:
    """Return the kind of `true` and `false`."""

    def check(value: Any) -> Any:
        if not isinstance(_present(value), bool):
            raise refused("boolean", "Must be a valid boolean.")
        return value

    return Kind(check, {"type": "boolean"})


def time() -> Kind:
    """Return the kind of a moment, kept as the text that was sent."""

    def check(value: Any) -> Any:
        _present(value)
        try:
            read_time(value)
        except (TypeError, ValueError):
            raise refused(
                "datetime", f"Datetime has wrong format. Use one of these formats instead: {TIME_FORMAT}."
            ) from None
        return value

    return Kind(check, {"type": "string", "format": "date-time"})


def language() -> Kind:
    """Return the kind of a language: two letters, or with a region as the plugin has it (CP-061, CP-062)."""
    as_text = text(5)

    def check(value: Any) -> Any:
        if not re.fullmatch(_LANGUAGE, as_text.check(value)):
            raise refused("choice", f'"{value}" is not a valid choice.')
        return value

    return Kind(check, {"type": "string", "pattern": f"^{_LANGUAGE}$"})


def processes() -> Kind:
    """Return the kind of a list of names, a text with one name per line, or null (CP-138, CP-139, CP-158)."""

    def check(value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        if not isinstance(value, list):
            raise refused("list", f'Expected a list of items but got type "{kind_of(value)}".')
        if not all(isinstance(item, str) for item in value):
            raise refused("string", "Not a valid string.")
        return value

    return Kind(check, {"type": ["array", "string", "null"], "items": {"type": "string"}})


def mapping(value: Any) -> Any:
    """Let only an object through to the model of its keys."""
    if not isinstance(_present(value), dict):
        raise refused("dict", f"Invalid data. Expected a dictionary, but got {kind_of(value)}.")
    return value


def read_time(written: str) -> int:
    """Return a time as milliseconds since 1970, at most as far as a clock can go.

    Taken are `Z`, `+00:00`, `+0000` and `+10`, with fractions of a second (CP-157).

    Raises:
        TypeError, ValueError: it is no such time.
    """
    if not _TIME.fullmatch(written):
        raise ValueError("not a time with an offset")
    return max(0, min(as_ms(datetime.fromisoformat(written.upper())), LATEST_MS))


def kind_of(value: Any) -> str:
    """Return a value's type as Python calls it, which is how the framework names it."""
    return "float" if isinstance(value, float) else type(value).__name__


def _present(value: Any) -> Any:
    if value is None:
        raise refused("null", "This field may not be null.")  # CP-264
    return value


def _between(least: int, most: int, value: int | float) -> int | float:
    if value < least:
        raise refused("min_value", f"Ensure this value is greater than or equal to {least}.")
    if value > most:
        raise refused("max_value", f"Ensure this value is less than or equal to {most}.")
    return value
