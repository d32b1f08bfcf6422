"""The page on containers and CI: its lines fit the files in `deploy/emulator`, and a runner can carry them out."""

from __future__ import annotations

import shlex

import pytest
import yaml

from helpers.emulator.command.serve_options import serve_parser
from tests.deploy.test_action import ACTION
from tests.docs.snippets import PAGES, snippets_of
from tests.docs.terminal import type_in
from tests.packages.environments import NOTEBOOKS

PAGE = snippets_of(PAGES / "containers.md")
DOCKER = [line for each in PAGE if each.language == "sh" for line in each.text.splitlines()]
FILES = {each.file_name: each for each in PAGE if each.file_name}
SUBMODULE = "taskrouter-notebooks"


def docker(command: str) -> list[str]:
    """The words of the page's line with this command of Docker's."""
    (line,) = [line for line in DOCKER if line.startswith(f"docker {command} ")]
    return shlex.split(line)


def test_image_is_built_from_the_dockerfile():
    """The build is given the file and the folder that the Dockerfile's own first lines name."""
    words = docker("build")
    dockerfile = NOTEBOOKS / words[words.index("--file") + 1]

    assert shlex.join(words) in dockerfile.read_text(encoding="utf-8")
    assert words[-1] == "."


def test_container_gets_options_of_the_command():
    """What stands behind the image's name is read by the command."""
    words = docker("run")
    image = docker("build")[docker("build").index("--tag") + 1]
    options = serve_parser().parse_args(words[words.index(image) + 1 :])

    assert options.clock == "paused"
    assert docker("logs")[-1] == words[words.index("--name") + 1]


def test_workflow_uses_the_action():
    """The action is where the workflow looks for it, once the submodule is checked out, and takes these inputs."""
    workflow = yaml.safe_load(FILES[".github/workflows/test.yml"].text)
    (job,) = workflow["jobs"].values()
    checkout, action, *_ = job["steps"]

    assert checkout["with"] == {"submodules": True}
    assert (NOTEBOOKS / action["uses"].removeprefix(f"./{SUBMODULE}/") / "action.yml").exists()
    assert set(action["with"]) <= set(ACTION["inputs"])
    serve_parser().parse_args(shlex.split(action["with"]["options"]))


def test_gitlab_finds_the_emulator(terminal_environment, tmp_path):
    """The script's lines, but for the first, which installs, run in one shell; a program then finds the emulator."""
    install, *script = yaml.safe_load(FILES[".gitlab-ci.yml"].text)["test"]["script"]
    (tmp_path / "smoke_test.py").write_text(SMOKE_TEST, encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text("```bash\n" + "\n".join(script) + "\n```\n", encoding="utf-8")

    printed = type_in(snippets_of(page), tmp_path, terminal_environment)

    assert list(printed.values()) == ["Care Desk\n"]
    assert install.startswith(f"python -m pip install ./{SUBMODULE}/")
    assert (NOTEBOOKS / install.partition(f"{SUBMODULE}/")[2] / "pyproject.toml").exists()


SMOKE_TEST = """
import os
from twilio.rest import Client
from taskrouter_emulator.sdk import EmulatorHttpClient

http_client = EmulatorHttpClient(os.environ["TASKROUTER_URL"])
client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"], http_client=http_client)
print(client.taskrouter.v1.workspaces.create(friendly_name="Care Desk").friendly_name)
"""


@pytest.mark.parametrize("name", FILES)
def test_file_is_read_as_yaml(name):
    """Both files have nothing but text, numbers and lists: no word that YAML takes for something else."""
    assert yaml.safe_load(FILES[name].text)
