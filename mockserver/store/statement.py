"""SQL written once, for both drivers."""

from __future__ import annotations

import re

_PARAMETER = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")


class Statement:
    """One SQL statement with `:named` parameters, in the words that SQLite and PostgreSQL share.

    Every statement is registered, so that a test can have both databases prepare it.
    """

    registered: list[Statement] = []  # noqa: RUF012 - one register for the whole process, on purpose

    __slots__ = ("postgresql", "sqlite")

    def __init__(self, text: str) -> None:
        self.sqlite = " ".join(text.split())
        self.postgresql = _PARAMETER.sub(r"%(\1)s", self.sqlite.replace("%", "%%"))
        Statement.registered.append(self)

    @property
    def parameters(self) -> list[str]:
        """The names of the parameters."""
        return sorted(set(_PARAMETER.findall(self.sqlite)))

    def __repr__(self) -> str:
        return f"Statement({self.sqlite!r})"
