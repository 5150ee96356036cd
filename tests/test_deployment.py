"""The compose file and the Kubernetes example fit the server: options, ports, probes and names are real."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from mockserver.cli.environment import CREDENTIALS, add_server_options, settings_from

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
OBJECTS = {
    one["kind"]: one for one in yaml.safe_load_all((ROOT / "docs" / "kubernetes.yaml").read_text("utf-8"))
}
POD = OBJECTS["Deployment"]["spec"]["template"]
CONTAINER = POD["spec"]["containers"][0]
SERVER = COMPOSE["services"]["mockserver"]
KUBERNETES_ENVIRONMENT = {one["name"]: one.get("value", "") for one in CONTAINER["env"]}
READY = [SERVER["healthcheck"]["test"][1:], CONTAINER["readinessProbe"]["exec"]["command"]]
SERVICE_KEYS = {  # those of the Compose specification that are used here
    *("build", "image", "command", "environment", "ports", "depends_on", "healthcheck", "read_only", "tmpfs"),
    *("volumes", "security_opt", "cap_drop", "restart"),
}
TOKEN = "t" * 24


def known_variables() -> Iterator[str]:
    """Every variable that the server reads."""
    parser = argparse.ArgumentParser()
    add_server_options(parser)
    for action in parser._actions:
        yield f"MOCKSERVER_{action.dest.upper()}"
    for vendor, names in CREDENTIALS.items():
        yield from (f"MOCKSERVER_{vendor.upper()}_{name.upper()}" for name in names)
    yield "MOCKSERVER_CONSERO_ALLOWED_NETWORKS"


@pytest.mark.parametrize("name", sorted(SERVER["environment"].keys() | KUBERNETES_ENVIRONMENT.keys()))
def test_variable_is_one_that_the_server_reads(name: str) -> None:
    assert name in set(known_variables())


@pytest.mark.parametrize(
    "environment", [SERVER["environment"], KUBERNETES_ENVIRONMENT], ids=["compose", "k8s"]
)
def test_server_takes_the_values(environment: dict[str, str]) -> None:
    parser = argparse.ArgumentParser()
    add_server_options(parser)
    settings = settings_from(parser.parse_args([]), {**environment, "MOCKSERVER_DATABASE": "sqlite://"})
    assert settings.vendor_settings["consero"]["allowed_networks"]


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_service_uses_known_keys(name: str) -> None:
    assert COMPOSE["services"][name].keys() <= SERVICE_KEYS


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_service_is_checked_and_starts_again(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert service["restart"] == "unless-stopped"


def test_named_volumes_are_declared() -> None:
    mounted = [volume.partition(":")[0] for one in COMPOSE["services"].values() for volume in one["volumes"]]
    assert sorted(mounted) == sorted(COMPOSE["volumes"])


def test_compose_publishes_to_this_machine_only() -> None:
    assert [port.startswith("127.0.0.1:") for port in SERVER["ports"]] == [True]


def test_selectors_find_the_pods() -> None:
    labels = POD["metadata"]["labels"]
    selectors = [
        OBJECTS["Deployment"]["spec"]["selector"]["matchLabels"],
        OBJECTS["Service"]["spec"]["selector"],
        OBJECTS["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
    ]
    assert [selector.items() <= labels.items() for selector in selectors] == [True, True, True]


def test_ports_have_the_names_that_probes_and_service_use() -> None:
    names = {port["name"] for port in CONTAINER["ports"]}
    used = {
        OBJECTS["Service"]["spec"]["ports"][0]["targetPort"],
        CONTAINER["livenessProbe"]["httpGet"]["port"],
        CONTAINER["startupProbe"]["httpGet"]["port"],
    }
    assert used == names


def test_read_only_root_has_a_place_for_what_workers_exchange() -> None:
    assert SERVER["read_only"]
    assert SERVER["tmpfs"] == ["/tmp"]
    assert CONTAINER["securityContext"]["readOnlyRootFilesystem"]
    assert [mount["mountPath"] for mount in CONTAINER["volumeMounts"]] == ["/tmp"]


@pytest.mark.parametrize("command", READY, ids=["compose", "kubernetes"])
def test_readiness_command_succeeds_when_ready(command: list[str], serve: Callable[..., Any]) -> None:
    with serve("--host", "0.0.0.0", "--database", "sqlite://", "--admin-token", TOKEN) as server:
        assert asked(command, server.url, TOKEN).returncode == 0


@pytest.mark.parametrize("command", READY, ids=["compose", "kubernetes"])
def test_readiness_command_fails_without_a_server(command: list[str]) -> None:
    assert asked(command, "http://127.0.0.1:1", TOKEN).returncode == 2


def asked(command: list[str], url: str, token: str) -> subprocess.CompletedProcess[str]:
    """Run a probe's command as it runs inside of the container."""
    program, *arguments = command
    assert program == "mockserver"
    environment = {**os.environ, "MOCKSERVER_URL": url, "MOCKSERVER_ADMIN_TOKEN": token}
    return subprocess.run(
        [sys.executable, "-m", program, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
