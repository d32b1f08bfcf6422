"""Projects of other people that use the package `taskrouter-emulator` in their tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.packages.environments import run

QUICKSTART = Path(__file__).with_name("quickstart")


@pytest.fixture(params=["package", "namespace"])
def project(request, tmp_path) -> Path:
    """A project with an application, its tests, and a folder ``helpers``, with or without ``__init__.py``."""
    shutil.copytree(QUICKSTART, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    helpers = tmp_path / "helpers"
    helpers.mkdir()
    (helpers / "cases.py").write_text('LANGUAGES = {"Alice": ["en", "es"], "Bob": ["en"]}', encoding="utf-8")
    if request.param == "package":
        (helpers / "__init__.py").touch()
    return tmp_path


def test_fixture_works_beside_helpers_of_ones_own(emulator_python, project):
    """In several processes and with pytest's default import mode, five tests pass, and the sixth says why it can't."""
    done = run(emulator_python.with_name("pytest"), "-n", "2", cwd=project)

    assert "1 failed, 5 passed" in done.stdout, done.stdout + done.stderr
    assert 'In short: "Alice" is the closest match, but is in Activity "Offline"' in done.stdout
