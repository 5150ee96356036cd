"""Paging, filters and sorting of the lists."""

import json
import re

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

PAGED = {
    "/institutes": "institutes",
    "/exams": "exams",
    "/student_sessions": "students",
    "/lti_resources": "lti_resources",
}
HEADERS = ("X-Pagination-Item-Count", "X-Pagination-Page-Count", "X-Pagination-Page", "X-Pagination-Limit")


@REGISTER.contract(
    "proctorexam.lists.headers",
    "PE-075",
    "PE-076",
    "PE-212",
    "PE-213",
    operations=("exams.index",),
    control=True,
)
def paging_headers(bench: Bench) -> None:
    """Every paged list carries the four headers; the limit is 300 by default."""
    for path in PAGED:
        answer = bench.call("GET", path)
        bench.must(
            "PE-076",
            all(re.fullmatch("[0-9]+", answer.header(name)) for name in HEADERS),
            "the four paging headers",
        )
        bench.holds(
            ("PE-075", "PE-213"), answer.header("X-Pagination-Limit") == "300", "300 items a page by default"
        )
        bench.holds("PE-212", answer.header("X-Pagination-Page") == "1", "the first page by default")


@REGISTER.contract(
    "proctorexam.lists.pages", "PE-075", "PE-076", "PE-212", "PE-213", profile=Profile.STANDARD
)
def pages(bench: Bench) -> None:
    """limit cuts the list, page goes on where the last one ended."""
    exam = samples.new_exam(bench)
    ids = [samples.new_student(bench, exam["id"])["id"] for _ in range(3)]
    path, seen = f"/exams/{exam['id']}/student_sessions", []
    for page in ("1", "2", "3"):
        answer = bench.call("GET", path, query={"page": page, "limit": "1"})
        listed = answer.at("students") or []
        seen += [one.get("id") for one in listed]
        bench.holds(
            "PE-213", len(listed) == 1 and answer.header("X-Pagination-Limit") == "1", "one item with limit 1"
        )
        counts = [answer.header(name) for name in HEADERS[:3]]
        bench.holds("PE-076", counts == ["3", "3", page], "the counts in the paging headers")
    bench.holds("PE-212", sorted(seen) == sorted(ids), "every item on one of the pages")


@REGISTER.contract("proctorexam.lists.limit", "PE-075", "PE-471")
def largest_limit(bench: Bench) -> None:
    """limit is at most 300."""
    answer = bench.call("GET", "/exams", query={"limit": "300"})
    bench.holds("PE-075", answer.status == 200, "limit 300 to be taken")
    answer = bench.call("GET", "/exams", query={"limit": "301"})
    bench.holds(
        "PE-075",
        answer.refused or answer.header("X-Pagination-Limit") == "300",
        "no more than 300 items a page",
    )
    for query in ({"limit": "301"}, {"limit": "0"}, {"page": "0"}, {"page": "x"}):
        answer = bench.call("GET", "/exams", query=query)
        bench.holds("PE-471", answer.status == 422, f"422 for {query}")


@REGISTER.contract(
    "proctorexam.lists.status", "PE-092", "PE-094", "PE-241", "PE-475", profile=Profile.STANDARD
)
def status_filter(bench: Bench) -> None:
    """The status filter picks what has that status."""
    draft = samples.new_exam(bench)
    for status in ("draft", "open", "closed", "deleted"):
        answer = bench.call("GET", "/exams", query={"status": status})
        listed = answer.at("exams")
        fits = isinstance(listed, list) and all(one.get("status") == status for one in listed)
        bench.holds(("PE-094", "PE-241"), answer.status == 200 and fits, f"only exams with status {status}")
        if status == "draft":
            bench.holds(
                "PE-241",
                any(one.get("id") == draft["id"] for one in listed or []),
                "the new draft among them",
            )
    path = f"/exams/{samples.exam(bench)['id']}/index_students"
    for status in (
        "registered",
        "before_check_req_mail",
        "email_bounced",
        "after_check_req_mail",
        "before_check_req",
    ):
        bench.holds(
            "PE-092",
            bench.call("GET", path, query={"status": status}).status == 200,
            f"the filter {status} to be taken",
        )
    bench.holds(
        "PE-475",
        bench.call("GET", "/exams", query={"status": "frozen"}).status == 422,
        "422 for another status",
    )


