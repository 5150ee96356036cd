"""Files that are not what a command asks for: each is answered with one line and exit code 2."""

from __future__ import annotations

from pathlib import Path

CONTENTS: dict[str, bytes] = {
    "empty": b"",
    "blank lines": b"\n\n \n",
    "list": b"[]",
    "list of nothing": b"[null]",
    "object": b"{}",
    "null": b"null",
    "number": b"17",
    "text": b'"text"',
    "half of a document": b'{"results": {"extra": ',
    "other object": b'{"results": 1, "sandboxes": 1, "tables": [], "made": 1, "gone": 1, "id": 1}',
    "results of nothing": b'{"results": {}}',
    "results without contents": b'{"results": {"extra": {}, "tests": [{}]}}',
    "results of other kinds": b'{"results": {"extra": {"vendor": "consero", "undocumented": 1}, "tests": 1}}',
    "results of a stranger": b'{"results": {"extra": {"vendor": "x", "exchanges": [1]}, "tests": []}}',
    "binary": bytes(range(256)),
    "not UTF-8": b'{"a": "\xff"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "nested": b"[" * 100_000,
    "huge number": b"9" * 5_000,
    "NaN": b"[NaN]",
}
PLACES = ("folder", "missing", "loop", "within a file")


def write_odd_file(folder: Path, kind: str) -> Path:
    """Make the file, or what stands in its place, and return where."""
    file = folder / f"{kind.replace(' ', '-')}.odd"
    match kind:
        case "folder":
            file.mkdir()
        case "missing":
            pass
        case "loop":
            file.symlink_to(file)
        case "within a file":
            file.write_bytes(b"")
            return file / "file.odd"
        case _:
            file.write_bytes(CONTENTS[kind])
            file.chmod(0o600)
    return file
