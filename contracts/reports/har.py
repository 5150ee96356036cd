"""HAR 1.2 of everything that was sent, redacted, for the network view of any browser."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from contracts.exchange import Exchange
from contracts.redaction import Redactor
from contracts.reports.wire import body_text, headers_of
from contracts.result import RunResult


def render(result: RunResult, redactor: Redactor) -> str:
    entries = [_entry(exchange, redactor) for exchange in result.exchanges]
    creator = {"name": "proctormock contracts", "version": "1"}
    return (
        json.dumps({"log": {"version": "1.2", "creator": creator, "entries": entries}}, ensure_ascii=False)
        + "\n"
    )


def _entry(exchange: Exchange, redactor: Redactor) -> dict[str, Any]:
    request, answer = exchange.request, exchange.answer
    elapsed_ms = answer.elapsed_ms if answer else 0.0
    url = redactor.text(request.url)
    sent: dict[str, Any] = {
        "method": request.method,
        "url": url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(headers_of(request.headers, redactor)),
        "queryString": [{"name": name, "value": value} for name, value in parse_qsl(urlsplit(url).query)],
        "headersSize": -1,
        "bodySize": len(request.body),
    }
    if request.body:
        media_type = request.headers.get("Content-Type", "")
        sent["postData"] = {"mimeType": media_type, "text": body_text(request.body, redactor)}
    return {
        "startedDateTime": datetime.fromtimestamp(exchange.started_at, UTC).isoformat(),
        "time": elapsed_ms,
        "request": sent,
        "response": {
            "status": answer.status if answer else 0,
            "statusText": exchange.error,
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": _pairs(headers_of(answer.headers, redactor)) if answer else [],
            "content": {
                "size": len(answer.body) if answer else 0,
                "mimeType": answer.content_type if answer else "",
                "text": body_text(answer.body, redactor) if answer else "",
            },
            "redirectURL": answer.header("location") if answer else "",
            "headersSize": -1,
            "bodySize": len(answer.body) if answer else -1,
        },
        "cache": {},
        "timings": {"send": 0, "wait": elapsed_ms, "receive": 0},
        "comment": f"{exchange.number} {exchange.origin} {exchange.operation or ''}",
    }


def _pairs(headers: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers.items()]
