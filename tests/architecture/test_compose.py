"""The compose file and the Dockerfile say what the code has: services, commands, environment names. No engine runs here."""

from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from services.cli import COMMANDS, cli
from shared.config import SETTINGS

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if "build" in service}


def test_every_part_of_the_stack_is_there() -> None:
    assert set(COMPOSE["services"]) == {"postgres", "valkey", "migrate", "intake", "dispatcher", "cleaner", "clock"}


@pytest.mark.parametrize("name", sorted(OURS))
def test_command_is_one_that_the_code_has(name: str) -> None:
    words = OURS[name]["command"]
    assert words[0] in COMMANDS
    command: click.Command = cli
    context = click.Context(cli)
    while isinstance(command, click.Group):
        found = command.get_command(context, words.pop(0))
        assert found is not None
        command = found
    command.make_context(name, list(words), resilient_parsing=False)


@pytest.mark.parametrize("name", sorted(OURS))
def test_environment_names_are_settings(name: str) -> None:
    known = {setting.name for setting in SETTINGS}
    assert {given if given in known else given.removesuffix("_FILE") for given in OURS[name]["environment"]} <= known


@pytest.mark.parametrize("name", sorted(set(COMPOSE["services"]) - {"migrate"}))
def test_every_server_has_a_health_check(name: str) -> None:
    assert COMPOSE["services"][name]["healthcheck"]["test"][0] == "CMD"


def test_ports_are_published_on_loopback_only() -> None:
    published = [port for service in COMPOSE["services"].values() for port in service.get("ports", ())]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_no_secret_stands_in_the_file() -> None:
    assert all(
        "PASSWORD" not in name or name.endswith("_FILE")
        for s in COMPOSE["services"].values()
        for name in s.get("environment", {})
    )


def test_health_checks_ask_the_port_that_is_served() -> None:
    for name in ("intake", "dispatcher"):
        port = OURS[name]["ports"][0].rpartition(":")[2]
        assert f":{port}/readyz" in OURS[name]["healthcheck"]["test"][-1]


def test_image_takes_only_what_it_needs() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {line.split()[1] for line in dockerfile.splitlines() if line.startswith("COPY")}
    assert copied == allowed
    assert "USER leadmill" in dockerfile
    assert "--require-hashes" in dockerfile
