"""Folder of wheels, from which pip installs without a network what it would otherwise download."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.packages.environments import install, make_environment

__all__ = ["offline_pip"]


@pytest.fixture(scope="session")
def offline_pip(emulator_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Variables that let pip build and install the emulator from its folder, without a network."""
    python = make_environment(tmp_path_factory.mktemp("installed"))
    install(python, str(emulator_wheel), "hatchling")
    wheels = tmp_path_factory.mktemp("wheels")
    for each in distributions(path=[str(path) for path in python.parents[1].rglob("site-packages")]):
        if each.name != "taskrouter-emulator":  # that is what pip is to build
            pack(each, wheels)
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def pack(distribution: Distribution, into: Path) -> None:
    """Write the wheel that a distribution was installed from."""
    tags = [tag.split("-") for tag in re.findall(r"^Tag: (.*)$", distribution.read_text("WHEEL") or "", re.M)]
    tag = "-".join(".".join(dict.fromkeys(part)) for part in zip(*tags, strict=True))  # as in py2.py3-none-any
    name = distribution.name.replace("-", "_").replace(".", "_")
    with ZipFile(into / f"{name}-{distribution.version}-{tag}.whl", "w") as wheel:
        for file in distribution.files or ():
            if file.parts[0] not in ("bin", "Scripts", "..") and file.suffix != ".pyc":
                wheel.write(str(file.locate()), str(file))
