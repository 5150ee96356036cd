"""Things a server did that no statement covers: listed, so that somebody can ask the vendor."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

# Headers that belong to HTTP itself, to a proxy on the way, or to a mock's own extras.
ORDINARY_HEADERS = frozenset(
    [
        "age",
        "allow",
        "cache-control",
        "connection",
        "content-encoding",
        "content-language",
        "content-length",
        "content-type",
        "date",
        "etag",
        "expires",
        "keep-alive",
        "last-modified",
        "location",
        "referrer-policy",
        "retry-after",
        "server",
        "strict-transport-security",
        "transfer-encoding",
        "vary",
        "via",
        "www-authenticate",
        "x-content-type-options",
        "x-frame-options",
        "x-request-id",
        "x-runtime",
        "x-xss-protection",
        "x-permitted-cross-domain-policies",
        "content-security-policy",
        "set-cookie",
        "pragma",
    ]
)
MOCK_HEADERS = "x-mock-"
ANSWERS_LOOKED_AT = 20


@dataclass(frozen=True)
class Undocumented:
    """`what` is a status, a field, a header or a refusal, seen so many `times`, first in `exchange`."""

    operation: str
    kind: str
    what: str
    exchange: int
    times: int = 1


@dataclass
class Sightings:
    """Collects undocumented things, each once."""

    _seen: dict[tuple[str, str, str], Undocumented] = field(default_factory=dict)
    _answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def is_familiar(self, row: str, status: int) -> bool:
        """Whether so many of these answers were looked at field by field that one more tells nothing new."""
        self._answers[row, status] += 1
        return self._answers[row, status] > ANSWERS_LOOKED_AT

    def add(self, operation: str, kind: str, what: str, exchange: int) -> None:
        key = (operation, kind, what)
        known = self._seen.get(key)
        first, times = (known.exchange, known.times + 1) if known else (exchange, 1)
        self._seen[key] = Undocumented(operation, kind, what, first, times)

    def add_headers(
        self, operation: str, names: Iterable[str], documented: Iterable[str], exchange: int
    ) -> None:
        known = ORDINARY_HEADERS | {name.lower() for name in documented}
        for name in names:
            if name.lower() not in known and not name.lower().startswith(MOCK_HEADERS):
                self.add(operation, "header", name, exchange)

    @property
    def all(self) -> list[Undocumented]:
        return sorted(self._seen.values(), key=lambda one: (one.operation, one.kind, one.what))

    @property
    def faults(self) -> list[Undocumented]:
        return [one for one in self.all if one.kind == "server error"]
