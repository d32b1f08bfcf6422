"""The Compose file: an application beside the emulator."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
import pytest
import yaml

from helpers.emulator.command.option_variables import read_options, variable_of
from helpers.emulator.command.serve_options import serve_parser
from helpers.emulator.server import start
from tests.deploy.dockerfile import read_steps
from tests.packages.environments import NOTEBOOKS

FOLDER = NOTEBOOKS / "deploy" / "emulator"
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
EMULATOR = COMPOSE["services"]["taskrouter"]
APPLICATION = COMPOSE["services"]["application"]
STEPS = {step.instruction: step for step in read_steps((FOLDER / "Dockerfile").read_text(encoding="utf-8"))}


@pytest.fixture
def given():
    """Options of the emulator in its container, as its command reads them."""
    words = [*STEPS["ENTRYPOINT"].words()[1:], *EMULATOR["command"]]
    given = read_options(serve_parser(), words, EMULATOR["environment"])
    assert given.remarks == []
    return given.options


def test_every_variable_is_one_that_is_read():
    """Each variable of the emulator's is that of an option."""
    assert set(EMULATOR["environment"]) <= {variable_of(action) for action in serve_parser()._actions}


def test_application_gets_in(given):
    """With the address and the credentials that it is given, and by the service's name, it is answered."""
    environment = APPLICATION["environment"]
    address = urlsplit(environment["TASKROUTER_URL"])
    auth = (environment["TWILIO_ACCOUNT_SID"], environment["TWILIO_AUTH_TOKEN"])
    options = {"account_sid": given.account_sid, "auth_token": given.auth_token, "also_known_as": given.also_known_as}

    assert (address.hostname, address.port) == ("taskrouter", given.port)
    with start(**options) as running:
        answer = httpx.get(f"{running.url}/v1/Workspaces", headers={"Host": address.netloc}, auth=auth, trust_env=False)
    assert answer.status_code == 200


def test_application_is_called_back(given):
    """Its address is another machine's for the emulator, which may call there."""
    assert urlsplit(APPLICATION["environment"]["PUBLIC_URL"]).hostname in COMPOSE["services"]
    assert given.allow_remote_callbacks is True


def test_application_waits_until_the_emulator_is_healthy():
    """The image has a health check, and the application starts after it has agreed."""
    assert APPLICATION["depends_on"] == {"taskrouter": {"condition": "service_healthy"}}
    assert "HEALTHCHECK" in STEPS


def test_only_this_machine_reaches_the_port(given):
    """The port is published on loopback, and the data's folder is the image's volume."""
    assert EMULATOR["ports"] == [f"127.0.0.1:{given.port}:{given.port}"]
    assert EMULATOR["volumes"] == [f"taskrouter:{STEPS['VOLUME'].rest}"]
    assert set(COMPOSE) == {"services", "volumes"}
    assert set(COMPOSE["volumes"]) == {"taskrouter"}
