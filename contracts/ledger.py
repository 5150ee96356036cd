"""What a run created at the server, in a file that survives a crash, and its removal."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Removal:
    """The request that takes one created object away again."""

    method: str
    path: str
    json: dict[str, Any] | None = None


@dataclass(frozen=True)
class Made:
    """One created object; `removal` is None where the vendor documents no way to remove it."""

    kind: str
    id: str
    removal: Removal | None


def set_aside(file: Path) -> Path | None:
    """Make room for a new ledger; one that still holds what can be removed is kept under another name."""
    try:
        unfinished = any(made.removal for made in Ledger.read(file).left)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        unfinished = True  # whatever it is, it is not ours to throw away
    if not unfinished:
        file.unlink()
        return None
    names = (file.with_name(f"{file.stem}-{number}{file.suffix}") for number in count(1))
    return file.rename(next(name for name in names if not name.exists()))


class Ledger:
    """Created objects in the order of their creation; every change is written at once.

    The file holds one JSON object a line: `{"made": {...}}` or `{"gone": [kind, id]}`.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._made: dict[tuple[str, str], Made] = {}
        self._gone: set[tuple[str, str]] = set()

    @classmethod
    def read(cls, file: Path) -> "Ledger":
        """The ledger of an earlier run, to finish its clean-up.

        Raises: OSError, or ValueError when the file is no ledger.
        """
        ledger = cls()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                ledger._note(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise ValueError(f"line {number} is none that a run writes") from None
        ledger._file = file
        return ledger

    def _note(self, entry: dict[str, Any]) -> None:
        """Take over one line of the file."""
        if "made" not in entry:
            kind, object_id = entry["gone"]
            self.gone(kind, object_id)
            return
        kind, object_id, removal = (entry["made"][name] for name in ("kind", "id", "removal"))
        texts = [kind, object_id, *([removal["method"], removal["path"]] if removal else [])]
        if not all(isinstance(text, str) for text in texts):
            raise TypeError("no text")
        self.made(Made(kind, object_id, Removal(**removal) if removal else None))

    def made(self, made: Made) -> None:
        self._made[made.kind, made.id] = made
        self._gone.discard((made.kind, made.id))
        self._write({"made": asdict(made)})

    def gone(self, kind: str, object_id: str) -> None:
        if (kind, object_id) in self._made:
            self._gone.add((kind, object_id))
            self._write({"gone": [kind, object_id]})

    def holds(self, kind: str, object_id: str) -> bool:
        return (kind, object_id) in self._made

    @property
    def all(self) -> list[Made]:
        return list(self._made.values())

    @property
    def left(self) -> list[Made]:
        """What still exists as far as we know, newest first: children before their parents."""
        return [made for key, made in reversed(self._made.items()) if key not in self._gone]

    def clean_up(self, remove: Callable[[Removal], bool]) -> list[Made]:
        """Remove what can be removed and answer what is left.

        `remove` sends one removal and says whether the server took it.
        """
        for made in self.left:
            if made.removal is not None and remove(made.removal):
                self.gone(made.kind, made.id)
        return self.left

    def _write(self, entry: dict[str, Any]) -> None:
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(entry, ensure_ascii=False) + "\n")
