"""A path means the operation whose words it has, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.path_tree import PathTree

GET_EXAM, PUT_EXAM, END_EXAM, EXAMS = (object() for _ in range(4))


@pytest.fixture(scope="module")
def paths() -> PathTree:
    found: Any = PathTree()
    found.add("/exams", {"GET": EXAMS})
    found.add("/exams/{id}", {"GET": GET_EXAM})
    found.add("/exams/{id}", {"PUT": PUT_EXAM})
    found.add("/exams/{exam_id}/sessions/{id}/end", {"POST": END_EXAM})
    return found


@pytest.mark.parametrize(
    ("path", "operations", "values"),
    [
        ("/exams", {"GET": EXAMS}, {}),
        ("/exams/7", {"GET": GET_EXAM, "PUT": PUT_EXAM}, {"id": "7"}),
        ("/exams/{id}", {"GET": GET_EXAM, "PUT": PUT_EXAM}, {"id": "{id}"}),
        ("/exams/a b%2F", {"GET": GET_EXAM, "PUT": PUT_EXAM}, {"id": "a b%2F"}),
        ("/exams/7/sessions/9/end", {"POST": END_EXAM}, {"exam_id": "7", "id": "9"}),
    ],
)
def test_path_is_found_with_its_values(
    paths: PathTree, path: str, operations: dict[str, Any], values: dict[str, str]
) -> None:
    assert paths.find(path) == (operations, values)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "exams",
        "/exams/",
        "//exams",
        "/exams//",
        "/Exams",
        "/exams\n",
        "/exams/7/",
        "/exams/7/sessions",
        "/exams//sessions/9/end",
        "/exams/7/sessions/9/end\n",
        "/exams/7/sessions/9/end/",
        "/exams/7/sessions/9",
    ],
)
def test_any_other_path_leads_nowhere(paths: PathTree, path: str) -> None:
    assert paths.find(path)[0] == {}


@pytest.mark.parametrize("path", ["/exams/open", "/exams/{other}"])
def test_paths_that_could_be_taken_for_each_other_are_not_added(path: str) -> None:
    taken: Any = PathTree()
    taken.add("/exams/{id}", {"GET": GET_EXAM})
    with pytest.raises(AssertionError):
        taken.add(path, {"PUT": PUT_EXAM})
