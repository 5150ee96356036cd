"""The three vendors as the harness knows them: signing, rules of safety, named contracts."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from contracts.credentials import Credentials
from contracts.runclock import RunClock
from contracts.safety import VendorRules
from contracts.surface import Surface

if TYPE_CHECKING:
    from requests import PreparedRequest

    from contracts.cases import Cases
    from contracts.contract import Register

    Signer = Callable[[PreparedRequest], PreparedRequest]

# Stands wherever a credential belongs until the request leaves; only there it is replaced. Anything
# above the door, the engine's curl lines and crash notes included, never sees more than this.
PLACEHOLDER = "contracts-fills-this-in"


@dataclass(frozen=True)
class SigningOptions:
    """Settings of the run that change what is signed."""

    sign_url_ids: bool = True


@dataclass(frozen=True)
class Vendor:
    """All that differs from vendor to vendor; built in contracts/<vendor>/vendor.py."""

    name: str
    title: str
    rules: VendorRules
    signer: Callable[[Credentials, Surface, str, RunClock, SigningOptions], "Signer"]
    ask_for_credentials: Callable[[str, str, dict[str, str], dict[str, Any]], None]
    register: "Register"
    cases: "Cases"


def load_vendor(name: str) -> Vendor:
    """The vendor of contracts/<name>/, imported only when it is needed."""
    vendor: Vendor = import_module(f"contracts.{name}.vendor").VENDOR
    return vendor
