"""What can go wrong with ProctorExam's token and signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from mockserver.access.freshness import read_timestamp
from mockserver.access.hmac_signature import sign, string_to_sign
from mockserver.errors import SignatureMismatch
from mockserver.seeded_faults.changing import Function, wrap
from mockserver.seeded_faults.fault import Faults
from mockserver.vendor import Call
from mockserver.vendors.proctorexam import auth
from mockserver.vendors.proctorexam.keys import FIRST_USER, keys_of
from mockserver.vendors.proctorexam.reading import parameters

FAULTS = Faults("proctorexam")
BOILERPLATE = "8aac70c9906ad0812f4fbc34617322f985b4ac978cec861724f142cb572b88ff"
HALF = 32


@FAULTS.add("signature-ignored", breaks="PE-026 PE-027 PE-030", at="exams.index")
def signature_ignored() -> None:
    """Any 64 hexadecimal digits are a signature."""
    wrap(auth, "check_signature", lambda _: lambda *_: auth.SIGNED_WITH_IDS)


@FAULTS.add("signature-on-post-ignored", breaks="PE-046", at="exams.create")
def signature_on_post_ignored() -> None:
    """Signatures are checked on GET and on nothing else."""

    def make(real: Function) -> Function:
        def verified(call: Call, secret: str) -> Any:
            if call.request.method == "GET":
                return real(call, secret)
            found = parameters(call)
            return read_timestamp(found.get("timestamp")), found

        return verified

    wrap(auth, "_verified", make)


@FAULTS.add("empty-key", breaks="PE-026 PE-031", at="exams.index")
def empty_key() -> None:
    """A signature of the empty key is as good as one of the secret."""
    _accept_also(lambda _, texts: [(b"", text) for text in texts])


@FAULTS.add("token-as-key", breaks="PE-031", at="exams.index")
def token_as_key() -> None:
    """A signature may be made with the token."""

    def make(real: Function) -> Function:
        def verified(call: Call, secret: str) -> Any:
            try:
                return real(call, secret)
            except SignatureMismatch:
                return real(call, auth.presented_token(call.request))

        return verified

    wrap(auth, "_verified", make)


@FAULTS.add("key-of-another-user", breaks="PE-026", at="users.create")
def key_of_another_user() -> None:
    """The secret of the first user signs for every user."""
    wrap(auth, "keys_of", lambda _: lambda sandbox, user_id: keys_of(sandbox, min(user_id, FIRST_USER)))


@FAULTS.add("upper-case-signature", breaks="PE-032", at="exams.index")
def upper_case_signature() -> None:
    """Upper-case hexadecimal digits are taken."""
    wrap(auth, "read_signature", lambda real: lambda value: real(value and value.lower()))


@FAULTS.add("half-a-signature", breaks="PE-026", at="exams.index")
def half_a_signature() -> None:
    """Only the first 32 digits of a signature are compared."""
    wrap(auth, "read_signature", lambda _: lambda value: value)

    def make(real: Function) -> Function:
        def check(presented: str, secret: bytes, candidates: Any) -> Any:
            for name, text in candidates:
                if presented and sign(secret, text)[:HALF] == presented[:HALF]:
                    return name
            return real(presented or "", secret, candidates)

        return check

    wrap(auth, "check_signature", make)


@FAULTS.add("joined-by-ampersand", breaks="PE-027", at="exams.index")
def joined_by_ampersand() -> None:
    """Parameters joined by & are signed as well as those joined by ?."""
    _accept_texts(lambda sent: "&".join(f"{name}={sent[name]}" for name in sorted(sent)))


@FAULTS.add("unsorted", breaks="PE-039", at="exams.index")
def unsorted() -> None:
    """The order of the parameters does not count."""
    _accept_texts(lambda sent: "?".join(f"{name}={sent[name]}" for name in sorted(sent, reverse=True)))


@FAULTS.add("signed-encoded", breaks="PE-028", at="exams.index")
def signed_encoded() -> None:
    """Percent-encoded values are signed as well as plain ones."""
    _accept_texts(lambda sent: urlencode(sorted(sent.items())).replace("&", "?"))


@FAULTS.add("question-mark-in-front", breaks="PE-038", at="exams.index")
def question_mark_in_front() -> None:
    """A ? before the first parameter does no harm."""
    _accept_texts(lambda sent: "?" + string_to_sign(sent))


@FAULTS.add("unsigned-parameters", breaks="PE-052", at="exams.index")
def unsigned_parameters() -> None:
    """A signature over timestamp, nonce and page covers whatever else is sent."""
    signed = ("timestamp", "nonce", "page")
    _accept_texts(lambda sent: string_to_sign({name: sent[name] for name in signed if name in sent}))


@FAULTS.add("printed-signature", breaks="PE-053", at="exams.index")
def printed_signature() -> None:
    """The signature that every page prints opens the door."""
    wrap(
        auth,
        "check_signature",
        lambda real: (
            lambda presented, *rest: (
                auth.SIGNED_WITH_IDS if presented == BOILERPLATE else real(presented, *rest)
            )
        ),
    )


@FAULTS.add("python-booleans", breaks="PE-045 PE-046", at="exams.create")
def python_booleans() -> None:
    """A JSON true is signed as True."""
    wrap(
        auth,
        "signed_parameters",
        lambda real: (
            lambda found: {
                name: str(value) if isinstance(value, bool) else value for name, value in real(found).items()
            }
        ),
    )


@FAULTS.add("bearer-accepted", breaks="PE-014", at="exams.index")
def bearer_accepted() -> None:
    """The token is taken under the scheme Bearer as well."""
    _read_token_by(rb'(?:Token token=|Bearer )(?:"([!#-~]{1,512})"|([!#-~]{1,512}))')


@FAULTS.add("bare-token", breaks="PE-014", at="exams.index")
def bare_token() -> None:
    """The token is taken without its scheme."""
    _read_token_by(rb'(?:Token token=)?(?:"([!#-<>-~]{1,512})"|([!#-<>-~]{1,512}))')


@FAULTS.add("quoted-token-refused", breaks="PE-462", at="exams.index")
def quoted_token_refused() -> None:
    """A quoted token is not understood."""
    _read_token_by(rb'Token token=(?:"(\b\B)"|([!#-~]{1,512}))')


@FAULTS.add("token-as-parameter", breaks="PE-018", at="exams.index")
def token_as_parameter() -> None:
    """A token among the parameters opens the door, as in v2."""
    wrap(
        auth,
        "presented_token",
        lambda real: lambda request: _token_parameter(request.query_string) or real(request),
    )


def _token_parameter(query: bytes) -> str | None:
    found = re.search(rb"api_token=([^&]+)", query)
    return found[1].decode() if found else None


def _read_token_by(pattern: bytes) -> None:
    setattr(auth, "_TOKEN", re.compile(pattern))  # noqa: B010 - a plain assignment would be a private name


def _accept_also(more: Callable[[bytes, list[str]], list[tuple[bytes, str]]]) -> None:
    """Take signatures over further pairs of key and text."""

    def make(real: Function) -> Function:
        def check(presented: str, secret: bytes, candidates: list[tuple[str, str]]) -> Any:
            for key, text in more(secret, [text for _, text in candidates]):
                if sign(key, text) == presented:
                    return auth.SIGNED_WITH_IDS
            return real(presented, secret, candidates)

        return check

    wrap(auth, "check_signature", make)


def _accept_texts(text_of: Callable[[Mapping[str, str]], str]) -> None:
    """Take signatures over one more text."""

    def make(real: Function) -> Function:
        def candidates(call: Call, sent: Mapping[str, str]) -> Any:
            return [*real(call, sent), ("other", text_of({**sent, **call.path}))]

        return candidates

    wrap(auth, "_candidates", make)
