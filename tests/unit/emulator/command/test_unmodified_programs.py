"""Programs that know only https://taskrouter.twilio.com reach the emulator as they are.

A line in the hosts file would lead the name here, and the emulator would listen on port 443. Both need an
administrator, so the tests lead the connection instead, below the program: in Python the look-up of the name, in Node
the TLS connection, in curl by an option. Name, certificate, requests and answers are the real ones.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys

import pytest

from tests.node_packages import TWILIO, TWILIO_CLI

NAME = "taskrouter.twilio.com"

PYTHON = f"""
import socket, sys

look_up = socket.getaddrinfo

def lead_here(host, port, *others, **more):
    assert (host, port) == ("{NAME}", 443)
    return look_up("127.0.0.1", int(sys.argv[1]), *others, **more)

socket.getaddrinfo = lead_here

from twilio.rest import Client

workspaces = Client().taskrouter.v1.workspaces
for number in range(3):
    workspaces.create(friendly_name=f"Desk {{number}}")
print([each.friendly_name for each in workspaces.list(page_size=2)])
"""

NODE = f"""
const tls = require("node:tls");
const {{ connect }} = tls;
tls.connect = (options, ...rest) => {{
  if (options.host !== "{NAME}" || options.port !== 443) throw new Error(`a connection to ${{options.host}}`);
  return connect({{ ...options, host: "127.0.0.1", port: Number(process.env.EMULATOR_PORT) }}, ...rest);
}};
"""

SCRIPT = """
const workspaces = require("twilio")().taskrouter.v1.workspaces;
workspaces.create({ friendlyName: "Care Desk" })
  .then(() => workspaces.list())
  .then((found) => console.log(found.map((each) => each.friendlyName)));
"""


@pytest.fixture
def variables(tmp_path):
    """What the emulator prints for a shell, with its port; at its end nothing else was said than what to trust."""
    options = ["--env", "--make-certificate", str(tmp_path / "certificates"), "--also-known-as", NAME]
    emulator = subprocess.Popen(
        [sys.executable, "-m", "helpers.emulator", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert emulator.stdout is not None
    lines = [emulator.stdout.readline() for _ in range(7)]
    found = dict(shlex.split(line)[0].split("=", 1) for line in lines)
    yield found | {"EMULATOR_PORT": found["TASKROUTER_URL"].rpartition(":")[2]}
    emulator.send_signal(signal.SIGTERM)
    out, err = emulator.communicate(timeout=10)

    assert (emulator.returncode, out, err.count("\n")) == (0, "", 1)
    assert err.startswith(f"Clients must trust {tmp_path}/certificates/authority.pem.")
    assert all(f"{name}={value}" in err for name, value in found.items() if "CERT" in name or "BUNDLE" in name)


@pytest.fixture
def run(variables):
    """Run a program with these variables, and return what it prints."""

    def run_program(*words, **more):
        done = subprocess.run(
            [*map(str, words)], env=os.environ | variables | more, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run_program


def test_sdk_for_python(run, variables):
    """`Client()` takes credentials and trust from the environment, and goes from page to page."""
    assert run(sys.executable, "-c", PYTHON, variables["EMULATOR_PORT"]) == "['Desk 0', 'Desk 1', 'Desk 2']\n"


def test_curl(run, variables):
    """The address is Twilio's, letter by letter."""
    there = f"{NAME}:443:127.0.0.1:{variables['EMULATOR_PORT']}"
    account = f"{variables['TWILIO_ACCOUNT_SID']}:{variables['TWILIO_AUTH_TOKEN']}"
    asked = ["curl", "-fsS", "--connect-to", there, "-u", account, f"https://{NAME}/v1/Workspaces"]

    assert json.loads(run(*asked, "-d", "FriendlyName=Care Desk"))["friendly_name"] == "Care Desk"
    assert [each["friendly_name"] for each in json.loads(run(*asked))["workspaces"]] == ["Care Desk"]


def test_sdk_for_node_and_the_cli(run, tmp_path, record_property):
    """Both trust what NODE_EXTRA_CA_CERTS names, and connect to nothing else; only without Node this is left out."""
    if reason := TWILIO.why_not() or TWILIO_CLI.why_not():
        record_property("left out", reason)
        return
    hook = tmp_path / "lead_here.js"
    hook.write_text(NODE)
    own = {
        "NODE_OPTIONS": f"--require {hook}",
        "NODE_PATH": str(TWILIO.home / "node_modules"),
        "HOME": str(tmp_path),
        "TWILIO_SKIP_NEW_VERSION_CHECK": "true",
    }
    assert run("node", "-e", SCRIPT, **own) == "[ 'Care Desk' ]\n"

    cli = TWILIO_CLI.home / "node_modules" / ".bin" / "twilio"
    run("node", cli, "api:taskrouter:v1:workspaces:create", "--friendly-name", "Second", **own)
    listed = run("node", cli, "api:taskrouter:v1:workspaces:list", "-o", "json", **own)
    assert [each["friendlyName"] for each in json.loads(listed)] == ["Care Desk", "Second"]
