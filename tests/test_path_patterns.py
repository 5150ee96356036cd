"""Paths with `*`."""

from __future__ import annotations

import pytest

from mockserver.path_patterns import can_fit, fits


@pytest.mark.parametrize(
    ("pattern", "path", "fitting"),
    [
        ("/a", "/a", True),
        ("/a", "/a/", False),
        ("/a*", "/a/b/c", True),
        ("/a/*/c", "/a/b/c", True),
        ("/a/*/c", "/a/c", False),
        ("*", "/", True),
        ("/a.b", "/axb", False),
    ],
)
def test_star_stands_for_anything(pattern: str, path: str, fitting: bool) -> None:
    assert fits(pattern, path) is fitting


@pytest.mark.parametrize(
    ("pattern", "template", "possible"),
    [
        ("/exams/1", "/exams/{id}", True),
        ("/exams/", "/exams/{id}", False),
        ("/exams/1/2", "/exams/{id}", False),
        ("/exams/*", "/exams/{id}", True),
        ("/exams/*/documents", "/exams/{exam_id}/documents", True),
        ("/exams/*/documents/7", "/exams/{exam_id}/documents", False),
        ("/*7", "/exams/{id}", True),
        ("/*7", "/exams", False),
        ("*", "/exams", True),
        ("/exams/a*b", "/exams/{id}", True),
        ("/exams/a*/b", "/exams/{id}", False),
    ],
)
def test_pattern_is_known_to_fit_a_template_or_never(pattern: str, template: str, possible: bool) -> None:
    assert can_fit(pattern, template) is possible
