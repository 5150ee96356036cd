"""Checks at the door as pure functions: plain values in; nothing back, or a failure raised."""
