"""The only way to the server: every request is guarded, signed, sent once and recorded here."""

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter, time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies

from contracts.exchange import Answer, Exchange, NoAnswer, Request
from contracts.safety import Guard, Sent, fields_of, origin_of
from contracts.surface import Surface

if TYPE_CHECKING:
    from contracts.vendors import Signer

TIMEOUT_SECONDS = 15.0
# Larger bodies are no answer to any documented operation; reading on would only fill the memory.
LARGEST_ANSWER_BYTES = 4_000_000


class ServerGone(Exception):
    """The server cannot be reached: no connection, or it went away in the middle of the run."""


@dataclass
class Door:
    """Sends prepared requests; `exchanges` keeps all of them in order."""

    base_url: str
    surface: Surface
    guard: Guard
    signer: "Signer"
    source_address: str | None = None
    exchanges: list[Exchange] = field(default_factory=list)
    on_exchange: Callable[[Exchange], None] = lambda _: None

    def __post_init__(self) -> None:
        self.base_url = self.base_url.rstrip("/")
        self._session = requests.Session()
        # A .netrc entry would replace the credentials of the run; the proxies are still honoured below.
        self._session.trust_env = False
        self._session.headers.clear()
        self._proxies = get_environ_proxies(self.base_url)
        adapter = _BoundAdapter(self.source_address)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def from_address(self, source_address: str) -> "Door":
        """A second door that calls from another address of this machine and shares everything else."""
        return Door(
            self.base_url,
            self.surface,
            self.guard,
            self.signer,
            source_address,
            self.exchanges,
            self.on_exchange,
        )

    def prepare(self, method: str, url: str, **parts: Any) -> requests.PreparedRequest:
        """A request of the given parts (params, json, data, files, headers), without cookies or defaults."""
        return requests.Request(method, url, **parts).prepare()

    def send(self, prepared: requests.PreparedRequest, origin: str) -> Exchange:
        """Guard, sign and send one request.

        Raises: NotSent by the guard, ServerGone, NoAnswer.
        """
        method, url = prepared.method or "GET", prepared.url or ""
        match = self.surface.match(method, url.removeprefix(self.base_url).partition("?")[0])
        template = _as_sent(prepared)
        sent = Sent(
            operation=match.operation.id if match else None,
            method=method,
            path=template.path,
            path_values=match.values if match else {},
            fields=fields_of(url, str(prepared.headers.get("Content-Type", "")), template.body),
        )
        self.guard.allow(sent, origin_of(url))
        self.guard.pace()
        # Signed on a copy: what the engine keeps of the request never holds a credential.
        signed = self.signer(prepared.copy())
        exchange = Exchange(
            number=len(self.exchanges) + 1,
            origin=origin,
            operation=sent.operation,
            request=_as_sent(signed),
            answer=None,
            started_at=time(),
            template=template,
        )
        self.exchanges.append(exchange)
        exchange.answer = self._transmit(signed, exchange)
        self._keep_ledger(sent, exchange.answer)
        self.on_exchange(exchange)
        return exchange

    def _transmit(self, signed: requests.PreparedRequest, exchange: Exchange) -> Answer:
        started = perf_counter()
        try:
            response = self._session.send(
                signed, timeout=TIMEOUT_SECONDS, allow_redirects=False, stream=True, proxies=self._proxies
            )
            body = response.raw.read(LARGEST_ANSWER_BYTES, decode_content=True)
            response.close()
        except requests.ConnectionError as error:
            if _can_connect(self.base_url):
                exchange.error = "the server closed the connection without an answer"
                raise NoAnswer(exchange.error) from error
            exchange.error = "no connection"
            raise ServerGone(f"{origin_of(self.base_url)} cannot be reached.") from error
        except requests.Timeout as error:
            exchange.error = f"no answer within {TIMEOUT_SECONDS:.0f} s"
            raise NoAnswer(exchange.error) from error
        except Exception as error:  # urllib3 and http.client have many ways to say that an answer is broken
            exchange.error = f"broken answer: {type(error).__name__}"
            raise NoAnswer(exchange.error) from error
        elapsed_ms = (perf_counter() - started) * 1000
        return Answer(response.status_code, dict(response.headers), body, elapsed_ms)

    def _keep_ledger(self, sent: Sent, answer: Answer) -> None:
        if not answer.accepted:
            return
        for made in self.guard.rules.makes(sent, answer.json):
            self.guard.ledger.made(made)
        for kind, object_id in self.guard.rules.removes(sent):
            self.guard.ledger.gone(kind, object_id)


class _BoundAdapter(HTTPAdapter):
    """Calls from one local address when one is set; keeps connections, never retries."""

    def __init__(self, source_address: str | None) -> None:
        self._source_address = source_address
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        if self._source_address is not None:
            kwargs["source_address"] = (self._source_address, 0)
        super().init_poolmanager(*args, **kwargs)


def _can_connect(base_url: str) -> bool:
    """Whether the server still takes connections: it may have hung up on this one request only."""
    parts = urlsplit(base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        with socket.create_connection((parts.hostname or "", port), timeout=3):
            return True
    except OSError:
        return False


def _as_sent(prepared: requests.PreparedRequest) -> Request:
    body = prepared.body or b""
    assert isinstance(body, str | bytes), "bodies are never streamed here"
    headers: Mapping[str, str] = {str(name): _text(value) for name, value in prepared.headers.items()}
    return Request(
        method=prepared.method or "GET",
        url=prepared.url or "",
        headers=headers,
        body=body.encode() if isinstance(body, str) else body,
    )


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
