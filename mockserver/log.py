"""What the server writes to standard error: one line an event, text or JSON, control characters escaped."""

from __future__ import annotations

import json
import logging
import sys

from mockserver.clock import iso


class _TextLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        head, *trace = text.split("\n") if record.exc_info else [text]
        return "\n".join([_one_line(head), *trace])


class _JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": iso(int(record.created * 1000)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line)


def configure_logging(log_format: str) -> None:
    """Send warnings and errors of the server and of uvicorn to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _JsonLine() if log_format == "json" else _TextLine("%(asctime)s %(levelname)s %(name)s: %(message)s")
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _one_line(text: str) -> str:
    """Escape what could break a line or drive a terminal: log lines carry paths that callers chose."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
