"""The only way to the server: every request is guarded, signed, sent once and recorded here."""

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter, time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.exceptions import ReadTimeoutError

from contracts.exchange import Answer, Exchange, NoAnswer, Request
from contracts.safety import Guard, Sent, fields_of, origin_of
from contracts.surface import Surface

if TYPE_CHECKING:
    from contracts.vendors import Signer

TIMEOUT_SECONDS = 15.0
# Larger bodies are no answer to any documented operation; reading on would only fill the memory.
LARGEST_ANSWER_BYTES = 4_000_000
# So many in a row without an answer, and the rest would only cost time and tell nothing.
MOST_UNANSWERED = 5
TOO_MANY_REQUESTS = 429
CA_BUNDLE = "REQUESTS_CA_BUNDLE"
USER_AGENT = "proctormock-contracts"


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
        self._session.verify = os.environ.get(CA_BUNDLE) or True
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
        signed.headers.setdefault("User-Agent", USER_AGENT)
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
        try:
            exchange.answer = self._transmit(signed, exchange)
            self._keep_ledger(sent, exchange.answer, exchange.number)
            self.on_exchange(exchange)
            self._respect_limit(exchange)
        except NoAnswer:
            if exchange.answer is None and sent.operation in self.guard.rules.creates:
                self.guard.unsure.append(exchange.number)
            self._give_up_on_silence()
            raise
        return exchange

    def _transmit(self, signed: requests.PreparedRequest, exchange: Exchange) -> Answer:
        started = perf_counter()
        try:
            response = self._session.send(
                signed, timeout=TIMEOUT_SECONDS, allow_redirects=False, stream=True, proxies=self._proxies
            )
            body = _read(response, started + TIMEOUT_SECONDS)
            response.close()
        except requests.exceptions.SSLError as error:
            exchange.error = "no secure connection"
            raise ServerGone(_why_not_secure(self.base_url, error)) from error
        except requests.ConnectionError as error:
            if _can_connect(self.base_url):
                exchange.error = "the server closed the connection without an answer"
                raise NoAnswer(exchange.error) from error
            exchange.error = "no connection"
            raise ServerGone(f"{origin_of(self.base_url)} cannot be reached.") from error
        except (requests.Timeout, ReadTimeoutError) as error:
            exchange.error = f"no whole answer within {TIMEOUT_SECONDS:.0f} s"
            raise NoAnswer(exchange.error) from error
        except Exception as error:  # urllib3 and http.client have many ways to say that an answer is broken
            exchange.error = f"broken answer: {type(error).__name__}"
            raise NoAnswer(exchange.error) from error
        elapsed_ms = (perf_counter() - started) * 1000
        return Answer(response.status_code, dict(response.headers), body, elapsed_ms)

    def _keep_ledger(self, sent: Sent, answer: Answer, number: int) -> None:
        if not answer.accepted:
            return
        found = self.guard.rules.makes(sent, answer.json)
        for made in found:
            self.guard.ledger.made(made)
        if not found and answer.succeeded and sent.operation in self.guard.rules.creates:
            self.guard.unsure.append(number)
        if answer.succeeded:  # a redirect, such as one to a sign-in page, removes nothing
            for kind, object_id in self.guard.rules.removes(sent):
                self.guard.ledger.gone(kind, object_id)

    def _respect_limit(self, exchange: Exchange) -> None:
        """A server that has had enough is left alone for a while; what was asked stays unanswered."""
        answer = exchange.answer
        if answer is not None and answer.status == TOO_MANY_REQUESTS:
            self.guard.slow_down(answer.header("retry-after"))
            exchange.error = "the server limits the rate of requests (429)"
            raise NoAnswer(exchange.error)

    def _give_up_on_silence(self) -> None:
        last = self.exchanges[-MOST_UNANSWERED:]
        if len(last) == MOST_UNANSWERED and all(exchange.error for exchange in last):
            raise ServerGone(
                f"{origin_of(self.base_url)} left {MOST_UNANSWERED} requests in a row without an answer: "
                f"{last[-1].error}."
            )


class _BoundAdapter(HTTPAdapter):
    """Calls from one local address when one is set; keeps connections, never retries."""

    def __init__(self, source_address: str | None) -> None:
        self._source_address = source_address
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        if self._source_address is not None:
            kwargs["source_address"] = (self._source_address, 0)
        super().init_poolmanager(*args, **kwargs)


def _read(response: requests.Response, until: float) -> bytes:
    """The body as far as it may be read; an answer that trickles is none after the same time as no answer."""
    body = bytearray()
    while len(body) < LARGEST_ANSWER_BYTES:
        part = response.raw.read1(LARGEST_ANSWER_BYTES - len(body), decode_content=True)
        if not part:
            break
        body += part
        if perf_counter() > until:
            raise requests.Timeout
    return bytes(body)


def _why_not_secure(base_url: str, error: Exception) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return (
            f"The certificate of {origin_of(base_url)} cannot be verified. "
            f"{CA_BUNDLE} names the file of another issuer."
        )
    return f"{origin_of(base_url)} takes no secure connection: does it speak http?"


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
