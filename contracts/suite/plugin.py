"""Options of the suite and the one run behind all its tests."""

import argparse
import os
from pathlib import Path

import pytest

from contracts.addresses import AddressError
from contracts.admin import Admin, AdminFailed
from contracts.command import ADMIN_TOKEN, UsageError, credentials_for, options_of
from contracts.credentials import CredentialsError
from contracts.options import PROFILES
from contracts.progress import Progress
from contracts.redaction import Redactor
from contracts.result import Outcome, RunResult
from contracts.run import run
from contracts.runclock import RunClock
from contracts.statements import EVIDENCE, VENDORS, load_statements
from contracts.verdict import Verdict

SUITE = "contracts.suite.test_statements"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("contracts", "contracts of a proctoring vendor")
    group.addoption("--contracts-base-url", help="what a client of the vendor is configured with")
    group.addoption("--contracts-vendor", choices=VENDORS)
    group.addoption("--contracts-profile", choices=PROFILES[1:])
    group.addoption("--contracts-evidence", choices=EVIDENCE)
    group.addoption("--contracts-admin-url", help="control API of a mock")
    group.addoption("--contracts-credentials", type=Path, help="file of mode 600 with NAME=value lines")
    group.addoption("--contracts-i-own-this-server", action="store_true")
    group.addoption(
        "--contracts-out", type=Path, default=Path("contracts-report"), help="where the ledger goes"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "statement" not in metafunc.fixturenames or metafunc.module.__name__ != SUITE:
        return
    vendor = metafunc.config.getoption("--contracts-vendor")
    base_url = metafunc.config.getoption("--contracts-base-url")
    if not vendor or not base_url:
        raise pytest.UsageError("The suite needs --contracts-vendor and --contracts-base-url.")
    metafunc.parametrize("statement", list(load_statements(vendor)))


@pytest.fixture(scope="session")
def redactor() -> Redactor:
    """What hides the credentials of the run in all that a test says."""
    return Redactor()


@pytest.fixture(scope="session")
def result(pytestconfig: pytest.Config, redactor: Redactor) -> RunResult:
    """The run, made once; pytest ends with 2 where it cannot start."""
    option = pytestconfig.getoption
    arguments = argparse.Namespace(
        vendor=option("--contracts-vendor"),
        base_url=option("--contracts-base-url"),
        profile=option("--contracts-profile"),
        evidence=option("--contracts-evidence"),
        admin_url=option("--contracts-admin-url"),
        credentials=option("--contracts-credentials"),
        i_own_this_server=option("--contracts-i-own-this-server"),
        report="",
        out=option("--contracts-out"),
        seed=0,
        max_requests=None,
        rate=None,
        waivers=None,
        only=None,
        quiet=True,
        sign_url_ids=True,
    )
    clock, admin = RunClock(), None
    try:
        options = options_of(arguments)
        if options.admin_url is not None:
            admin = Admin(options.admin_url, os.environ.get(ADMIN_TOKEN), clock)
        credentials = credentials_for(arguments, options, admin)
        for secret in credentials.secrets:
            redactor.learn(secret)
        return run(options, credentials, admin, clock, Progress(redactor, quiet=True))
    except (UsageError, AddressError, CredentialsError, AdminFailed) as error:
        pytest.exit(redactor.text(str(error)), returncode=Outcome.COULD_NOT_RUN)
    finally:
        if admin is not None:
            admin.close_sandbox()


@pytest.fixture
def verdict(result: RunResult, statement: str) -> Verdict:
    return next(one for one in result.verdicts if one.id == statement)
