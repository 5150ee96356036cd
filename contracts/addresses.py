"""Which vendors `contracts run` judges, and where each of them is."""

from collections.abc import Callable, Iterable

from contracts.statements import VENDORS

ALL = "all"


class AddressError(Exception):
    """It is not said where a vendor is; the message says how to say it."""


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
