"""YAML as plain values, each with the line it stands on.

Only what JSON knows has a meaning: no dates, no `yes` and `no`, no numbers in base 60. So a time stays the
text that is sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from mockserver.errors import UsageError

Path = tuple[str | int, ...]


class ScenarioInvalid(UsageError):
    """A scenario file that cannot be played; every line of the message names file and line."""


@dataclass(frozen=True)
class Document:
    """The value of a file, and the line of each of its parts."""

    name: str
    value: Any
    lines: Mapping[Path, int]

    def where(self, path: Path) -> str:
        """Return `FILE:LINE` of the part nearest to `path`; what no part has is skipped."""
        nearest: Path = ()
        for step in path:
            if (*nearest, step) in self.lines:
                nearest = (*nearest, step)
        return f"{self.name}:{self.lines.get(nearest, 1)}"


class _Loader(yaml.SafeLoader):
    """Reads plain words as JSON would."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"null|~|", ["n", "~", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"-?(?:0|[1-9][0-9]*)", list("-0123456789")),
    ("float", r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", list("-0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), _first)


def read_document(text: str, name: str) -> Document:
    """Read YAML.

    Raises:
        ScenarioInvalid: it is none, a key comes twice, or an alias stands in it.
    """
    lines: dict[Path, int] = {}
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            raise ScenarioInvalid(f"{name}:1: the file is empty")
        _note_lines(node, (), lines, name)
        return Document(name, loader.construct_document(node), lines)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise ScenarioInvalid(f"{name}:{line}: {problem.problem}") from None
    except yaml.YAMLError as problem:
        raise ScenarioInvalid(f"{name}:1: {problem}") from None
    except ValueError as problem:
        raise ScenarioInvalid(f"{name}:1: {str(problem).partition(';')[0]}") from None
    except RecursionError:
        raise ScenarioInvalid(f"{name}:1: it is nested too deeply") from None


def _note_lines(node: yaml.Node, path: Path, lines: dict[Path, int], name: str) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _note_lines(item, (*path, index), lines, name)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            line = key.start_mark.line + 1
            inner = (*path, str(key.value))
            if not isinstance(key, yaml.ScalarNode):
                raise ScenarioInvalid(f"{name}:{line}: a key must be a word")
            if inner in lines:
                raise ScenarioInvalid(f"{name}:{line}: {key.value!r} stands here twice")
            lines[inner] = line
            _note_lines(value, inner, lines, name)
