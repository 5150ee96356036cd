"""Serve with one module replaced: `python -m tests.mutation.serve MODULE FILE`, then options of `serve`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mockserver.cli import serve
from tests.mutation.__main__ import MutantLoader
from tests.mutation.mutants import Mutant


def main() -> int:
    """Serve until killed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation.serve")
    parser.add_argument("module")
    parser.add_argument("file", type=Path)
    serve.add_arguments(parser)
    options = parser.parse_args()
    source = options.file.read_text(encoding="utf-8")
    sys.meta_path.insert(0, MutantLoader(Mutant(options.module, 0, "", "", source)))
    return serve.run(options)


if __name__ == "__main__":
    sys.exit(main())
