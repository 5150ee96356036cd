"""Who gets in: the key in its header, and the address the call comes from."""

import json

from contracts.bench import Bench
from contracts.consero.auth import KEY_HEADER
from contracts.consero.register import REGISTER
from contracts.exchange import Answer
from contracts.safety import Profile, is_loopback

REFUSAL = {"success": False, "message": "Unauthorized API key."}
OTHER_LOOPBACK_ADDRESS = "127.0.0.2"


@REGISTER.contract("consero.key.right", "CO-009", operations=("examinations.list",), control=True)
def right_key(bench: Bench) -> None:
    """The right key in the header x-api-key is accepted."""
    answer = bench.call("GET", "/examinations")
    bench.must("CO-009", answer.status == 200, "a call with a valid key to be accepted")


@REGISTER.contract("consero.key.missing", "CO-009", "CO-014", "CO-015", "CO-017")
def missing_key(bench: Bench) -> None:
    """A call without the header is refused like a wrong key."""
    answer = bench.call("GET", "/examinations", sign=False)
    bench.holds("CO-009", answer.refused, "a call without a key to be refused")
    _judge_refusal(bench, answer)
    bench.holds("CO-017", is_documented_refusal(answer), "the documented refusal of a wrong key")


@REGISTER.contract("consero.key.wrong", "CO-009", "CO-014", "CO-015")
def wrong_key(bench: Bench) -> None:
    """A wrong key is refused with 401 and the printed body."""
    answer = bench.call("GET", "/examinations", sign=False, headers={KEY_HEADER: "0" * 56})
    bench.holds("CO-009", answer.refused, "a wrong key to be refused")
    _judge_refusal(bench, answer)


@REGISTER.contract("consero.key.almost", "CO-009")
def almost_right_key(bench: Bench) -> None:
    """The right key with one character more, one less, or in other letters' case is a wrong key."""
    key = bench.credentials["api_key"]
    for spoilt in (key + "0", key[:-1], key.swapcase() if key.swapcase() != key else key[::-1]):
        answer = bench.call("GET", "/examinations", sign=False, headers={KEY_HEADER: spoilt})
        bench.holds("CO-009", answer.refused, "a key that is only almost right to be refused")


@REGISTER.contract("consero.key.elsewhere", "CO-009")
def key_elsewhere(bench: Bench) -> None:
    """The right key in the query or in another header does not count."""
    key = bench.credentials["api_key"]
    answer = bench.call("GET", "/examinations", sign=False, query={KEY_HEADER: key, "api_key": key})
    bench.holds("CO-009", answer.refused, "a key in the query to be refused")
    answer = bench.call("GET", "/examinations", sign=False, headers={"Authorization": f"Bearer {key}"})
    bench.holds("CO-009", answer.refused, "a key in the Authorization header to be refused")


@REGISTER.contract("consero.key.everywhere", "CO-009", "CO-016", profile=Profile.STANDARD)
def every_operation_checks_the_key(bench: Bench) -> None:
    """The three POST calls refuse a wrong key before they look at the body."""
    for path in ("/allocate-candidate", "/cancel-allocation", "/report"):
        answer = bench.call("POST", path, sign=False, headers={KEY_HEADER: "0" * 56}, json_body={})
        bench.holds("CO-009", answer.refused, "a wrong key to be refused")
        bench.holds("CO-016", is_documented_refusal(answer), "the refusal printed under GET /examinations")


@REGISTER.contract("consero.address.outside", "CO-010", "CO-018", profile=Profile.FULL)
def address_outside_the_list(bench: Bench) -> None:
    """A caller whose address is not on the allow list is refused, whatever its key."""
    if not is_loopback(bench.door.base_url):
        bench.not_exercised(
            ("CO-010", "CO-018"), "needs a second source address; only a loopback server offers one"
        )
        return
    answer = bench.call("GET", "/examinations", source_address=OTHER_LOOPBACK_ADDRESS)
    bench.holds("CO-010", answer.refused, f"a good key from {OTHER_LOOPBACK_ADDRESS} to be refused")
    bench.holds(
        "CO-018",
        answer.status == 403 and answer.at("success") is False and isinstance(answer.at("message"), str),
        "403 with success false and a message",
    )


@REGISTER.contract("consero.address.inside", "CO-010", "CO-019", control=True)
def address_inside_the_list(bench: Bench) -> None:
    """The address this run calls from is on the allow list, and a wrong key is refused first."""
    answer = bench.call("GET", "/examinations")
    bench.must("CO-010", answer.status == 200, "a call from an address on the list to be accepted")


@REGISTER.contract("consero.address.order", "CO-019", profile=Profile.FULL)
def key_before_address(bench: Bench) -> None:
    """Outside the list a wrong key is answered as a wrong key."""
    if not is_loopback(bench.door.base_url):
        bench.not_exercised("CO-019", "needs a second source address; only a loopback server offers one")
        return
    answer = bench.call(
        "GET",
        "/examinations",
        sign=False,
        headers={KEY_HEADER: "0" * 56},
        source_address=OTHER_LOOPBACK_ADDRESS,
    )
    bench.holds("CO-019", is_documented_refusal(answer), "the key to be checked before the address")


def _judge_refusal(bench: Bench, answer: Answer) -> None:
    """How a refusal looks, where there is one: that there has to be one is CO-009."""
    if answer.refused:
        bench.holds("CO-015", answer.status == 401, "status 401 for a rejected key")
        bench.holds("CO-014", answer.json == REFUSAL, f"the body {json.dumps(REFUSAL)}")
    else:
        bench.unclear(("CO-014", "CO-015"), f"the key was not rejected: {bench.describe()}")


def is_documented_refusal(answer: Answer) -> bool:
    return answer.status == 401 and answer.json == REFUSAL
