"""One request on the console, opened by its address."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.console.conftest import Console


def open_newest(console: Console) -> str:
    """Open the address of the newest request; returns its id."""
    newest: str = console.control("/requests")[0]["request_id"]
    console.open("journal", newest)
    return newest


def test_its_row_is_marked_in_the_list(console: Console) -> None:
    console.listed()
    console.listed()
    newest = open_newest(console)
    expect(console.tab.page.locator("tr[aria-selected]")).to_have_id(newest)


def test_an_error_on_demand_says_who_asked_for_it(console: Console) -> None:
    armed = console.control("/faults", {"fault": "status", "vendor": "consero", "code": 401})
    console.listed()
    open_newest(console)
    expect(console.tab.page.locator(".note")).to_have_text(
        f"An error on demand, by the fault {armed['id']} (status)."
    )


def test_a_refusal_by_the_vendors_rules_leads_to_their_statements(console: Console) -> None:
    key = console.sandbox["credentials"]["consero"]["api_key"]
    headers = {"x-api-key": key, "Content-Type": "application/json"}
    assert console.ask("/consero/api/v1/cancel-allocation", headers, '{"invite_id": 404404}') == 404
    open_newest(console)
    link = console.tab.page.locator(".explanation .chips a").first
    statement = link.inner_text()
    link.click()
    expect(console.tab.page.locator("#search")).to_have_value(statement)
    expect(console.tab.page.locator(".statements tbody th")).to_have_text(statement)


def test_moments_among_the_facts_are_dates(console: Console) -> None:
    token = console.sandbox["credentials"]["proctorexam"]["api_token"]
    late = "/proctorexam/api/v3/institutes?nonce=1&timestamp=1795253400000&signature=0"
    assert console.ask(late, {"Authorization": f"Token token={token}"}) == 403
    open_newest(console)
    facts = console.tab.page.locator(".facts")
    expect(facts.locator("dt", has_text="timestamp").first).to_have_text("timestamp")
    expect(facts).to_contain_text("2026-11-21T09:30:00.000Z")
