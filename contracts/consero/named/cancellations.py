"""POST /cancel-allocation, and what becomes of the invite link."""

import json

from contracts.bench import Bench, Stop
from contracts.consero.named.allocations import BAD_IDS, new_allocation
from contracts.consero.register import REGISTER
from contracts.exchange import Answer
from contracts.safety import Profile, origin_of

CANCEL = "allocations.cancel"


@REGISTER.contract(
    "consero.cancellations.cancel",
    "CO-008", "CO-021", "CO-022", "CO-041", "CO-051", "CO-053", "CO-054", "CO-055", "CO-056",
    operations=(CANCEL,),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def cancel(bench: Bench) -> None:
    """Cancelling by invite id, sent as the sample does: JSON without a Content-Type."""
    invite_id = new_allocation(bench).at("data", "invite_id")
    answer = bench.call("POST", "/cancel-allocation", body=b'{"invite_id": %d}' % invite_id)
    bench.holds(("CO-021", "CO-022"), answer.accepted, "JSON without a Content-Type to be read")
    if not answer.accepted:
        answer = bench.call("POST", "/cancel-allocation", json_body={"invite_id": invite_id})
    bench.must(("CO-051", "CO-041", "CO-053"), answer.accepted, "the invite id to be taken")
    bench.holds("CO-056", answer.status == 200, "status 200")
    bench.holds("CO-008", answer.content_type == "application/json", "the content type application/json")
    bench.holds(
        "CO-054",
        answer.at("success") is True
        and answer.at("message") == "Allocation cancelled successfully."
        and answer.at("data", "invite_id") == invite_id
        and set(answer.at("data") or {}) == {"invite_id", "status"},
        "success true, the printed message and data of invite_id and status",
    )
    bench.holds("CO-055", answer.at("data", "status") == "inValid", "the status inValid")


@REGISTER.contract("consero.cancellations.refused", "CO-053", "CO-057", profile=Profile.FULL)
def cancel_without_a_usable_id(bench: Bench) -> None:
    """invite_id is required, an integer, and has to be known."""
    for body in (
        {},
        {"inviteId": new_allocation(bench).at("data", "invite_id")},
        *({"invite_id": bad} for bad in BAD_IDS),
    ):
        answer = bench.call("POST", "/cancel-allocation", json_body=body)
        bench.holds("CO-053", not answer.accepted, f"{body} to be refused")
    answer = bench.call("POST", "/cancel-allocation", json_body={"invite_id": 2_000_000_000})
    bench.holds(
        "CO-057",
        answer.status == 404 and answer.at("success") is False,
        "404 with success false for an unknown invite",
    )


@REGISTER.contract("consero.cancellations.again", "CO-094", profile=Profile.STANDARD)
def cancelled_twice(bench: Bench) -> None:
    """A cancelled invite is cancelled once, and has no report any more."""
    body = {"success": False, "message": "Allocation is already cancelled."}
    invite_id = new_allocation(bench).at("data", "invite_id")
    bench.need(
        bench.call("POST", "/cancel-allocation", json_body={"invite_id": invite_id}).accepted, "not cancelled"
    )
    for path, name in (("/cancel-allocation", "invite_id"), ("/report", "inviteId")):
        answer = bench.call("POST", path, json_body={name: invite_id})
        bench.holds("CO-094", answer.status == 409 and answer.json == body, f"409 with {json.dumps(body)}")


@REGISTER.contract(
    "consero.cancellations.link", "CO-042", "CO-051", "CO-052", "CO-099", profile=Profile.STANDARD
)
def cancelled_link_is_dead(bench: Bench) -> None:
    """The invite link opens before the cancellation and refuses afterwards."""
    allocation = new_allocation(bench)
    link = str(allocation.at("data", "invite_link"))
    if origin_of(link) != origin_of(bench.door.base_url):
        raise Stop(f"the invite link leads to {origin_of(link)}, not to the server of this run")
    before = open_link(bench, link)
    bench.need(before.accepted, "the invite link does not open even before the cancellation")
    bench.holds("CO-042", before.accepted, "the invite link to open")
    bench.holds("CO-099", b"<button" in before.body, "a page with a button")
    cancelled = bench.call(
        "POST", "/cancel-allocation", json_body={"invite_id": allocation.at("data", "invite_id")}
    )
    bench.need(cancelled.accepted, "the cancellation was refused")
    after = open_link(bench, link)
    bench.holds(("CO-051", "CO-052"), after.refused, "the link of a cancelled invite to be refused")
    bench.holds("CO-099", after.status == 403, "403 for the link of a cancelled invite")
    unknown = open_link(bench, f"{link.rpartition('/')[0]}/{bench.unique('nobody')}")
    bench.holds("CO-099", unknown.status == 404, "404 for the link of nobody")


def open_link(bench: Bench, link: str) -> Answer:
    """Follow a link of an answer, which lies beside the base URL, without credentials."""
    return bench.call("GET", link, sign=False)
