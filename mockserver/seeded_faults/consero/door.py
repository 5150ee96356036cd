"""What can go wrong at Consero's door: the key and the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.access.address import check_allowed, client_address, read_network
from mockserver.body import query_pairs
from mockserver.errors import AccessRefused, AddressNotAllowed, CredentialMissing
from mockserver.request import Request
from mockserver.seeded_faults.changing import (
    Function,
    change_refusal,
    with_json,
    with_status,
    with_text,
    wrap,
    wrap_part,
)
from mockserver.seeded_faults.fault import Faults
from mockserver.vendor import Call
from mockserver.vendors.consero import VENDOR, auth

FAULTS = Faults("consero")
KEY_CHARACTERS = 56


@FAULTS.add("key-ignored", breaks="CO-009", at="examinations.list")
def key_ignored() -> None:
    """Whoever calls is let in, with any key or none."""
    wrap_part(VENDOR, "admit", lambda real: lambda call: _in_spite_of_the_key(real, call))


@FAULTS.add("key-checked-on-get-only", breaks="CO-009 CO-016", at="allocations.cancel")
def key_checked_on_get_only() -> None:
    """The key is looked at on GET and on no POST."""
    wrap_part(
        VENDOR,
        "admit",
        lambda real: (
            lambda call: real(call) if call.request.method == "GET" else _in_spite_of_the_key(real, call)
        ),
    )


@FAULTS.add("key-in-query", breaks="CO-009", at="examinations.list")
def key_in_query() -> None:
    """A key in the query opens the door as well."""
    _accept(lambda request: dict(query_pairs(request)).get("api_key"))


@FAULTS.add("key-as-bearer", breaks="CO-009", at="examinations.list")
def key_as_bearer() -> None:
    """A key in the header Authorization opens the door as well."""
    _accept(lambda request: (request.header(b"authorization") or "").removeprefix("Bearer ") or None)


@FAULTS.add("key-cut", breaks="CO-009", at="examinations.list")
def key_cut() -> None:
    """Only the first 56 characters of the key count."""
    wrap_part(VENDOR, "presented", _changed_key(lambda key: key[:KEY_CHARACTERS]))


@FAULTS.add("key-case-ignored", breaks="CO-009", at="examinations.list")
def key_case_ignored() -> None:
    """Upper-case letters of the key count as lower-case ones."""
    wrap_part(VENDOR, "presented", _changed_key(str.lower))


@FAULTS.add("allowlist-ignored", breaks="CO-010 CO-018", at="examinations.list")
def allowlist_ignored() -> None:
    """Every address may call."""
    wrap(auth, "check_allowed", lambda _: lambda *_, **__: None)


@FAULTS.add("address-before-key", breaks="CO-019", at="examinations.list")
def address_before_key() -> None:
    """The address is looked at before the key."""

    def make(real: Function) -> Function:
        def admit(call: Call) -> Any:
            address = client_address(call.request.peer, [], ())
            networks = [read_network(entry) for entry in call.sandbox.settings["consero"].allowed_networks]
            check_allowed(address, networks, peer=call.request.peer)
            return real(call)

        return admit

    wrap_part(VENDOR, "admit", make)


@FAULTS.add("refused-with-403", breaks="CO-015", at="examinations.list")
def refused_with_403() -> None:
    """A rejected key is answered with 403."""
    change_refusal(VENDOR, AccessRefused, with_status(403))


@FAULTS.add("refused-in-other-words", breaks="CO-014", at="examinations.list")
def refused_in_other_words() -> None:
    """A rejected key is answered with another message."""
    change_refusal(VENDOR, AccessRefused, with_text("Unauthorized API key.", "Unauthorized."))


@FAULTS.add("missing-key-told-apart", breaks="CO-017", at="examinations.list")
def missing_key_told_apart() -> None:
    """A missing key gets another answer than a wrong one."""
    change_refusal(
        VENDOR,
        CredentialMissing,
        lambda answer: with_json(with_status(401)(answer), lambda _: {"message": "API key missing."}),
    )


def _in_spite_of_the_key(real: Function, call: Call) -> Any:
    try:
        return real(call)
    except AddressNotAllowed:
        raise
    except AccessRefused:
        return str(call.request.peer)


def _accept(elsewhere: Any) -> None:
    """Take the key from another place, too."""

    def make(real: Function) -> Function:
        def presented(request: Request, path: Mapping[str, str]) -> str | None:
            key: str | None = real(request, path) or elsewhere(request)
            return key

        return presented

    def admitting(real: Function) -> Function:
        return lambda call: real(call) if call.subject is None else _in_spite_of_the_key(real, call)

    wrap_part(VENDOR, "presented", make)
    wrap_part(VENDOR, "admit", admitting)


def _changed_key(change: Any) -> Any:
    def make(real: Function) -> Function:
        def presented(request: Request, path: Mapping[str, str]) -> str | None:
            key = real(request, path)
            return None if key is None else change(key)

        return presented

    return make
