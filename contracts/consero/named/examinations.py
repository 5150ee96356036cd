"""GET /examinations: a bare list of ids and names."""

import re

from contracts.bench import Bench
from contracts.consero.register import REGISTER
from contracts.safety import Profile

LIST = ("examinations.list",)


@REGISTER.contract(
    "consero.examinations.list",
    "CO-008", "CO-023", "CO-024", "CO-025", "CO-026", "CO-027", "CO-028", "CO-029", "CO-030",
    operations=LIST,
    control=True,
)  # fmt: skip
def list_examinations(bench: Bench) -> None:
    """The list as the sample calls it: 200 and a bare array of testId and testName."""
    answer = bench.call("GET", "/examinations", headers={"Accept": "application/json"})
    bench.must(("CO-023", "CO-025", "CO-026"), answer.status == 200, "status 200 for the call of the sample")
    bench.holds("CO-008", answer.content_type == "application/json", "the content type application/json")
    items = answer.json
    bench.holds(("CO-024", "CO-027"), isinstance(items, list), "a bare JSON array")
    if not isinstance(items, list) or not items:
        bench.unclear(("CO-028", "CO-029", "CO-030"), "the list is empty, so no item could be looked at")
        return
    bench.holds(
        "CO-028", all(_is_integer(_get(item, "testId")) for item in items), "an integer testId in every item"
    )
    bench.holds(
        "CO-029",
        all(isinstance(_get(item, "testName"), str) for item in items),
        "a text testName in every item",
    )
    only_two = all(isinstance(item, dict) and set(item) == {"testId", "testName"} for item in items)
    bench.holds("CO-030", only_two, "no other key than testId and testName")


@REGISTER.contract("consero.examinations.no_paging", "CO-025", "CO-032")
def parameters_change_nothing(bench: Bench) -> None:
    """Paging and filter parameters change nothing, as none is documented."""
    plain = bench.call("GET", "/examinations").json
    paged = bench.call("GET", "/examinations", query={"page": "2", "limit": "1", "search": "zzz"}).json
    bench.holds(
        ("CO-025", "CO-032"), plain == paged, "the same list with page, limit and search in the query"
    )


@REGISTER.contract("consero.examinations.same_key", "CO-011")
def key_works_twice(bench: Bench) -> None:
    """The key is a fixed value: it works again and again."""
    first, second = bench.call("GET", "/examinations"), bench.call("GET", "/examinations")
    bench.holds("CO-011", first.status == second.status == 200, "the same key to work twice")


@REGISTER.contract("consero.examinations.elsewhere", "CO-078", "CO-079", "CO-091", profile=Profile.FULL)
def other_addresses_and_methods(bench: Bench) -> None:
    """An unknown address is 404, a wrong method 405 with Allow, a huge body 413."""
    answer = bench.call("GET", "/xyz")
    message = str(answer.at("message"))
    bench.holds(
        "CO-078", answer.status == 404 and "could not be found" in message, "404 with the framework's message"
    )
    answer = bench.call("GET", "/report")
    allowed = answer.status == 405 and "POST" in answer.header("allow")
    bench.holds(
        "CO-079", allowed and "not supported" in str(answer.at("message")), "405 with Allow and a message"
    )
    answer = bench.call(
        "POST", "/report", body=b" " * 4_000_000, headers={"Content-Type": "application/json"}
    )
    bench.holds("CO-091", answer.status == 413, "413 for a body of 4 MB")


def any_examination(bench: Bench) -> int:
    """The id of an examination on offer; stops the contract when there is none.

    A text of digits will do: that it is no number is a matter of CO-028 alone.
    """
    if "examination" not in bench.shelf:
        number = str(bench.call("GET", "/examinations").at(0, "testId"))
        bench.need(re.fullmatch("[0-9]{1,18}", number) is not None, "no examination is on offer")
        bench.shelf["examination"] = int(number)
    found: int = bench.shelf["examination"]
    return found


def _get(item: object, name: str) -> object:
    return item.get(name) if isinstance(item, dict) else None


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
