"""environment.yml says the same as pyproject.toml, as far as that shows without conda."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
NAMED = ("jupyterlab", "twilio", "ipywidgets", "flask", "pyngrok", "nbval")


@pytest.fixture(scope="module")
def environment() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def conda_and_pip(environment: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What conda installs, and what pip then installs."""
    *conda, pip = environment["dependencies"]
    return conda, pip["pip"]


def test_has_conda_shape(environment):
    """The file has the three keys conda reads, and pip's own section comes last, after pip itself."""
    conda, pip = conda_and_pip(environment)

    assert list(environment) == ["name", "channels", "dependencies"]
    assert environment["channels"] == ["conda-forge"]
    assert "pip" in conda
    assert all(isinstance(line, str) for line in [*conda, *pip])


def test_python_equals_requires_python(environment, project):
    """conda is asked for the Pythons that pyproject.toml allows."""
    conda, _ = conda_and_pip(environment)

    assert f"python{project['requires-python']}" in conda


def test_installs_this_checkout_in_place(environment):
    """The helpers package comes from the folder the file stands in, so edits count at once."""
    _, pip = conda_and_pip(environment)

    assert pip[-1] == "-e ."


@pytest.mark.parametrize("name", NAMED)
def test_names_what_learners_use_with_equal_ranges(environment, project, name):
    """The five packages the project is made of, and what learners write with, are named with pyproject.toml's range."""
    conda, pip = conda_and_pip(environment)
    here = {line.name: line.specifier for line in map(Requirement, [*conda, *pip[:-1]])}
    there = {line.name: line.specifier for line in map(Requirement, project["dependencies"])}

    assert here[name] == there[name]


def test_each_line_says_what_needs_it():
    """Every dependency carries a comment."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith("- ")]
    silent = [line for line in lines if "#" not in line and line not in ("- conda-forge", "- pip:")]

    assert silent == []
