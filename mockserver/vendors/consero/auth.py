"""Who may call: first the API key, then the address (CO-009, CO-010, CO-019)."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.access.address import Address, check_allowed, client_address, read_network
from mockserver.access.api_key import presented_key
from mockserver.credentials import Derive
from mockserver.errors import AccessRefused, CredentialUnknown
from mockserver.request import Request
from mockserver.vendor import Call
from mockserver.vendors.consero.invites import door_text
from mockserver.vendors.consero.settings import settings_of

HEADER = "x-api-key"  # CO-009

# Fake on purpose, and as long as the sample of the page (CO-013: 56 characters).
DEFAULT_CREDENTIALS = {"api_key": "fakeconserokey0000000000000000000000000000000000fakefake"}


def new_credentials(derive: Derive, sandbox_id: str) -> dict[str, str]:
    """Return the key of a new sandbox: 56 hexadecimal digits (CO-013)."""
    del sandbox_id
    return {"api_key": derive("consero/api_key").hex()[:56]}


def doors(credentials: Mapping[str, str]) -> dict[str, str]:
    """Return what chooses the sandbox: the key."""
    return {credentials["api_key"]: "customer"}


def try_this(base_url: str, credentials: Mapping[str, str], send: str) -> str:
    """Return a command that lists the examinations."""
    del send
    return f"curl -H 'x-api-key: {credentials['api_key']}' {base_url}/examinations"


def presented(request: Request, path: Mapping[str, str]) -> str | None:
    """Return the key that was sent, or the invite of the path; refusing is left to `admit`."""
    if "token" in path:
        return door_text(path["token"])
    try:
        return presented_key(request.header_values(HEADER.encode()), header=HEADER).decode("latin-1")
    except AccessRefused:
        return None


def admit(call: Call) -> Address | None:
    """Let in who holds a key and calls from an allowed address; return the address.

    Pages are for candidates, who have no key: their handlers look at the invite.

    Raises:
        AccessRefused: by the check `api_key` or `address`.
    """
    assert call.operation is not None
    if call.operation.is_page:
        return None
    presented_key(call.request.header_values(HEADER.encode()), header=HEADER)
    if call.subject is None:
        raise CredentialUnknown(check="api_key", place=HEADER)
    forwarded = [value.decode("latin-1") for value in call.request.header_values(b"x-forwarded-for")]
    address = client_address(call.request.peer, forwarded, call.trusted_proxies)
    networks = [read_network(entry) for entry in settings_of(call.sandbox).allowed_networks]
    check_allowed(address, networks, peer=call.request.peer)
    return address
