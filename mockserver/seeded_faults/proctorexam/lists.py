"""What can go wrong with ProctorExam's lists."""

from __future__ import annotations

from typing import Any

from mockserver.seeded_faults.changing import Function, take, wrap
from mockserver.seeded_faults.fault import Faults
from mockserver.vendors.proctorexam import VENDOR, lists
from mockserver.vendors.proctorexam.routes import exams, institutes, student_sessions

FAULTS = Faults("proctorexam")
FEW = 25


@FAULTS.add("no-paging-header", breaks="PE-076", at="exams.index")
def no_paging_header() -> None:
    """A list does not say how many items there are."""
    wrap(lists, "_headers", lambda real: lambda params, found: real(params, found)[1:])


@FAULTS.add("wrong-count", breaks="PE-076", at="exams.index")
def wrong_count() -> None:
    """The number of pages leaves the last one out."""
    wrap(lists, "_headers", lambda real: lambda params, found: real(params, max(0, found - params.limit)))


@FAULTS.add("few-by-default", breaks="PE-213", at="exams.index")
def few_by_default() -> None:
    """A page has 25 items when no limit is sent."""
    _change_page(lambda params: {} if "limit" in params.model_fields_set else {"limit": FEW})


@FAULTS.add("first-page-again", breaks="PE-212", at="student_sessions.index_by_exam")
def first_page_again() -> None:
    """Every page shows the items of the first one."""
    _change_page(lambda _: {"page": 1})


@FAULTS.add("limit-without-end", breaks="PE-075", at="exams.index")
def limit_without_end() -> None:
    """More than 300 items a page can be asked for."""
    take(VENDOR, "exams.index", limit=(int, 300))


@FAULTS.add("sort-ignored", breaks="PE-242", at="exams.index")
def sort_ignored() -> None:
    """The parameter sort changes nothing."""
    wrap(
        lists,
        "chosen",
        lambda real: (
            lambda call, rows, filter_text, sort_text, columns: (
                real(call, rows, filter_text, None, columns)
                if real(call, rows, filter_text, sort_text, columns) is not None
                else []
            )
        ),
    )


@FAULTS.add("filter-ignored", breaks="PE-243", at="exams.index")
def filter_ignored() -> None:
    """The parameter filter changes nothing."""
    wrap(
        lists,
        "chosen",
        lambda real: lambda call, rows, _, sort_text, columns: real(call, rows, None, sort_text, columns),
    )


@FAULTS.add("status-ignored", breaks="PE-241", at="exams.index")
def status_ignored() -> None:
    """The filter by status changes nothing."""
    wrap(
        exams,
        "filtered",
        lambda real: lambda *given, **where: real(*given, **{**where, "status": ""}),
    )


def _change_page(change: Any) -> None:
    def make(real: Function) -> Function:
        def paged(call: Any, params: Any, **where: Any) -> Any:
            return real(call, params.model_copy(update=change(params)), **where)

        return paged

    wrap(lists, "paged", make)
    for module in (institutes, student_sessions):
        if hasattr(module, "paged"):
            wrap(module, "paged", make)
