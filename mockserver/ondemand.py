"""A server process that starts when somebody connects for the first time.

The pytest plugin has one for a run: its address is known at once, also to the workers of pytest-xdist, but a
run whose tests never use it pays for a socket and nothing else. It ends with the process that wanted it.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading

from mockserver.errors import UsageError

STOP_SECONDS = 10


class ServerOnDemand:
    """Listens at `url`; the first connection starts the process that answers there."""

    def __init__(self) -> None:
        if sys.platform == "win32":
            raise UsageError(
                "no process can hand its socket on here: run 'mockserver serve' and name its URL"
            )
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self._stopped, self._stop = socket.socketpair()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._wait, name="mockserver on demand", daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def stop(self) -> None:
        """End the process, if there is one, and give the port back."""
        self._stop.close()
        self._thread.join()
        self._stopped.close()
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
            self._process.kill()
            self._process.wait()

    def _wait(self) -> None:
        # Only the process holds the socket afterwards: if it dies, callers are refused and do not hang.
        with self._listening, selectors.DefaultSelector() as selector:
            selector.register(self._listening, selectors.EVENT_READ)
            selector.register(self._stopped, selectors.EVENT_READ)
            if any(key.fileobj is self._listening for key, _ in selector.select()):
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                    [sys.executable, "-m", __name__, str(self._listening.fileno())],
                    stdin=subprocess.PIPE,
                    pass_fds=[self._listening.fileno()],
                )


def main(descriptor: int) -> int:
    """Serve on an inherited socket, in memory, until standard input ends: no crash leaves a server behind."""
    from mockserver.serving import serve  # noqa: PLC0415 - the one who waits needs no server
    from mockserver.settings import Settings  # noqa: PLC0415

    listening = socket.socket(fileno=descriptor)
    settings = Settings(port=listening.getsockname()[1], database="sqlite://")
    threading.Thread(target=_end_with_standard_input, daemon=True).start()
    return serve(settings, listening, lambda: None)


def _end_with_standard_input() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
