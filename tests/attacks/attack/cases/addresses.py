"""Consero's allowlist: which address counts, behind proxies and without."""

from __future__ import annotations

from attack.case import Case, Settings, one
from attack.requests import Headers, Keyed
from attack.shapes import CONSERO_ADDRESS, CONSERO_REFUSED, anything, exactly, expect
from attack.world import PROXY, STRANGER

OK = expect(200, shape=anything)
REFUSED = expect(403, shape=exactly(CONSERO_ADDRESS))
NO_KEY = expect(401, shape=exactly(CONSERO_REFUSED))
DEFAULT = ["127.0.0.1/32", "::1/128"]
XFF = "X-Forwarded-For"


def allowed(*networks: str) -> Settings:
    return Settings({"consero.allowed_networks": list(networks)})


def behind_proxy(*values: str, more: Headers = ()) -> Keyed:
    return Keyed(source=PROXY, headers=(*((XFF, value) for value in values), *more))


THROUGH_PROXY = {
    "I06a real client allowed": (("127.0.0.1",), OK),
    "I06b allowed behind a second proxy": (("127.0.0.1, 127.0.0.3",), OK),
    "I06c IPv6": (("::1",), OK),
    "I06d IPv4-mapped": (("::ffff:127.0.0.1",), OK),
    "I06e with port": (("127.0.0.1:49152",), OK),
    "I06f IPv6 with port": (("[::1]:49152",), OK),
    "I04a allowed address prepended": (("127.0.0.1, 198.51.100.7",), REFUSED),
    "I04b allowed addresses prepended": (("127.0.0.1, ::1, 127.0.0.1, 198.51.100.7",), REFUSED),
    "I05a two fields": (("127.0.0.1", "198.51.100.7"), REFUSED),
    "I05b two fields, allowed last": (("198.51.100.7", "127.0.0.1"), OK),
    "I07 not allowed": (("198.51.100.7",), REFUSED),
    "I08a script": (("<script>, ,",), REFUSED),
    "I08b empty": (("",), REFUSED),
    "I08c unknown": (("unknown",), REFUSED),
    "I08d hidden": (("_hidden",), REFUSED),
    "I08e 10,000 entries": (("127.0.0.1," * 5_000 + "127.0.0.1",), REFUSED),
    "I08f empty entry last": (("127.0.0.1,",), REFUSED),
    "I08g empty entry between": (("127.0.0.1,,127.0.0.3",), REFUSED),
    "I08h name": (("localhost",), REFUSED),
    "I08i number": (("2130706433",), REFUSED),
    "I08j hexadecimal": (("0x7f000001",), REFUSED),
    "I08k short": (("127.1",), REFUSED),
    "I08l leading zeros": (("127.000.000.001",), REFUSED),
    "I08m octal": (("0177.0.0.1",), REFUSED),
    "I08n network": (("127.0.0.1/32",), REFUSED),
    "I08o zone": (("::1%lo",), REFUSED),
    "I08p port too large": (("127.0.0.1:99999",), REFUSED),
    "I08q quoted": (('"127.0.0.1"',), REFUSED),
    "I08r Forwarded's words": (("for=127.0.0.1",), REFUSED),
    "I08s blank inside": (("127.0.0.1 127.0.0.1",), REFUSED),
    "I08t full-width digits": (("１27.0.0.1".encode().decode("latin-1"),), REFUSED),
    "I08u semicolon": (("127.0.0.1;127.0.0.3",), REFUSED),
    "I12a NAT64": (("64:ff9b::7f00:1",), REFUSED),
    "I12b 6to4": (("2002:7f00:1::",), REFUSED),
    "I12c IPv4-compatible": (("::127.0.0.1",), REFUSED),
    "I12d unspecified": (("0.0.0.0",), REFUSED),
    "I12e unspecified IPv6": (("::",), REFUSED),
    "I12f broadcast": (("255.255.255.255",), REFUSED),
    "I19 all hops trusted": (("127.0.0.3, 127.0.0.3",), REFUSED),
}
OTHER_HEADERS = {
    "I09a X-Real-IP": "X-Real-IP",
    "I09b Forwarded": "Forwarded",
    "I09c True-Client-IP": "True-Client-IP",
    "I09d CF-Connecting-IP": "CF-Connecting-IP",
    "I09e X-Client-IP": "X-Client-IP",
    "I09f X-Forwarded": "X-Forwarded",
    "I09g X-Cluster-Client-IP": "X-Cluster-Client-IP",
    "I09h Client-IP": "Client-IP",
    "I09i Via": "Via",
}
EDGES = {
    "I13a inside of /31": ("198.51.100.2/31", "198.51.100.3", OK),
    "I13b before /31": ("198.51.100.2/31", "198.51.100.1", REFUSED),
    "I13c after /31": ("198.51.100.2/31", "198.51.100.4", REFUSED),
    "I13d last of /24": ("198.51.100.0/24", "198.51.100.255", OK),
    "I13e after /24": ("198.51.100.0/24", "198.51.101.0", REFUSED),
    "I13f first of /8": ("10.0.0.0/8", "10.0.0.0", OK),
    "I13g before /8": ("10.0.0.0/8", "9.255.255.255", REFUSED),
    "I13h last of /127": ("2001:db8::2/127", "2001:db8::3", OK),
    "I13i after /127": ("2001:db8::2/127", "2001:db8::4", REFUSED),
    "I13j last of /64": ("2001:db8::/64", "2001:db8::ffff:ffff:ffff:ffff", OK),
    "I13k after /64": ("2001:db8::/64", "2001:db8:0:1::", REFUSED),
    "I11a ::/0 and a mapped address": ("::/0", "::ffff:198.51.100.7", REFUSED),
    "I11b 0.0.0.0/0 and IPv6": ("0.0.0.0/0", "2001:db8::1", REFUSED),
    "I11c mapped network": ("::ffff:198.51.100.0/120", "198.51.100.7", OK),
}

