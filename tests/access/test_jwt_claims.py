"""What a token claims: when it is good, for how long, and for whom."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.access.jwt_token import check_audience, check_lifetime, read_token
from mockserver.errors import TokenRefused
from tests.access.tokens import NOW, NOW_MS, made


@pytest.mark.parametrize("expiry", [NOW + 0.001, NOW + 30, NOW + 300, 9_999_999_999, 2**62, 1e300])
def test_token_is_good_before_its_expiry(expiry: float) -> None:
    """CP-016, CP-021, CP-022: no cap on the lifetime unless one is set."""
    check_lifetime(read_token(made({"exp": expiry})), now_ms=NOW_MS)


@pytest.mark.parametrize("expiry", [NOW, NOW - 0.001, NOW - 1, 0, -1, 1612994131])
def test_token_is_expired_on_and_after_its_expiry(expiry: float) -> None:
    """RFC 7519, 4.1.4."""
    with pytest.raises(TokenRefused) as refused:
        check_lifetime(read_token(made({"exp": expiry})), now_ms=NOW_MS)
    assert refused.value.problem == "it has expired"
    assert refused.value.now_ms == NOW_MS
    assert refused.value.claims == {"exp": expiry}


@pytest.mark.parametrize(
    "expiry",
    [None, True, False, "9999999999", " 9_999_999_999 ", "٩٩٩٩٩٩٩٩٩٩", "", [9999999999], {"a": 1}],
)
@pytest.mark.parametrize("claim", ["exp", "nbf", "iat"])
def test_time_that_is_no_number_is_refused(claim: str, expiry: Any) -> None:
    with pytest.raises(TokenRefused) as refused:
        check_lifetime(read_token(made({"exp": NOW + 30, claim: expiry})), now_ms=NOW_MS)
    assert refused.value.problem == f"its {claim} is not a number"


def test_expiry_is_a_must_unless_told_otherwise() -> None:
    """CP-016, and CP-025 for the data token."""
    token = read_token(made({"iss": "x"}))
    with pytest.raises(TokenRefused) as refused:
        check_lifetime(token, now_ms=NOW_MS)
    assert refused.value.problem == "it has no exp"
    check_lifetime(token, now_ms=NOW_MS, required=False)


def test_optional_expiry_counts_when_it_is_there() -> None:
    """CP-026."""
    with pytest.raises(TokenRefused):
        check_lifetime(read_token(made({"exp": NOW})), now_ms=NOW_MS, required=False)


@pytest.mark.parametrize("claim", ["nbf", "iat"])
@pytest.mark.parametrize("start", [0, NOW - 1, NOW])
def test_token_is_good_from_its_start_on(claim: str, start: float) -> None:
    check_lifetime(read_token(made({"exp": NOW + 30, claim: start})), now_ms=NOW_MS)


@pytest.mark.parametrize("claim", ["nbf", "iat"])
@pytest.mark.parametrize("start", [NOW + 0.001, NOW + 3600])
def test_token_of_the_future_is_refused(claim: str, start: float) -> None:
    """CP-283."""
    with pytest.raises(TokenRefused) as refused:
        check_lifetime(read_token(made({"exp": NOW + 7200, claim: start})), now_ms=NOW_MS)
    assert refused.value.problem == f"its {claim} is in the future"
    assert refused.value.now_ms == NOW_MS


def test_leeway_widens_every_bound() -> None:
    within = made({"exp": NOW - 4.999, "nbf": NOW + 5, "iat": NOW + 5})
    check_lifetime(read_token(within), now_ms=NOW_MS, leeway_seconds=5)
    check_lifetime(
        read_token(made({"exp": NOW + 35})), now_ms=NOW_MS, leeway_seconds=5, max_lifetime_seconds=30
    )


@pytest.mark.parametrize(
    "claims",
    [{"exp": NOW - 5}, {"exp": NOW + 30, "nbf": NOW + 5.001}, {"exp": NOW + 30, "iat": NOW + 5.001}],
)
def test_leeway_ends(claims: dict[str, float]) -> None:
    with pytest.raises(TokenRefused):
        check_lifetime(read_token(made(claims)), now_ms=NOW_MS, leeway_seconds=5)


def test_lifetime_can_be_capped() -> None:
    """CP-022."""
    check_lifetime(read_token(made({"exp": NOW + 30})), now_ms=NOW_MS, max_lifetime_seconds=30)
    with pytest.raises(TokenRefused) as refused:
        check_lifetime(read_token(made({"exp": NOW + 30.001})), now_ms=NOW_MS, max_lifetime_seconds=30)
    assert refused.value.problem == "its exp is more than 30 seconds ahead"
    assert refused.value.now_ms == NOW_MS


@pytest.mark.parametrize("audience", ["lms", ["lms"], [], "", None])
def test_token_for_somebody_else_is_refused(audience: Any) -> None:
    """CP-282: whoever does not find itself in the audience must refuse (RFC 7519, 4.1.3)."""
    with pytest.raises(TokenRefused) as refused:
        check_audience(read_token(made({"exp": NOW, "aud": audience})))
    assert refused.value.problem == "its aud names another audience"
    assert refused.value.claims == {"exp": NOW, "aud": audience}


def test_token_without_an_audience_is_for_everybody() -> None:
    check_audience(read_token(made({"exp": NOW})))
