"""What a run is turned into for people and programs; everything passes a Redactor before it is written."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from contracts.redaction import Redactor
from contracts.result import RunResult

SUFFIX = {"junit": "xml", "html": "html", "json": "json", "har": "har", "md": "md"}
MODULE = {"json": "json_report", "md": "markdown"}


def write_reports(result: RunResult, redactor: Redactor) -> list[Path]:
    """Write the reports the user asked for; gives their files."""
    options = result.options
    files = []
    for kind in options.reports:
        assert options.out is not None
        options.out.mkdir(parents=True, exist_ok=True)
        module = import_module(f"contracts.reports.{MODULE.get(kind, kind)}")
        render: Callable[[RunResult, Redactor], str] = module.render
        file = options.out / f"contracts-{options.vendor}.{SUFFIX[kind]}"
        # Redacted once more as a whole: whatever a report puts together, no secret gets past this line.
        file.write_text(redactor.text(render(result, redactor)), encoding="utf-8")
        files.append(file)
    return files