CASES: list[Case] = [
    one("I01a", "apikey-ip", "peer not in the list, good key", Keyed(source=STRANGER), REFUSED),
    one("I01b", "apikey-ip", "peer not in the list, bad key", Keyed(source=STRANGER, keys=("bad",)), NO_KEY),
    one("I01c", "apikey-ip", "peer not in the list, no key", Keyed(source=STRANGER, keys=()), NO_KEY),
    one(
        "I02",
        "apikey-ip",
        "stranger says he is allowed",
        Keyed(source=STRANGER, headers=((XFF, "127.0.0.1"),)),
        REFUSED,
    ),
    one(
        "I03",
        "apikey-ip",
        "header of nobody's proxy is not looked at",
        Keyed(headers=((XFF, "203.0.113.9"),)),
        OK,
    ),
    *(
        one(
            name.partition(" ")[0],
            "apikey-ip",
            f"through a trusted proxy: {name.partition(' ')[2]}",
            behind_proxy(*values),
            expected,
        )
        for name, (values, expected) in THROUGH_PROXY.items()
    ),
    *(
        one(
            name.partition(" ")[0],
            "apikey-ip",
            f"stranger sends {header}",
            Keyed(source=STRANGER, headers=((header, "127.0.0.1"),)),
            REFUSED,
        )
        for name, header in OTHER_HEADERS.items()
    ),
    *(
        one(
            name.partition(" ")[0] + "p",
            "apikey-ip",
            f"proxy sends {header} only",
            Keyed(source=PROXY, headers=((header, "127.0.0.1"),)),
            REFUSED,
        )
        for name, header in OTHER_HEADERS.items()
    ),
    *(
        Case(
            name.partition(" ")[0],
            "apikey-ip",
            f"edge: {name.partition(' ')[2]}",
            (allowed(network), (behind_proxy(address), expected), allowed(*DEFAULT)),
        )
        for name, (network, address, expected) in EDGES.items()
    ),
    Case(
        "I15",
        "apikey-ip",
        "empty allowlist allows nobody",
        (allowed(), (Keyed(), REFUSED), allowed(*DEFAULT)),
    ),
    Case(
        "I16",
        "apikey-ip",
        "entry removed: refused with the next request",
        ((Keyed(), OK), allowed("192.0.2.0/24"), (Keyed(), REFUSED), allowed(*DEFAULT), (Keyed(), OK)),
    ),
]
