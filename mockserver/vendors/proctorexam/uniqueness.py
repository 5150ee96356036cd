"""Values that may exist only once. The database decides, by a unique index over the key of the value."""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterator

from mockserver.store import Connection
from mockserver.vendors.proctorexam.errors import Taken


def name_key(name: str) -> str:
    """Return what has to be unique of an institute's name: the name, however its letters were composed.

    Case and blanks count (PE-484).
    """
    return unicodedata.normalize("NFC", name)


def email_key(email: str) -> str:
    """Return what has to be unique of an e-mail address: the address in lower case (PE-485)."""
    return unicodedata.normalize("NFC", email).lower()


@contextlib.contextmanager
def taken_once(db: Connection, field: str) -> Iterator[None]:
    """Turn the database's refusal of a second row into the vendor's.

    The refusal leaves the handler, so its savepoint undoes the rest.

    Raises:
        Taken: there is a row with that value of `field`.
    """
    try:
        yield
    except Exception as error:
        if db.breaks_unique_key(error):
            raise Taken(field) from None
        raise
