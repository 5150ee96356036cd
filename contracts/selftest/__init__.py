"""Do the contracts notice what they are there for? A server is made wrong in one way after the other.

A run against the sound server must find nothing; a run against each fault must find a violation of a
statement that the fault breaks. The server is only ever a process: nothing of it is imported.
"""
