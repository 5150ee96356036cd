"""The figures in docs/performance.md are those of a kept run, and the plot shows them."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.benchmarks.documents import DOCUMENT, with_figures
from tests.benchmarks.plot import plot

METHOD = {
    "date": "2026-11-22",
    "commit": "abc",
    "cores": 2,
    "pinned_apart": True,
    "processor": "Some Processor",
    "python": "3.11.7",
    "sqlite": "3.53.0",
    "rounds": 5,
    "seconds": 2,
    "connections": 64,
    "load_before": 0.1,
}
MEMORY = {"method": METHOD, "requests": 300000, "refused": 0, "idle_mb": 50, "warm_mb": 60, "end_mb": 61}
TEXT = "before\n<!-- figures: memory -->\nold\n<!-- end -->\n<!-- figures: growth -->\nkept\n<!-- end -->\n"


def test_block_of_a_measured_part_is_replaced() -> None:
    written = with_figures(TEXT, {"memory": MEMORY})
    assert "old" not in written
    assert "300,000 requests over four operations, 0 refused: 50 MB idle" in written
    assert "2026-11-22, commit `abc`; 2 cores (Some Processor); server and client on a core each;" in written


def test_busy_machine_is_told() -> None:
    busy = {**MEMORY, "method": {**METHOD, "load_before": 8.5}}
    told = [with_figures(TEXT, {"memory": one}).count("Others were at work") for one in (busy, MEMORY)]
    assert told == [1, 0]


def test_block_of_another_part_stays() -> None:
    assert "<!-- figures: growth -->\nkept\n<!-- end -->" in with_figures(TEXT, {"memory": MEMORY})


def test_writing_twice_changes_nothing() -> None:
    once = with_figures(TEXT, {"memory": MEMORY})
    assert with_figures(once, {"memory": MEMORY}) == once


def test_model_takes_the_costs_of_one_worker() -> None:
    one = {"cpu_us": 500.0, "database_us": 250.0}
    workers = {"method": METHOD, "postgresql, 1 worker, institutes.create in 16 sandboxes": one}
    written = with_figures("<!-- figures: model -->\n<!-- end -->\n", {"workers": workers})
    assert "it is the limit from 16 workers on, at 32,000 signed writes a second" in written
    assert "| 10 | 20,000 | 5.0 | 1.7e+09 |" in written


def test_document_has_a_place_for_every_part() -> None:
    text = DOCUMENT.read_text("utf-8")
    parts = ("peers", "growth", "memory", "workers", "in-process", "contract-runs", "model", "watching")
    assert [part for part in parts if text.count(f"<!-- figures: {part} -->") != 1] == []


def test_plot_is_an_svg_with_a_bar_for_each_ratio() -> None:
    ratio = {"min": 0.5, "median": 2.0, "max": 3.0, "more_is_better": True, "target": 1.3, "holds": True}
    picture = ElementTree.fromstring(plot({"a < b": ratio, "c": {**ratio, "median": 0.01}}, "title"))
    texts = [element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert "a < b" in texts
    assert "2 (≥ 1.3)" in texts
    assert len(list(picture.iter("{http://www.w3.org/2000/svg}rect"))) == 3
