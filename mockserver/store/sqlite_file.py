"""The SQLite file: opening it, bringing its schema up to date, and noticing when it is gone.

The library is the one of the `pysqlite3` wheel where there is one: SQLite before 3.51.3 can corrupt a WAL
file that several processes write and reset.
"""

from __future__ import annotations

import sqlite3 as bundled_sqlite3
from pathlib import Path
from typing import Any

from mockserver.errors import StoreUnavailable, UsageError
from mockserver.store.schema import migrations

try:
    import pysqlite3 as sqlite3
except ImportError:  # no wheel for this platform: the interpreter's own SQLite must do
    sqlite3 = bundled_sqlite3

__all__ = ["START_TIMEOUT_MS", "SqliteFile", "file_of", "library_version", "sqlite3"]

MEMORY = ":memory:"
START_TIMEOUT_MS = 5_000  # how long a starting server waits for others that start or hold the file
# Pages in the log (128 MiB) before a commit copies them itself: sqlite_checkpoints.py did not come to it.
LATE_CHECKPOINT_PAGES = 32_000
# SQLite's own default. A commit looks at every cached page once a page has changed its place (balancing a
# tree does that): with 16 MB the lines of 4,000 pages went through the processor's cache each time. What is
# not cached here is in the system's cache, also with 10^7 nonces.
CACHE_KIB = 2_000
# The driver looks for an adapter of every NULL and BLOB, and where there is none it asks the value itself:
# two exceptions raised and caught, more time than the rest of a small INSERT takes. These change nothing.
sqlite3.register_adapter(type(None), {}.get)
sqlite3.register_adapter(bytes, bytes)

_SYNCHRONOUS = {"process": "NORMAL", "power": "FULL"}


def library_version() -> tuple[int, ...]:
    """Return the version of the SQLite library in use."""
    return tuple(int(part) for part in sqlite3.sqlite_version.split("."))


def file_of(url: str) -> str:
    """Return the file name of an SQLite URL, `:memory:` where it names none."""
    if url in ("sqlite://", "sqlite:///:memory:"):
        return MEMORY
    path = url.removeprefix("sqlite:///")
    if path == url or not path:
        raise UsageError(f"{url!r} names no file: use sqlite:///FILE, or sqlite:// for memory")
    if path != MEMORY and not Path(path).resolve().parent.is_dir():
        raise UsageError(f"the folder of {path!r} does not exist: create it, or name another file")
    return path


class SqliteFile:
    """One open file (or memory), with its driver connection."""

    def __init__(self, path: str, *, durability: str) -> None:
        """Open the file and bring its schema up to date.

        Raises:
            UsageError: the file cannot be opened, is no SQLite file, or holds something else.
        """
        self._path = path
        self.place = None if path == MEMORY else Path(path).absolute()
        self._durability = durability
        try:
            self.driver = self._connected()
            _upgrade(self.driver, path)
            self.wait_for_lock(0)
        except sqlite3.DatabaseError as problem:
            raise UsageError(
                f"the database file {path!r} cannot be used ({problem}): "
                "name another one with --database sqlite:///FILE, or make this one readable and writable"
            ) from problem
        self._inode = self._inode_now()

    def check_present(self) -> None:
        """Make sure that what is written still ends up in the file of that name.

        A file that was moved or removed can still be written to on Unix, and everything is lost with the
        process. When the same database is there again, as itself or as a copy, it is taken up.

        Raises:
            StoreUnavailable: the file is gone, or another database has taken its name.
        """
        inode = self._inode_now()
        if inode == self._inode:
            return
        if inode is None:
            raise _unavailable("the database file is gone: put it back, or start the server again")
        if self._identity_there() != _identity(self.driver):
            raise _unavailable("another database has taken the file's name: put the right one back")
        self.driver.close()
        self.driver, self._inode = self._connected(), inode
        self.wait_for_lock(0)

    def wait_for_lock(self, timeout_ms: int) -> None:
        """Set how long a transaction that begins waits for another process to end its own."""
        self.driver.execute(f"PRAGMA busy_timeout = {timeout_ms}")

    def _connected(self) -> Any:
        driver = sqlite3.connect(
            self.place or self._path,
            timeout=START_TIMEOUT_MS / 1000,
            isolation_level=None,
            cached_statements=512,
            check_same_thread=False,
        )
        driver.row_factory = sqlite3.Row
        driver.execute("PRAGMA journal_mode = WAL")
        driver.execute(f"PRAGMA synchronous = {_SYNCHRONOUS[self._durability]}")
        driver.execute(f"PRAGMA wal_autocheckpoint = {LATE_CHECKPOINT_PAGES}")
        driver.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        driver.execute("PRAGMA temp_store = MEMORY")
        return driver

    def _identity_there(self) -> tuple[Any, ...] | None:
        """Return the identity of what stands under the file's name, without changing it."""
        assert self.place is not None
        reader = sqlite3.connect(f"{self.place.as_uri()}?mode=ro", uri=True)
        try:
            return _identity(reader)
        except sqlite3.DatabaseError:
            return None
        finally:
            reader.close()

    def _inode_now(self) -> int | None:
        try:
            return self.place.stat().st_ino if self.place else None
        except OSError:
            return None


def _upgrade(driver: Any, path: str) -> None:
    """Bring the schema up to date in one transaction; refuse a file that is not ours."""
    driver.execute("BEGIN IMMEDIATE")  # several workers may start at once: one creates, the others wait
    try:
        tables = {row[0] for row in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        building: dict[str, Any] | None = {} if tables else None
        if "building" in tables:
            building = dict(driver.execute("SELECT * FROM building").fetchone() or {})
        for version in migrations("sqlite", building, where=repr(path)):
            for statement in version.statements:
                driver.execute(statement)
        driver.execute("COMMIT")
    except BaseException:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        raise


def _identity(driver: Any) -> tuple[Any, ...]:
    """Return what tells one server's database from another's."""
    return tuple(driver.execute("SELECT schema_version, master_key FROM building").fetchone())


def _unavailable(reason: str) -> StoreUnavailable:
    failure = StoreUnavailable()
    failure.__cause__ = OSError(reason)
    return failure
