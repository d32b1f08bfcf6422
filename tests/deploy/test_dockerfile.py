"""The image of the emulator: its Dockerfile's steps, carried out without Docker."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.deploy.dockerfile import Image, build, context_files, read_steps
from tests.packages.environments import EMULATOR, NOTEBOOKS

DEPLOY = NOTEBOOKS / "deploy" / "emulator"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8")
ACCOUNT = ("AC" + "1" * 32, "sesame")
PATIENCE_SECONDS = 30


@pytest.fixture(scope="module")
def image(offline_pip) -> Iterator[Image]:
    """The image, built; its port is one that is free here, because a machine has not one network for each of us."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    steps = read_steps(DOCKERFILE.replace("8700", port))
    root = Path(tempfile.mkdtemp())  # pytest's own folders are closed to other users
    root.chmod(0o755)
    compiled = root / "compiled"  # by whichever server is first: most of what pip would compile is never imported
    compiled.mkdir()
    compiled.chmod(0o777)
    arguments = {} if os.geteuid() == 0 and reachable_python() else {"UID": str(os.geteuid())}
    python = reachable_python() or Path(sys.executable)
    try:
        image = build(steps, NOTEBOOKS, IGNORED, root, python, {**offline_pip, "PIP_COMPILE": "0"}, **arguments)
        image.environment["PYTHONPYCACHEPREFIX"] = str(compiled)
        yield image
    finally:
        shutil.rmtree(root)


def reachable_python() -> Path | None:
    """A Python of this version that every user can run; none, where there is only one below root's home."""
    python = Path(f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}")
    can_make_environments = [python, "-c", "import ensurepip, venv"]
    works = python.exists() and subprocess.run(can_make_environments, stderr=subprocess.DEVNULL).returncode == 0
    return python if works else None


@pytest.fixture
def container(image: Image) -> Iterator[subprocess.Popen[str]]:
    """The image's server, started as Docker does, with an account of the tests'."""
    sid, token = ACCOUNT
    image.environment |= {"TASKROUTER_EMULATOR_ACCOUNT_SID": sid, "TASKROUTER_EMULATOR_AUTH_TOKEN": token}
    running = image.start([*image.entrypoint, "--also-known-as", "taskrouter"], stdout=subprocess.PIPE)
    yield running
    running.kill()
    running.wait()
    assert running.stdout
    running.stdout.close()


def is_healthy(image: Image) -> bool:
    """True if the image's health check says so."""
    return image.start(image.health, stderr=subprocess.DEVNULL).wait() == 0


def wait_until_healthy(image: Image) -> None:
    """Ask the health check until it agrees."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_healthy(image):
        assert time.monotonic() < end, "it doesn't become healthy"


def ask(image: Image, path: str, **options: object) -> httpx.Response:
    """Send a request to the container."""
    port = image.entrypoint[image.entrypoint.index("--port") + 1]
    return httpx.request(url=f"http://127.0.0.1:{port}{path}", trust_env=False, **{"method": "GET", **options})


def test_only_the_package_is_sent(image):
    """The build sees the emulator's folder, without what Python has compiled, and nothing else of this project."""
    sent = context_files(NOTEBOOKS, IGNORED)

    assert {file.parts[:2] for file in sent} == {EMULATOR.relative_to(NOTEBOOKS).parts}
    assert "pyproject.toml" in {file.name for file in sent}
    assert not [file for file in sent if file.suffix == ".pyc"]


def test_user_is_not_root(image):
    """The user has a number, which Kubernetes can tell from root's, and can write where the data is kept."""
    (user,) = [step.rest for step in read_steps(DOCKERFILE) if step.instruction == "USER"]
    (default,) = [step.rest for step in read_steps(DOCKERFILE) if step.instruction == "ARG"]

    assert user == "$UID"
    assert int(default.removeprefix("UID=")) > 0
    assert [volume.stat().st_uid for volume in image.volumes] == [image.user]


def test_unhealthy_without_a_server(image):
    """The health check fails where nothing answers."""
    assert is_healthy(image) is False


def test_healthy_once_it_answers(image, container):
    """The health check agrees as soon as the server answers, without a password; the server is not root's."""
    wait_until_healthy(image)

    assert psutil.Process(container.pid).uids().real == image.user


def test_it_is_open_to_the_network_with_a_password(image, container):
    """Others reach it by an address or a name that it was told; the emulator's own routes ask for the account."""
    wait_until_healthy(image)
    hosts = {host: ask(image, "/_emulator/health", headers={"Host": host}).status_code for host in HOSTS}

    assert hosts == HOSTS
    assert ask(image, "/_emulator/clock").status_code == 401
    assert ask(image, "/_emulator/clock", auth=ACCOUNT).status_code == 200


HOSTS = {"taskrouter:8700": 200, "192.0.2.7:8700": 200, "elsewhere.test": 403}


def test_data_outlives_the_container(image, container):
    """SIGTERM, by which Docker stops a container, ends it with 0; the next one on the volume has what was made."""
    wait_until_healthy(image)
    made = ask(image, "/v1/Workspaces", method="POST", data={"FriendlyName": "Desk"}, auth=ACCOUNT).json()
    container.send_signal(signal.SIGTERM)
    assert container.wait(timeout=PATIENCE_SECONDS) == 0

    again = image.start(image.entrypoint, stdout=subprocess.DEVNULL)
    wait_until_healthy(image)
    kept = ask(image, f"/v1/Workspaces/{made['sid']}", auth=ACCOUNT)
    again.send_signal(signal.SIGTERM)

    assert again.wait(timeout=PATIENCE_SECONDS) == 0
    assert kept.json()["friendly_name"] == "Desk"
