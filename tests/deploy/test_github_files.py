"""What GitHub reads in this repository has the form that it asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema

from deploy.release.prepare import read_number
from tests.packages.environments import NOTEBOOKS

FOLDER = NOTEBOOKS / ".github"
FORMS = sorted(path for path in (FOLDER / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
WORKFLOWS = sorted((FOLDER / "workflows").glob("*.yml"))
SCHEMAS = {
    NOTEBOOKS / "CITATION.cff": "citation-file-format",
    NOTEBOOKS / "deploy/emulator/action.yml": "github-actions",
    FOLDER / "dependabot.yml": "dependabot",
    FOLDER / "ISSUE_TEMPLATE/config.yml": "github-issue-config",
    **dict.fromkeys(FORMS, "github-issue-forms"),
    **dict.fromkeys(WORKFLOWS, "github-workflows"),
}
PRIVATE = re.compile(r"password|passwd|secret|token|credential", re.IGNORECASE)
HOSTS = re.compile(r"https?://", re.IGNORECASE)


def read(path: Path) -> Any:
    """Return what a file of YAML holds, each plain word and date as a text: ``on`` isn't true."""
    return yaml.load(path.read_text(encoding="utf-8"), Words)


class Words(yaml.SafeLoader):
    """Reader for which only numbers, ``true`` and ``false`` aren't texts, as in GitHub's own."""


Words.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if "timestamp" not in tag and ("bool" not in tag or first in "tf")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_file_has_its_form(path):
    """Every key is one that is documented, and none is missing."""
    schema = get_builtin_schema(f"vendor.{SCHEMAS[path]}")
    validator = jsonschema.validators.validator_for(schema)(schema)

    assert [f"{each.json_path}: {each.message}" for each in validator.iter_errors(read(path))] == []


@pytest.mark.parametrize("path", [path for path in FOLDER.rglob("*") if path.is_file()], ids=lambda path: path.name)
def test_file_names_no_host(path):
    """Actions have an owner and a name, packages a name: where they are fetched from is nobody's business here."""
    assert HOSTS.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_form_can_be_filled_in(path):
    """Its fields differ in id and label, none asks for something private, and choices differ; GitHub refuses others."""
    fields = [field for field in read(path)["body"] if field["type"] != "markdown"]
    labels = [field["attributes"]["label"] for field in fields]
    names = [re.sub(r"[^\w-]+", "-", label.lower()).strip("-") for label in labels]  # which GitHub makes of them
    ids = [field["id"] for field in fields]
    options = [option for field in fields for option in field["attributes"].get("options", [])]

    assert fields
    assert sorted(set(ids)) == sorted(ids)
    assert sorted(set(names)) == sorted(names)
    assert [label for label in labels if PRIVATE.search(label)] == []
    assert sorted(set(options)) == sorted(options)
    assert "none" not in [option.lower() for option in options]


def test_form_of_the_set_up_asks_for_doctors_line():
    """One line says what an instructor or a maintainer has to know."""
    [form] = [read(path) for path in FORMS if path.stem == "set_up"]
    [code] = [field for field in form["body"] if field["id"] == "code"]

    assert "last line of python start.py doctor" in code["attributes"]["label"]
    assert code["validations"]["required"] is True


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_may_only_read(path):
    """What it may do is named, an action that isn't GitHub's own is a commit, and a job that may write runs no code."""
    workflow = read(path)
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    writing = [job for job in workflow["jobs"].values() if "write" in job.get("permissions", {}).values()]

    assert workflow["permissions"] == {"contents": "read"}
    named = re.compile(r"actions/[\w-]+@v\d+|[\w-]+/[\w-]+@[0-9a-f]{40}")
    assert all(named.fullmatch(step["uses"]) for step in steps if "uses" in step)
    assert [step for job in writing for step in job["steps"] if "run" in step] == []
    assert "pull_request_target" not in workflow["on"]


def test_citation_is_that_of_the_packages():
    """Authors and license are those of pyproject.toml, and the version is the packages'."""
    cited = read(NOTEBOOKS / "CITATION.cff")
    project = tomllib.loads((NOTEBOOKS / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert cited["authors"] == project["authors"]
    assert cited["license"] == project["license"]
    assert cited["version"] == read_number(NOTEBOOKS)


def test_dependabot_knows_every_project():
    """Each folder with a pyproject.toml is one of those in which packages are renewed."""
    [pip] = [each for each in read(FOLDER / "dependabot.yml")["updates"] if each["package-ecosystem"] == "pip"]
    projects = [NOTEBOOKS, *(path.parent for path in (NOTEBOOKS / "helpers").rglob("pyproject.toml"))]

    assert [NOTEBOOKS / folder.strip("/") for folder in pip["directories"]] == projects