@REGISTER.contract("proctorexam.lists.sort", "PE-079", "PE-242", profile=Profile.STANDARD)
def sorting(bench: Bench) -> None:
    """sort orders the list by column and direction."""
    for name in ("Beta", "Alpha", "Gamma"):
        samples.new_exam(bench, name=f"{name} {bench.unique('sorted')}")
    for direction in ("asc", "desc"):
        answer = bench.call("GET", "/exams", query={"sort": f'[{{"name":"{direction}"}}]'})
        names = [one.get("name") for one in answer.at("exams") or []]
        ordered = sorted(names, reverse=direction == "desc")
        bench.holds(("PE-079", "PE-242"), len(names) > 2 and names == ordered, f"the names {direction}ending")
    answer = bench.call("GET", "/exams", query={"sort": '[{"start_time":"desc"},{"name":"asc"}]'})
    bench.holds("PE-079", answer.status == 200, "the printed sort to be taken")


@REGISTER.contract("proctorexam.lists.filter", "PE-079", "PE-243", "PE-480", profile=Profile.STANDARD)
def filtering(bench: Bench) -> None:
    """filter keeps what starts on or after a date."""
    late = samples.new_exam(bench, start_time="2031-06-01T10:00:00.000+00:00")
    early = samples.new_exam(bench, start_time="2021-06-01T10:00:00.000+00:00")
    answer = bench.call("GET", "/exams", query={"filter": '{"start_time":{"gte":"2031-01-01"}}'})
    ids = [one.get("id") for one in answer.at("exams") or []]
    bench.holds(("PE-079", "PE-243"), late["id"] in ids and early["id"] not in ids, "only exams from 2031 on")
    for query in ({"filter": "no json"}, {"sort": "name"}, {"filter": "[1]"}):
        answer = bench.call("GET", "/exams", query=query)
        bench.holds("PE-480", answer.status == 422, f"422 for {query}")


@REGISTER.contract("proctorexam.lists.unpaged", "PE-078", "PE-398", profile=Profile.STANDARD)
def lists_without_paging(bench: Bench) -> None:
    """Tool providers, documents and identity providers are not paged."""
    for path in ("/tool_providers", f"/exams/{samples.exam(bench)['id']}/documents"):
        samples.document(bench)
        answer = bench.call("GET", path)
        bench.holds(
            "PE-078",
            answer.status == 200 and not answer.header("X-Pagination-Limit"),
            "a list without paging headers",
        )


@REGISTER.contract("proctorexam.lists.past_the_end", "PE-499")
def page_past_the_end(bench: Bench) -> None:
    """A page past the end is an empty list."""
    for path, key in PAGED.items():
        answer = bench.call("GET", path, query={"page": "100000"})
        bench.holds("PE-499", answer.status == 200 and answer.at(key) == [], f"an empty list under {key}")


@REGISTER.contract("proctorexam.lists.operators", "PE-493", profile=Profile.STANDARD)
def operators_of_filters(bench: Bench) -> None:
    """filter compares printed fields by eq, gt, gte, lt, lte or a plain value; others are refused."""
    exam = samples.new_exam(bench)
    ids = [samples.new_student(bench, exam["id"])["id"] for _ in range(3)]
    path = f"/exams/{exam['id']}/student_sessions"
    for condition, expected in (
        (ids[1], ids[1:2]), ({"eq": ids[1]}, ids[1:2]), ({"gt": ids[1]}, ids[2:]), ({"gte": ids[1]}, ids[1:]),
        ({"lt": ids[1]}, ids[:1]), ({"lte": ids[1]}, ids[:2]),
    ):  # fmt: skip
        answer = bench.call("GET", path, query={"filter": json.dumps({"id": condition})})
        found = [one.get("id") for one in answer.at("students") or []]
        bench.holds("PE-493", sorted(found) == expected, f"the ids {expected} by {condition}")
    for bad in ({"id": {"like": 1}}, {"no_such_field": 1}):
        answer = bench.call("GET", path, query={"filter": json.dumps(bad)})
        bench.holds("PE-493", answer.status == 422, f"422 for {bad}")


@REGISTER.contract("proctorexam.lists.addresses", "PE-339", "PE-399")
def lists_without_a_printed_address(bench: Bench) -> None:
    """The lists whose address no page prints lie where their siblings do."""
    for statement, key in (("PE-339", "lti_resources"), ("PE-399", "tool_providers")):
        answer = bench.call("GET", f"/{key}")
        bench.holds(statement, isinstance(answer.at(key), list), f"a list under {key}")
