"""The fixed key of Consero, put in at send time.

Written without a look at the server's code: shared code would make one mistake look like agreement.
Source: CO-009.
"""

from typing import TYPE_CHECKING, Any

from contracts.credentials import Credentials
from contracts.runclock import RunClock
from contracts.surface import Surface
from contracts.vendors import PLACEHOLDER, SigningOptions

if TYPE_CHECKING:
    from requests import PreparedRequest

KEY_HEADER = "x-api-key"


class Signer:
    """Replaces the placeholder in the key header; any other value is left as it is."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def __call__(self, request: "PreparedRequest") -> "PreparedRequest":
        if request.headers.get(KEY_HEADER) == PLACEHOLDER:
            request.headers[KEY_HEADER] = self._credentials["api_key"]
        return request


def signer(
    credentials: Credentials, _surface: Surface, _base_url: str, _clock: RunClock, _options: SigningOptions
) -> Signer:
    return Signer(credentials)


def ask_for_credentials(_method: str, _path: str, headers: dict[str, str], _query: dict[str, Any]) -> None:
    """Mark where the key belongs."""
    headers.setdefault(KEY_HEADER, PLACEHOLDER)
