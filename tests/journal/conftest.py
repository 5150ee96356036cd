"""The tests of this folder share one server."""

from tests.support.one_server import client, one_server

__all__ = ["client", "one_server"]
