"""The journal as an HTTP Archive (HAR 1.2), for browsers' developer tools and proxies."""

from __future__ import annotations

from collections.abc import Sequence
from http.client import responses as PHRASES
from typing import Any
from urllib.parse import parse_qsl, quote

from mockserver import __version__


def archive(entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return entries of the journal, oldest first, as one document; secrets are as redacted as there."""
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "mockserver", "version": __version__},
            "entries": [_entry(entry) for entry in entries],
        }
    }


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "startedDateTime": entry["at"],
        "time": entry["duration_ms"],
        "request": _request(entry),
        "response": _response(entry["status"], entry["answer"]),
        "cache": {},
        "timings": {"send": 0, "wait": entry["duration_ms"], "receive": 0},
        "serverIPAddress": "",
        "connection": entry["request_id"],
        "comment": _comment(entry),
    }


def _request(entry: dict[str, Any]) -> dict[str, Any]:
    request = entry["request"]
    query = request["query"]
    headers = request["headers"]
    found = {
        "method": entry["method"],
        "url": request["base_url"] + quote(entry["path"]) + (f"?{query}" if query else ""),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(headers),
        "queryString": _pairs(parse_qsl(query, keep_blank_values=True)),
        "headersSize": -1,
        "bodySize": request["body_bytes"],
    }
    if request["body"]:
        media_type = next((value for name, value in headers if name == "content-type"), "")
        found["postData"] = {"mimeType": media_type, "params": [], "text": request["body"]}
    return found


def _response(status: int, answer: dict[str, Any]) -> dict[str, Any]:
    headers = [["content-type", answer["content_type"]], *answer["headers"]]
    return {
        "status": status,
        "statusText": PHRASES.get(status, ""),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(headers),
        "content": {
            "size": len(answer["body"].encode()),
            "mimeType": answer["content_type"],
            "text": answer["body"],
        },
        "redirectURL": next((value for name, value in headers if name.lower() == "location"), ""),
        "headersSize": -1,
        "bodySize": len(answer["body"].encode()),
    }


def _pairs(pairs: Sequence[Any]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _comment(entry: dict[str, Any]) -> str:
    if entry["injected"]:
        return f"injected by {entry['injected']['by']}"
    explanation = entry["explanation"]
    return f"refused by {explanation['check']}: {explanation['reason']}" if explanation else ""
