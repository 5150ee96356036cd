"""Requests and answers as text that may be shown."""

from typing import Any

from contracts.exchange import Exchange, Request
from contracts.redaction import HIDDEN, Redactor

# Half a request cannot be sent again: up to here its body is kept whole, beyond it is not kept at all.
LONGEST_TEMPLATE_BYTES = 100_000
# Longer bodies are lists; what is wrong with one shows at its start, and the verdict names the place.
LONGEST_BODY = 4_000
CREDENTIAL_HEADERS = frozenset({"x-api-key", "authorization", "cookie", "proxy-authorization"})


def body_text(body: bytes, redactor: Redactor, longest: int = LONGEST_BODY) -> str:
    """A body as redacted text; what is no text is described, what is too long is cut and its length said."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return f"({len(body)} bytes that are no text)"
    shown = redactor.text(text)
    return shown if len(shown) <= longest else f"{shown[:longest]}… ({len(shown)} characters)"


def headers_of(headers: Any, redactor: Redactor) -> dict[str, str]:
    """Headers without credentials: right or wrong, a credential header keeps its scheme word at most."""
    return {name: _header(name, value, redactor) for name, value in headers.items()}


def request_of(request: Request, redactor: Redactor, longest: int = LONGEST_BODY) -> dict[str, Any]:
    return {
        "method": request.method,
        "url": redactor.text(request.url),
        "headers": headers_of(request.headers, redactor),
        "body": body_text(request.body, redactor, longest),
    }


def exchange_of(exchange: Exchange, redactor: Redactor) -> dict[str, Any]:
    """One exchange as JSON; `template` is the request with placeholders, for sending it again."""
    answer = exchange.answer
    return {
        "number": exchange.number,
        "origin": exchange.origin,
        "operation": exchange.operation,
        "started_at": exchange.started_at,
        "request": request_of(exchange.request, redactor),
        "answer": None
        if answer is None
        else {
            "status": answer.status,
            "headers": headers_of(answer.headers, redactor),
            "body": body_text(answer.body, redactor),
            "elapsed_ms": round(answer.elapsed_ms, 1),
        },
        "error": exchange.error,
        "template": _template_of(exchange, redactor),
    }


def _template_of(exchange: Exchange, redactor: Redactor) -> dict[str, Any] | None:
    template = exchange.template
    if template is None or len(template.body) > LONGEST_TEMPLATE_BYTES:
        return None
    return request_of(template, redactor, longest=LONGEST_TEMPLATE_BYTES)


def _header(name: str, value: str, redactor: Redactor) -> str:
    from contracts.vendors import PLACEHOLDER  # noqa: PLC0415

    if name.lower() not in CREDENTIAL_HEADERS or PLACEHOLDER in value:
        return redactor.text(value)
    scheme, space, _ = value.partition(" ")
    return f"{scheme} {HIDDEN}" if space else HIDDEN
