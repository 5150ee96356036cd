"""Uploaded files: kept under names made here; the name that was sent is only shown."""

from __future__ import annotations

import base64
import re

from mockserver.body import Upload
from mockserver.store import Statement
from mockserver.vendor import Call

MAX_NAME = 100
MAX_TYPE = 100
_ADD = Statement(
    """
    INSERT INTO proctorexam_upload (sandbox_id, name, content)
    VALUES (:sandbox_id, :name, :content)
    """
)
_REMOVE = Statement("DELETE FROM proctorexam_upload WHERE sandbox_id = :sandbox_id AND name = :name")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]", re.ASCII)


def keep(call: Call, upload: Upload) -> str:
    """Store the bytes of an upload and return the name under which they are."""
    name = call.random_bytes(16).hex()
    call.db.put(
        _ADD,
        sandbox_id=call.sandbox.id,
        name=name,
        content=base64.b64encode(upload.content).decode(),
    )
    return name


def forget(call: Call, name: str | None) -> None:
    """Remove a stored file that nothing shows any more."""
    if name is not None:
        call.db.put(_REMOVE, sandbox_id=call.sandbox.id, name=name)


def shown_name(upload: Upload) -> str:
    """Return the file name as answers print it: no folders, no characters that mean something (PE-494)."""
    last = re.split(r"[/\\]", upload.filename)[-1]
    return _UNSAFE.sub("_", last)[-MAX_NAME:] or "_"


def shown_type(upload: Upload) -> str:
    """Return the media type as answers print it, without parameters."""
    return upload.content_type.partition(";")[0].strip()[:MAX_TYPE]
