"""The page on using the emulator alone: what it shows is what happens."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from helpers.emulator.command.serve_options import serve_parser
from helpers.emulator.server import start

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "emulator.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The code in one language, in the order of the page."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An emulator, and the variables that the page takes its address from."""
    with start(clock="real") as running:
        monkeypatch.setenv("TASKROUTER_URL", running.url)
        monkeypatch.setenv("TWILIO_ACCOUNT_SID", running.account_sid)
        monkeypatch.setenv("TWILIO_AUTH_TOKEN", running.auth_token)
        yield


def test_python_runs(environment):
    """The blocks of Python, one after another as on the page."""
    names: dict[str, object] = {}
    for block in blocks("python"):
        exec(compile(block, "docs/emulator.md", "exec"), names)

    assert names["task"].assignment_status == "pending"


def test_shell_runs(environment, tmp_path):
    """Every request with curl succeeds."""
    for block in blocks("bash"):
        done = subprocess.run(["bash", "-euc", block], cwd=tmp_path, env=os.environ, capture_output=True, text=True)

        assert done.returncode == 0, done.stderr


def test_fixture_runs(pytester):
    """The tests of the page pass with the plugin of the page."""
    (conftest,) = (block for block in blocks("python") if block.startswith("pytest_plugins"))
    pytester.makeconftest(conftest)
    pytester.makepyfile(*blocks("pytest"))

    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=2)


def test_options_are_all_named():
    """The page's table has every option of the command, and no other."""
    named = set(re.findall(r"`(--[a-z-]+)", PAGE))

    assert named == {option for action in serve_parser()._actions for option in action.option_strings} - {
        "-h",
        "--help",
    }


def test_links_lead_somewhere():
    """Every link to a file finds it."""
    targets = re.findall(r"\]\(([^)#:]+)\)", PAGE)

    assert targets
    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []
