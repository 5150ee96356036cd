"""The attack suite: cases as data, sent over bare sockets to a real server in a process of its own."""
