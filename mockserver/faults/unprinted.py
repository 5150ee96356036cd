"""Errors that no vendor's page prints and every client meets: of crashed servers and gateways before them."""

from __future__ import annotations

from mockserver.vendor import Answer

PLAIN_TEXT = "text/plain; charset=utf-8"
UNPRINTED = {
    500: Answer(500, b"Internal Server Error\n", PLAIN_TEXT),
    502: Answer(502, b"Bad Gateway\n", PLAIN_TEXT),
    503: Answer(503, b"Service Unavailable\n", PLAIN_TEXT),
    504: Answer(504, b"Gateway Timeout\n", PLAIN_TEXT),
}
TOO_MANY_REQUESTS = Answer(429, b"Too Many Requests\n", PLAIN_TEXT)
