"""The path that a client meant, where it asked for one that no operation has."""

from __future__ import annotations

import pytest

from mockserver.explain.request_mistakes import of_path
from mockserver.vendors.proctorexam import VENDOR

TEMPLATES = sorted({VENDOR.path_of(operation) for operation in VENDOR.operations})


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/api/v3/institutes/1/exams", "/api/v3/exams"),
        ("/api/v3/exam/1/documents", "/api/v3/exams/{exam_id}/documents"),
        ("/api/v3/institute", "/api/v3/institutes"),
    ],
)
def test_nearest_path_ends_in_the_same_word_if_one_does(path: str, meant: str) -> None:
    mistake = of_path(path, prefix="/api/v3", templates=TEMPLATES)
    assert mistake is not None
    assert mistake.as_json() == {"name": "path_misspelt", "remedy": f"The nearest path is {meant}."}


@pytest.mark.parametrize("path", ["/", "/api/v3/", "/favicon.ico", "/api/v3/quite/something/else/altogether"])
def test_path_that_is_near_to_none_gets_no_hint(path: str) -> None:
    assert of_path(path, prefix="/api/v3", templates=TEMPLATES) is None
