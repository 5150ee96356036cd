"""How values have to look, wherever they stand."""

import re

TAKEN = "has already been taken"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}([+-]\d\d:\d\d|Z)")


def is_time(value: object) -> bool:
    """ISO 8601 with milliseconds and offset (PE-009)."""
    return isinstance(value, str) and TIME.fullmatch(value) is not None
