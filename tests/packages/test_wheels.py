"""The two packages of this project, as they are built."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from helpers.emulator import __version__
from tests.packages.environments import EMULATOR, build

ABOUT_THE_PACKAGE = {"pyproject.toml", "README.md", "LICENSE"}


def contents(wheel: Path) -> dict[str, bytes]:
    """Every file of a wheel."""
    with ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def below(folder: str, wheel: Path) -> set[str]:
    """Names of the files that a wheel installs in ``folder``, from there on."""
    return {name.removeprefix(f"{folder}/") for name in contents(wheel) if name.startswith(f"{folder}/")}


@pytest.fixture
def kept() -> set[str]:
    """Files of the emulator's folder that a package of it has."""
    files = (path.relative_to(EMULATOR) for path in EMULATOR.rglob("*") if path.is_file())
    return {path.as_posix() for path in files if not {"__pycache__", "dist"} & {*path.parts}} - ABOUT_THE_PACKAGE


def test_wheel_has_the_folder_under_another_name(emulator_wheel, kept):
    """All of the folder but what describes the package."""
    assert below("taskrouter_emulator", emulator_wheel) == kept
    assert {name.split("/")[0] for name in contents(emulator_wheel)} == {
        "taskrouter_emulator",
        f"taskrouter_emulator-{__version__}.dist-info",
    }


def test_source_distribution_builds_the_same_wheel(emulator_wheel, tmp_path):
    """Who has the archive has the package."""
    archive = build(EMULATOR, tmp_path, kind="sdist")

    assert contents(build(archive, tmp_path)) == contents(emulator_wheel)


def test_wheel_of_the_notebooks_has_the_folder_in_place(notebooks_wheel, kept):
    """The notebooks' package carries the emulator, and no second project."""
    assert below("helpers/emulator", notebooks_wheel) == kept
