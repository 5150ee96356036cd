"""HTTP over a bare socket: sends exactly the given bytes, where a client library would tidy up."""

from __future__ import annotations

import contextlib
import socket
import struct
from dataclasses import dataclass, replace
from types import TracebackType
from urllib.parse import urlsplit


@dataclass(frozen=True)
class RawAnswer:
    """One answer as it came, its body without transfer coding."""

    status: int
    headers: dict[str, str]
    body: bytes


class RawConnection:
    """One connection to the server at `url`, to be used in a `with` block."""

    def __init__(self, url: str, *, timeout: float = 5.0, source: str | None = None) -> None:
        place = urlsplit(url)
        assert place.hostname is not None
        self._socket = socket.create_connection(
            (place.hostname, place.port or 80),
            timeout=timeout,
            source_address=(source, 0) if source else None,
        )
        self._unread = b""

    def __enter__(self) -> RawConnection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        """Send all bytes, or as many as the other side takes before it closes."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # its answer can still be read
            self._socket.sendall(data)

    def end_sending(self) -> None:
        """Close this side only."""
        self._socket.shutdown(socket.SHUT_WR)

    def break_off(self) -> None:
        """Close with a reset, as a program does that is killed."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def head(self) -> RawAnswer:
        """Read the head of the next answer, which has no body when HEAD was asked.

        Raises:
            EOFError: the connection ended before it was whole.
        """
        head = self._until(b"\r\n\r\n").decode("latin-1")
        status_line, *lines = head[:-4].split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return RawAnswer(int(status_line.split(" ")[1]), headers, b"")

    def answer(self) -> RawAnswer:
        """Read the next answer.

        Raises:
            EOFError: the connection ended before it was whole.
        """
        head = self.head()
        if head.headers.get("transfer-encoding") == "chunked":
            return replace(head, body=self._chunks())
        length = 0 if head.status < 200 else int(head.headers.get("content-length", "0"))
        return replace(head, body=self._bytes(length))

    def is_closed(self) -> bool:
        """Wait for the other side to close; tell whether it did, without sending anything more."""
        try:
            return not self._unread and not self._socket.recv(1)
        except ConnectionResetError:
            return True
        except TimeoutError:
            return False

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self._until(b"\r\n"), 16):
            body += self._bytes(size)
            self._until(b"\r\n")
        self._until(b"\r\n")
        return body

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._unread:
            self._read()
        end = self._unread.index(mark) + len(mark)
        found, self._unread = self._unread[:end], self._unread[end:]
        return found

    def _bytes(self, count: int) -> bytes:
        while len(self._unread) < count:
            self._read()
        found, self._unread = self._unread[:count], self._unread[count:]
        return found

    def _read(self) -> None:
        data = self._socket.recv(65_536)
        if not data:
            raise EOFError(f"the connection ended behind {self._unread[-200:]!r}")
        self._unread += data
