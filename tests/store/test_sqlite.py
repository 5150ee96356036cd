"""SQLite: what is our mistake is not blamed on the store."""

from __future__ import annotations

import pysqlite3
import pytest

from mockserver.store import Statement, open_store


def test_statement_that_cannot_work_is_no_unavailable_store() -> None:
    store = open_store("sqlite://")
    wrong = Statement("SELECT name FROM nowhere")
    Statement.registered.remove(wrong)
    with pytest.raises(pysqlite3.OperationalError, match="no such table"):
        store.run_now(lambda db: db.one(wrong))
    store.close()
