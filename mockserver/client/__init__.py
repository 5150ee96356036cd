"""Talking to a running server, with the standard library alone."""
