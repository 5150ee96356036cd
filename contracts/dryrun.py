"""Profile dry: what a run would send, by contract and by operation, without sending anything."""

from contracts.engine import count_generated
from contracts.options import RunOptions
from contracts.safety import Profile
from contracts.surface import load_surface
from contracts.vendors import load_vendor


def describe(options: RunOptions) -> str:
    """The plan of all profiles, each line with the lowest profile that sends it."""
    vendor, surface = load_vendor(options.vendor), load_surface(options.vendor)
    lines = [f"Nothing was sent. A run against {options.base_url} would", "", "ask these named contracts:"]
    for contract in vendor.register:
        if options.only is None or contract.id.startswith(options.only):
            lines.append(f"  {contract.profile.label:<9} {contract.id}: {contract.summary}")
    lines += ["", "and send these generated requests:"]
    for operation, number in count_generated(surface, options.base_url, options.seed):
        left_out = vendor.cases.left_out.get(operation.id)
        reads = operation.method == "GET" and operation.id not in vendor.rules.changing_gets
        profile = Profile.READONLY if reads else Profile.STANDARD
        what = f"none: {left_out}" if left_out else f"{number} times {operation.method} {operation.path}"
        lines.append(f"  {profile.label:<9} {operation.row}: {what}")
    if vendor.rules.lasting:
        lines += [
            "",
            "What profile standard or full creates stays: the vendor documents no way to remove it.",
        ]
    lines += ["", "What a profile forbids is refused again in the transport, whatever asks for it."]
    return "\n".join(lines)
