"""The Compose file: an application beside the emulator."""

from __future__ import annotations

import shlex
import subprocess
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import yaml

from helpers.emulator.command.option_variables import read_options, variable_of
from helpers.emulator.command.serve_options import serve_parser
from helpers.emulator.server import start
from tests.deploy.dockerfile import Step, read_steps
from tests.docs.own_network import own_network
from tests.packages.environments import NOTEBOOKS

FOLDER = NOTEBOOKS / "deploy" / "emulator"
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
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
    """Its address is another machine's for the emulator, which can call there."""
    assert urlsplit(APPLICATION["environment"]["PUBLIC_URL"]).hostname in COMPOSE["services"]
    assert given.allow_remote_callbacks is True


def test_services_find_each_other(terminal_environment, tmp_path, record_property):
    """Both as processes in a network of their own, with the services' names: a Task is assigned by a callback."""
    shell = own_network(tmp_path)
    if shell is None:
        record_property("left out", "the Compose file was not tried: there is no network namespace (unshare) here")
        return
    (tmp_path / "application.py").write_text(PROGRAM, encoding="utf-8")
    script = f"""
        echo "127.0.0.1 taskrouter" >> /etc/hosts
        echo "127.0.0.2 application" >> /etc/hosts
        {assignments(EMULATOR)} {shlex.join([*STEPS["ENTRYPOINT"].words(), *EMULATOR["command"]])} > ready.json &
        until {shlex.join(HEALTH)} 2> /dev/null; do kill -0 $! || exit 1; sleep 0.1; done
        {assignments(APPLICATION)} python application.py
        kill $!; wait
    """
    done = subprocess.run(
        [*shell, script], cwd=tmp_path, env=terminal_environment, capture_output=True, text=True, timeout=100
    )

    assert done.stdout == "assigned\n", done.stderr


HEALTH = Step("CMD", STEPS["HEALTHCHECK"].rest.partition("CMD ")[2]).words()

PROGRAM = """
import json, os, threading, time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

import requests
from twilio.rest import Client
from taskrouter_emulator.sdk import EmulatorHttpClient


class Application(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"instruction": "accept"}')

    def log_message(self, *_):
        pass


own = urlsplit(os.environ["PUBLIC_URL"])
server = HTTPServer((own.hostname, own.port), Application)
threading.Thread(target=server.serve_forever, daemon=True).start()

http_client = EmulatorHttpClient(os.environ["TASKROUTER_URL"], after_callbacks=True)
workspaces = Client(http_client=http_client).taskrouter.v1.workspaces
workspace = workspaces(workspaces.create(friendly_name="Desk", template="FIFO").sid)
available = workspace.activities.list(available="true")[0]
workspace.workers.create(friendly_name="Alice", activity_sid=available.sid)
workspace.workflows.list()[0].update(assignment_callback_url=own.geturl() + "/assignment_callback")
print(workspace.tasks(workspace.tasks.create().sid).fetch().assignment_status)
"""


def assignments(service: dict[str, Any]) -> str:
    """A service's variables, as they stand before a command."""
    return " ".join(f"{name}={shlex.quote(value)}" for name, value in service["environment"].items())


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
