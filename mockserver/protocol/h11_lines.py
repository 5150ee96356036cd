"""Lines as HTTP has them, for h11, which forgives more than httptools does (RFC 9112, 2.2, 5.2, 7.1).

A line that ends in LF alone, a CR inside of a line, a header folded over two lines, a length given twice
and a chunk whose head is no chunk's head: servers in front could read each of them differently.
"""

from __future__ import annotations

import re

from h11 import LocalProtocolError
from h11._receivebuffer import ReceiveBuffer

_UNCLEAR = re.compile(rb"(?<!\r)\n|\r[^\n]|\n[ \t]")
_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_QUOTED = rb'"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t -\x7e\x80-\xff])*+"'
_CHUNK_HEAD = re.compile(
    rb"0*[0-9A-Fa-f]{1,16}(?:;" + _TOKEN + rb"(?:=(?:" + _TOKEN + rb"|" + _QUOTED + rb"))?)*+\r\n"
)


class StrictLines(ReceiveBuffer):
    """What h11 has received and not yet read; hands out clear lines only."""

    _seen = 0  # bytes that have been looked at without finding the end of the lines

    def skip_empty_lines(self) -> None:
        """Pass over the empty lines before a request (RFC 9112, 2.2)."""
        if self._data.startswith((b"\r", b"\n")):
            rest = self._data.lstrip(b"\r\n")
            self.maybe_extract_at_most(len(self._data) - len(rest))

    def maybe_extract_next_line(self) -> bytearray | None:
        """Return the head of a chunk.

        Raises:
            LocalProtocolError: it is none.
        """
        line = super().maybe_extract_next_line()
        if b"\n" in self._data if line is None else not _CHUNK_HEAD.fullmatch(line):
            raise LocalProtocolError("not the head of a chunk")
        return line

    def maybe_extract_lines(self) -> list[bytearray] | None:
        """Return the lines of a head or trailer once they are whole.

        Raises:
            LocalProtocolError: they can be read in two ways.
        """
        if self._data[:2] == b"\r\n":  # no line at all: what follows is another request
            self._seen = 0
            return super().maybe_extract_lines()
        end = self._data.find(b"\r\n\r\n", max(0, self._seen - 3))
        stop = len(self._data) if end < 0 else end + 2
        if _UNCLEAR.search(self._data, max(0, self._seen - 2), stop):
            raise LocalProtocolError("a line is folded, or does not end in CR LF")
        self._seen = stop if end < 0 else 0
        lines = super().maybe_extract_lines()
        lengths = [line for line in lines or () if line[:15].lower() == b"content-length:"]
        if len(lengths) > 1 or any(b"," in line for line in lengths):
            raise LocalProtocolError("the length is given twice")
        return lines
