"""The image of a learner's server: its Dockerfile's steps, carried out without Docker, and a lesson in the result."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import httpx
import psutil
import pytest

from deploy.rehearsal.local_server import wait_for_server
from deploy.rehearsal.seat import Result, Seat
from deploy.rehearsal.server import Server, http_client
from tests.deploy.dockerfile import Image, build, context_files, read_steps
from tests.packages.environments import NOTEBOOKS

DEPLOY = NOTEBOOKS / "deploy" / "hub"
STEPS = read_steps((DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
IGNORED = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8")
PAGE = (NOTEBOOKS / "docs/room.md").read_text(encoding="utf-8")
LESSON = "notebooks/03_create_a_task.ipynb"
TOKEN = "sesame"


@pytest.fixture(scope="module")
def image(offline_pip) -> Iterator[Image]:
    """The image, built. What the project needs is taken from this environment, as pip finds it installed there."""
    root = Path(tempfile.mkdtemp(prefix="image-"))
    here = {"PYTHONPATH": sysconfig.get_path("purelib"), "PIP_COMPILE": "0"}
    arguments = {"UID": str(os.geteuid()), "JUPYTERHUB": version("jupyterhub")}
    steps = [step for step in STEPS if not step.rest.startswith("apt-get ")]  # it would change this machine
    try:
        image = build(steps, NOTEBOOKS, IGNORED, root, Path(sys.executable), {**offline_pip, **here}, **arguments)
        image.environment |= {"PYTHONPATH": here["PYTHONPATH"], "JUPYTER_TOKEN": TOKEN}
        yield image
    finally:
        shutil.rmtree(root)


def test_build_sees_what_it_needs(image):
    """The package, the lessons and pages, the server's configuration; no tests, nothing compiled."""
    sent = context_files(NOTEBOOKS, IGNORED)

    expected = {"LICENSE", "README.md", "deploy", "docs", "helpers", "notebooks", "pyproject.toml"}
    assert {file.parts[0] for file in sent} == expected
    assert [file for file in sent if file.suffix == ".pyc" or "tests" in file.parts] == []


def test_system_packages_are_commands_that_lessons_run():
    """Debian's packages have the names of the commands; this machine, on which the lessons run, has them, too."""
    (step,) = [step for step in STEPS if "apt-get" in step.rest]
    packages = re.findall(r"--no-install-recommends ([\w ]+) &&", step.rest)[0].split()

    assert packages == ["curl", "git"]
    assert all(shutil.which(each) for each in packages)


def test_learner_is_not_root(image):
    """The user is the one that Zero to JupyterHub gives a learner's files to, and the last step but the command."""
    (default,) = [step.rest for step in STEPS if step.rest.startswith("UID=")]
    (user,) = [step.rest for step in STEPS if step.instruction == "USER"]

    assert (default, user) == ("UID=1000", "$UID")
    assert image.folder.stat().st_uid == image.user


def test_lesson_runs_in_the_image_as_it_is_stored(image):
    """The entry point copies the lessons, the server has the configuration for rooms, and a seat does a lesson."""
    changed = image.inside("/home/jovyan/notebooks")
    result = asyncio.run(do_lesson(image))

    assert result.told == "as stored"
    assert (changed / "00_start_here.ipynb").exists()


def test_board_runs_in_the_image(image):
    """The page's arguments for a pod beside the Hub start one that knows the lessons, by the name of its host."""
    (words,) = re.findall(r"-- (sh -c '.* python -m helpers\.room .*')", PAGE)
    words = words.replace("0.0.0.0", "127.0.0.1 --port 0 --also-known-as board")
    running = image.start([*image.entrypoint, *shlex.split(words)], stdout=subprocess.PIPE)
    try:
        url = running.stdout.readline().removeprefix("Room board: ").strip()
        answer = httpx.get(url, headers={"host": "board:8801"}, trust_env=False)
    finally:
        running.terminate()
        running.communicate()

    assert url.endswith("/board?room=K7QM4T")
    assert answer.status_code == 200
    assert 'data-last="0"' not in answer.text


def test_lessons_are_copied_once(image):
    """What the learner changed stays, and other commands, such as the Hub's, take the place of the image's."""
    own = image.inside("/home/jovyan/notebooks/00_start_here.ipynb")
    own.parent.mkdir(exist_ok=True)
    own.write_text("mine", encoding="utf-8")
    running = image.start([*image.entrypoint, "echo", "hello there"], stdout=subprocess.PIPE)

    assert running.communicate()[0] == "hello there\n"
    assert own.read_text(encoding="utf-8") == "mine"


async def do_lesson(image: Image) -> Result:
    """Start the container's command, and let a careless seat and a careful one do a lesson."""
    command = [*image.entrypoint, *image.command, "--ServerApp.port=0", "--ServerApp.port_retries=0", "--allow-root"]
    running = image.start([word.replace("0.0.0.0", "127.0.0.1") for word in command], stderr=subprocess.DEVNULL)
    family = [psutil.Process(running.pid)]
    try:
        runtime = Path(image.environment["JUPYTER_RUNTIME_DIR"])
        url = await wait_for_server(running, runtime)
        async with http_client() as client:
            seat = Seat("01", "careful", Server(url, client, {"Authorization": f"token {TOKEN}"}))
            result = await seat.do(LESSON)
            assert list(runtime.glob("kernel-*.json")) == []
        family += family[0].children(recursive=True)
    finally:
        running.terminate()
        psutil.wait_procs(family, timeout=15)
        running.wait()
    return result
