"""What clients get wrong with `Authorization: Token token=<api_token>`.

Source: PE-014, PE-015, PE-449, PE-462.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from mockserver.explain.explanation import Mistake

MAX_LOOKUPS = 12
FORM = "Send Authorization: Token token=<api_token>"
_NAMES = ("api_token", "token", "apitoken", "access_token", "api_key")
_TOKEN_PART = re.compile(r"token\s*=\s*", re.IGNORECASE)


def find(
    *,
    authorization: Sequence[str],
    parameters: Mapping[str, str],
    headers: Mapping[str, str],
    secret_of: Callable[[str], str | None],
    opens: Callable[[str], bool],
    owner: Callable[[str], str | None],
) -> Mistake | None:
    """Return what is wrong with the place or the form of a token; None where no token of ours was sent.

    `secret_of` says whose secret key a text is.
    """
    value = authorization[0].strip() if authorization else ""
    scheme, _, rest = value.partition(" ")
    bare = _TOKEN_PART.sub("", rest or value).strip().strip("\"'")
    if bare and opens(bare):
        return _of_form(scheme, rest, value)
    if bare and (whose := secret_of(bare)):
        return Mistake(
            "secret_sent_as_token", f"{FORM}: what was sent is the secret key of {whose}, keep it secret."
        )
    for name in _NAMES[:MAX_LOOKUPS]:
        if name in parameters and opens(parameters[name]):
            return Mistake("token_in_parameters", f"{FORM}: it was found in the parameter {name}.")
        for header in (name, f"x-{name}".replace("_", "-"), name.replace("_", "-")):
            if header in headers and opens(headers[header]):
                return Mistake("token_in_another_header", f"{FORM}: it was found in the header {header}.")
    if bare and (whose := owner(bare)):
        return Mistake(
            "token_of_another_sandbox", f"Use the token of a living sandbox: this one belongs to {whose}."
        )
    return None


def of_missing_parameter(name: str, sent: Sequence[str], headers: Mapping[str, str]) -> Mistake | None:
    """Return where a missing nonce, timestamp or signature was put instead."""
    for other in sent:
        if other.lower().replace("-", "_") == name:
            return Mistake(
                "parameter_in_other_letters",
                f"Write the parameter {name} in lower-case letters, not {other[:40]}.",
            )
    for header in (name, f"x-{name}"):
        if header in headers:
            return Mistake(
                "parameter_in_header",
                f"Send {name} as a parameter of query or body: it was found in the header {header}.",
            )
    return None


def _of_form(scheme: str, rest: str, value: str) -> Mistake | None:
    if not rest:
        return Mistake("scheme_missing", f"{FORM}: the word Token is missing.")
    if scheme.lower() != "token":
        return Mistake(f"scheme_{_slug(scheme)}", f"{FORM}: the word is Token, not {scheme[:20]}.")
    if "token=" not in rest:
        return Mistake("token_name_missing", f"{FORM}: token= is missing before the token.")
    if rest.count('"') == 1:
        return Mistake("stray_quotation_mark", f"{FORM}: one quotation mark is too many.")
    if "'" in rest:
        return Mistake("single_quotation_marks", f"{FORM}, in double quotation marks or none.")
    if value != f"{scheme} {rest.strip()}" or " " in rest or "\t" in rest:
        return Mistake("token_with_blanks", f"{FORM}, with exactly one blank behind Token.")
    return Mistake("scheme_written_otherwise", f"{FORM}, in these letters.") if scheme != "Token" else None


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower())[:20].strip("_") or "unknown"
