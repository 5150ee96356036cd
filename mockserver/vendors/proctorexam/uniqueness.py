"""Values that may exist only once. The database decides, by a unique index over the key of the value."""

from __future__ import annotations

import unicodedata

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


class taken_once:
    """Turn the database's refusal of a second row into the vendor's.

    The refusal leaves the handler, so its savepoint undoes the rest.

    Raises:
        Taken: there is a row with that value of `field`.
    """

    def __init__(self, db: Connection, field: str) -> None:
        self._db = db
        self._field = field

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and self._db.breaks_unique_key(error):
            raise Taken(self._field) from None
