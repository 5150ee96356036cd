"""Which vendors `contracts run` judges, and where each of them is."""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from contracts.safety import is_loopback
from contracts.statements import VENDORS

ALL = "all"


class AddressError(Exception):
    """It is not said where a vendor is; the message says how to say it."""


def check_base_url(url: str) -> None:
    """Refuse an address that no request can be sent to, or none with credentials.

    Raises: AddressError.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise AddressError(f"--base-url has to be an http or https address, not {url!r}.")
    if parts.username or parts.password:
        raise AddressError(
            "--base-url must not hold a user or password: credentials never stand on a command line."
        )
    if parts.query or parts.fragment:
        raise AddressError("--base-url ends with a path: what follows ? or # would be in every request.")
    if parts.scheme == "http" and not is_loopback(url):
        raise AddressError(
            "Credentials do not travel in the clear: use https for a server that is not on this machine."
        )


def vendors_of(names: Iterable[str]) -> list[str]:
    """The vendors that were named, each once, in the order of the vendors."""
    named = set(names)
    return [vendor for vendor in VENDORS if vendor in named or ALL in named]


def addresses_of(
    vendors: list[str], base_urls: Iterable[str], ask: Callable[[str], str] | None
) -> dict[str, str]:
    """The base URL of each vendor, from `URL` for a single one or `VENDOR=URL`; `ask` tells those left out.

    Raises: AddressError.
    """
    given: dict[str, str] = {}
    for text in base_urls:
        name, equals, url = text.partition("=")
        if not (equals and name in VENDORS):
            name, url = vendors[0], text
            if len(vendors) > 1:
                raise AddressError(f"Say whose address this is: --base-url VENDOR={text}")
        if name not in vendors:
            raise AddressError(f"--base-url names {name}, which is not judged: add --vendor {name}.")
        if name in given:
            raise AddressError(f"--base-url is given twice for {name}.")
        given[name] = url
    missing = [vendor for vendor in vendors if vendor not in given]
    if missing and ask is None:
        wanted = [f"--base-url {vendor}=URL" if len(vendors) > 1 else "--base-url URL" for vendor in missing]
        raise AddressError(f"Say where the server is: {' '.join(wanted)}")
    return {vendor: given[vendor] if ask is None or vendor in given else ask(vendor) for vendor in vendors}
