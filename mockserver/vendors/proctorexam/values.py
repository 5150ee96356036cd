"""The kinds of parameters, each with the validation text that the pages print (PE-102 to PE-107)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from mockserver.body import Upload
from mockserver.strict_json import INT64_MAX
from mockserver.vendors.proctorexam.errors import MISSING
from mockserver.vendors.proctorexam.moments import LATEST_SECONDS
from mockserver.wire import WireModel

MAX_STRING = 255  # PE-491: a string column of Rails
MAX_TEXT = 65_535  # PE-491: a text column
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_SWITCH = {"true": True, "false": False, "1": True, "0": False}


class Parameters(WireModel):
    """What an operation reads. Others are ignored (PE-108), but have to be signed (PE-052)."""

    model_config = ConfigDict(extra="ignore", arbitrary_types_allowed=True)

    def given(self) -> dict[str, Any]:
        """Return what was sent, by name."""
        sent = self.model_fields_set
        return {name: value for name, value in self.__dict__.items() if name in sent}


def _refused(rule: Any, sentence: str) -> PydanticCustomError:
    return PydanticCustomError(rule, sentence)


def _string(most: int) -> Callable[[Any], str]:
    """Return the reader of a text of at most that many characters."""

    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise _refused("string", "Must be a String")  # PE-103: a JSON number fails
        if len(value) > most:
            raise _refused("too_long", f"is too long (maximum is {most} characters)")  # PE-491
        return value

    return read


string, text = _string(MAX_STRING), _string(MAX_TEXT)


def filled(value: Any) -> Any:
    """Refuse what counts as missing: null and what is empty (PE-466)."""
    if value is None or value in ("", [], {}):
        raise _refused(MISSING, "Param is missing or the value is empty")
    return value


def number(value: Any) -> int:
    """Return 0 or digits without leading zero, as number or text, within 64 bits (PE-105, PE-473)."""
    if value.__class__ is str and _NUMBER.fullmatch(value):
        value = int(value)
    if value.__class__ is not int or not 0 <= value <= INT64_MAX:  # `True` is no number
        raise _refused("number", "Must be a number.")
    return int(value)


def _seconds(value: Any) -> int:
    seconds = number(value)
    if seconds > LATEST_SECONDS:  # PE-473
        raise _refused("number", "Must be a number.")
    return seconds


def _switch(value: Any) -> bool:
    """Compare the text of the value (PE-106): JSON `true` and 1 are as good as the texts."""
    if value is True or value is False:
        return value
    word = str(value) if isinstance(value, int) else value
    if not isinstance(word, str) or word not in _SWITCH:
        raise _refused("switch", "Must be one of: true, false, 1, 0.")
    return _SWITCH[word]


def _file(value: Any) -> Upload:
    if not isinstance(value, Upload):
        raise _refused("file", "Must be a File")  # PE-104
    return value


def one_of(*words: str) -> Callable[[Any], str]:
    """Return the reader of a text from a closed list (PE-107, PE-475)."""
    sentence = f"Must be one of: {', '.join(words)}."

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise _refused("one_of", sentence)
        return value

    return read


def schema(**schema: Any) -> WithJsonSchema:
    """Return how a kind of parameter is documented."""
    return WithJsonSchema(schema)


# `None` stands for "not sent": a null that was sent fails like any other wrong value (PE-472).
_STRING, _TEXT = BeforeValidator(string), BeforeValidator(text)
_STRING_SCHEMA = schema(type="string", maxLength=MAX_STRING)
_TEXT_SCHEMA = schema(type="string", maxLength=MAX_TEXT)
_NUMBER_SCHEMA = schema(type="integer", minimum=0, maximum=INT64_MAX)
_FILLED = BeforeValidator(filled)  # the validator written last is asked first

String = Annotated[str | None, _STRING, _STRING_SCHEMA]
Text = Annotated[str | None, _TEXT, _TEXT_SCHEMA]
Number = Annotated[int | None, BeforeValidator(number), _NUMBER_SCHEMA]
EpochSeconds = Annotated[
    int | None, BeforeValidator(_seconds), schema(type="integer", minimum=0, maximum=LATEST_SECONDS)
]
Switch = Annotated[
    bool | None, BeforeValidator(_switch), schema(enum=[True, False, 1, 0, "true", "false", "1", "0"])
]
File = Annotated[Upload | None, BeforeValidator(_file), schema(type="string", format="binary")]

RequiredString = Annotated[str, _STRING, _FILLED, _STRING_SCHEMA]
RequiredText = Annotated[str, _TEXT, _FILLED, _TEXT_SCHEMA]
RequiredNumber = Annotated[int, BeforeValidator(number), _FILLED, _NUMBER_SCHEMA]
RequiredFile = Annotated[Upload, BeforeValidator(_file), _FILLED, schema(type="string", format="binary")]
FilledString = Annotated[str | None, _STRING, _FILLED, _STRING_SCHEMA]
