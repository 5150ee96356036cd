"""The samples of Consero's page, as a shell runs them."""

from __future__ import annotations

from interoperability_programs import RunClient, statuses


def test_samples_of_the_page(run_client: RunClient) -> None:
    """CO-020 to CO-023, CO-100: curl calls the JSON of two of them a form."""
    calls = run_client("consero_curl.sh")
    assert statuses(calls) == {
        "list": 200,
        "allocate": 201,
        "report": 200,
        "cancel": 200,
        "cancel again": 409,
    }
    assert calls["list"]["body"] == [{"testId": 119, "testName": "Technology - Email Test"}]
    assert calls["allocate"]["body"]["data"]["invite_id"] == 143
    assert calls["report"]["body"]["status"] == "Pass"
    assert calls["cancel"]["body"]["data"] == {"invite_id": 143, "status": "inValid"}
