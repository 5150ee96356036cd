"""SQL written once, for both drivers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

_PARAMETER = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")
_CHANGED_TABLE = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")
_INSERTED_ROW = re.compile(r"\((.*)\) VALUES \((.*)\)$")
_CONFLICT = re.compile(r"ON CONFLICT \(([\w, ]+)\)")
_READ_TABLE = re.compile(r"\b(?:FROM|JOIN) (\w+)")


class Statement:
    """One SQL statement with `:named` parameters, in the words that SQLite and PostgreSQL share.

    `text` is as written, `sqlite` and `postgresql` are as each driver takes it. Both get the values by
    position, as `in_order` brings them: names are slow to look up in SQLite, and PostgreSQL has none.
    `changes` is the table that the statement writes to, None where it only reads; `only_adds` says that it
    leaves the rows alone that are there. `tables` are all that it names. `conflict_key` picks the values of
    the unique key that its `ON CONFLICT` names, None where they are no parameters. Every statement is
    registered, so that a test can have both databases prepare it.
    """

    registered: list[Statement] = []  # noqa: RUF012 - one register for the whole process, on purpose

    __slots__ = (
        "changes",
        "conflict_key",
        "in_order",
        "only_adds",
        "parameters",
        "postgresql",
        "postgresql_numbered",
        "sqlite",
        "tables",
        "text",
    )

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.split())
        self.parameters = list(dict.fromkeys(_PARAMETER.findall(self.text)))
        self.sqlite = self._numbered("?")
        self.postgresql = self._numbered("$").encode()
        last = len(self.parameters) + 1
        self.postgresql_numbered = _INSERTED_ROW.sub(
            lambda match: f"({match[1]}, number) VALUES ({match[2]}, ${last})", self._numbered("$")
        ).encode()
        changed = _CHANGED_TABLE.match(self.text)
        self.changes = changed[1] if changed else None
        self.only_adds = self.text.startswith("INSERT INTO") and "DO UPDATE" not in self.text
        self.tables = self.reads | ({self.changes} if self.changes else set())
        self.in_order = _picking(self.parameters)
        conflict = _CONFLICT.search(self.text)
        key = conflict[1].split(", ") if conflict else []
        self.conflict_key = _picking(key) if key and set(key) <= set(self.parameters) else None
        Statement.registered.append(self)

    def _numbered(self, sign: str) -> str:
        return _PARAMETER.sub(lambda match: f"{sign}{self.parameters.index(match[1]) + 1}", self.text)

    def with_names(self, form: str) -> str:
        """Return the statement with its parameters as `form` has them, such as `%({})s`."""
        return _PARAMETER.sub(lambda match: form.format(match[1]), self.text)

    @property
    def reads(self) -> frozenset[str]:
        """The tables that a query reads."""
        return frozenset(_READ_TABLE.findall(self.text))

    def __repr__(self) -> str:
        return f"Statement({self.text!r})"


def _picking(names: list[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """Return what takes the values of `names` out of a mapping."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)
