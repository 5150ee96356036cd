"""What a failed test shows: the requests that were refused while it ran, and the mistakes probably made."""

from __future__ import annotations

import pytest
from pytest_runs import QUIET

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.usefixtures("alone")


def test_failed_test_shows_what_was_refused(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_report(sandbox):
            answer = sandbox.send("consero", "POST", "/report", {"inviteId": 7})
            assert answer.status == 200
        """
    )
    result = pytester.runpytest_subprocess(*QUIET)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*- refused by mockserver -*",
            "req-*  404  consero POST /api/v1/report",
            "  refused by rules: *",
            "  passed before: api_key, address",
        ]
    )


def test_failed_test_names_the_likely_mistake(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_institutes(sandbox):
            sandbox.clock.freeze("2026-11-21T09:30:00Z")
            wrong = {"timestamp": "1795253400"}  # seconds, where milliseconds are wanted
            assert sandbox.send("proctorexam", "GET", "/institutes", overrides=wrong).status == 200
        """
    )
    result = pytester.runpytest_subprocess(*QUIET)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["req-*  403  proctorexam GET /api/v3/institutes", "  likely mistake: *seconds*", "    *millisecond*"]
    )


def test_failed_test_shows_what_came_with_a_credential_of_nobody(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_list(sandbox):
            key = {"x-api-key": sandbox.credentials("consero")["api_key"] + "0"}
            assert sandbox.send("consero", "GET", "/examinations", headers=key).status == 200
        """
    )
    result = pytester.runpytest_subprocess(*QUIET)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*- refused by mockserver -*",
            "with a credential of nobody (by this test or another one at the same time):",
            "req-*  401  consero GET /api/v1/examinations",
            "  refused by api_key: The credential belongs to nobody.",
        ]
    )


def test_failed_test_that_uses_it_through_a_fixture_shows_it_too(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.fixture
        def report(sandbox):
            return sandbox.send("consero", "POST", "/report", {"inviteId": 7})

        def test_report(report):
            assert report.status == 200
        """
    )
    result = pytester.runpytest_subprocess(*QUIET)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*- refused by mockserver -*", "*consero POST /api/v1/report"])


def test_passed_test_shows_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_report(sandbox):
            assert sandbox.send("consero", "POST", "/report", {"inviteId": 7}).status == 404
        """
    )
    result = pytester.runpytest_subprocess(*QUIET, "-rA")
    result.assert_outcomes(passed=1)
    assert "refused by mockserver" not in result.stdout.str()


def test_name_of_any_test_will_do(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("text", ["ü\\n\\x00", "x" * 300])
        def test_name(sandbox, text):
            assert sandbox.name
        """
    )
    pytester.runpytest_subprocess(*QUIET).assert_outcomes(passed=2)
