"""The server with deadlines of four seconds, for tests: `python -m tests.crashes.impatient serve …`."""

from __future__ import annotations

import sys

from mockserver.cli import main
from mockserver.protocol import patience

SECONDS = 4.0

if __name__ == "__main__":
    patience.HEAD_SECONDS = patience.BODY_SECONDS = patience.SEND_SECONDS = SECONDS
    sys.exit(main(sys.argv[1:]))
