"""Many tests at once on one server do not meet, although each one does what would disturb the others."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

TESTS = 200


def test_two_hundred_tests_in_parallel_do_not_meet(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each freezes its clock at a time of its own, uses the same nonces, the same names and a fault."""
    monkeypatch.delenv("MOCKSERVER_URL", raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile(
        f"""
        from datetime import UTC, datetime, timedelta
        import pytest

        NONCE = {{"nonce": "1527500365"}}

        @pytest.mark.parametrize("number", range({TESTS}))
        def test_alone(sandbox, number):
            time = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=number)
            sandbox.clock.freeze(time)
            first = sandbox.send(
                "proctorexam", "POST", "/institutes", {{"name": "Same", "short_name": "s"}}, overrides=NONCE
            )
            assert first.status in (200, 201)
            assert sandbox.clock.now() == time
            assert sandbox.send("proctorexam", "GET", "/institutes", overrides=NONCE).status == 403
            sandbox.fault("status", vendor="consero", code=500, times=1)
            assert sandbox.send("consero", "GET", "/examinations").status == 500
            assert sandbox.send("consero", "GET", "/examinations").status == 200
            assert [entry["status"] for entry in sandbox.requests()] == [200, 500, 403, first.status]
        """
    )
    plugins = ("-p", "mockserver.pytest_plugin", "-p", "xdist.plugin")
    result = pytester.runpytest_subprocess(*plugins, "-W", "error", "-q", "-n", "2")
    result.assert_outcomes(passed=TESTS)
