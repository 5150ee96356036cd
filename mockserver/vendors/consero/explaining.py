"""Why Consero's door refused: the key that was sent, the address that called (CO-009, CO-010)."""

from __future__ import annotations

from mockserver.credentials import shown
from mockserver.errors import AddressNotAllowed, Failure
from mockserver.explain import address_mistakes, api_key_mistakes
from mockserver.explain.explanation import Explanation
from mockserver.neighbours import Neighbours
from mockserver.vendor import Call
from mockserver.vendors.consero.auth import HEADER


def explain(failure: Failure, call: Call, neighbours: Neighbours) -> Explanation:
    """Return the facts of a refused key or address, and the likely mistake."""
    return (
        _of_address(failure, call)
        if isinstance(failure, AddressNotAllowed)
        else _of_key(failure, call, neighbours)
    )


def _of_key(failure: Failure, call: Call, neighbours: Neighbours) -> Explanation:
    request = call.request
    presented = request.header(HEADER.encode())
    mistake = api_key_mistakes.find(
        header=HEADER,
        headers=[(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers],
        query=request.query_string.decode("latin-1"),
        body=request.body[:4096].decode("utf-8", "replace"),
        opens=lambda text: neighbours.opens("consero", text),
        owner=neighbours.owner,
    )
    key = None if presented is None else {"ends_in": shown(presented), "characters": len(presented)}
    return Explanation({**failure.facts(), "presented": key}, mistake)


def _of_address(failure: AddressNotAllowed, call: Call) -> Explanation:
    forwarded = [value.decode("latin-1") for value in call.request.header_values(b"x-forwarded-for")]
    mistake = address_mistakes.find(
        peer=failure.peer,
        forwarded_for=forwarded,
        networks=failure.networks,
        trusted_proxies=call.trusted_proxies,
    )
    facts = {
        **failure.facts(),
        "forwarded_for": forwarded,
        "trusted_proxies": [str(network) for network in call.trusted_proxies],
    }
    return Explanation(facts, mistake)
