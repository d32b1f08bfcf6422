"""Machine that runs the steps of a workflow in a checkout of this project, as one of GitHub's does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.packages.environments import NOTEBOOKS

__all__ = ["Checkout"]

STAND_IN = """#!/bin/sh
# Python of a runner. It writes down what it is asked for, and leaves out what takes minutes or downloads.
echo "$(basename "$0") $*" >> "{log}"
case "$*" in
*"sys.executable"*) echo "$0" ;;
"-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
*"start.py test"*)
    bin="$(dirname "$1")/.venv/bin"
    [ -f "$1" ] && mkdir -p "$bin" && {{ [ -f "$bin/python" ] || cp "$0" "$bin/python"; }} ;;
"-m pytest "* | "-m uv pip "*) [ -f pyproject.toml ] ;;
*) exec "{python}" "$@" ;;
esac
"""

VENV_PYTHON = """#!/bin/sh
# Python of a .venv that is set up: this one, with what takes minutes made short, and what downloads left out.
echo "venv $*" >> "{log}"
case "$*" in
"-m tests.notebooks.refresh --twice") exec "{python}" "$@" notebooks/solutions/00_start_here.ipynb ;;
*"-m deploy.bundle "* | *"-m deploy.site "*)
    for folder; do :; done # the last word
    mkdir -p "$folder/wheels" && cp start.py "$folder" &&
    echo '{{"commit": "'"$(git rev-parse HEAD)"'"}}' > "$folder/wheels/manifest.json" ;;
*) exec "{python}" "$@" ;;
esac
"""


class Checkout:
    """Project in a folder of a runner, committed, with ``.venv`` set up and pythons that leave out what takes minutes.

    Attributes:
        folder: where a workflow's checkout put the project.
    """

    def __init__(self, workspace: Path, name: str) -> None:
        self.folder = workspace / name
        self._log = workspace / "commands.log"
        self._bin = workspace / "bin"
        self._bin.mkdir(parents=True)
        without = shutil.ignore_patterns(
            ".venv", ".local", ".git", "__pycache__", ".*_cache", "dist", "_site", "_bundle", "taskrouter-data"
        )
        shutil.copytree(NOTEBOOKS, self.folder, ignore=without, dirs_exist_ok=True)
        for python in ("python", "python3", "python3.13"):
            self._write(self._bin / python, STAND_IN)
        self._write(self.folder / ".venv/bin/python", VENV_PYTHON)
        for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "all"]):
            self.git(*words)
        self._call([sys.executable, "-c", "import start; start.STAMP.write_text(start.fingerprint() + ' dev')"])

    def git(self, *words: str) -> None:
        """Run git in the checkout, as somebody without settings."""
        who = ["-c", "user.name=Alice", "-c", "user.email=alice@example.com", "-c", "commit.gpgsign=false"]
        self._call(["git", *who, *words])

    def run(self, step: Mapping[str, Any]) -> subprocess.CompletedProcess[str]:
        """Run a step as it stands; what it says is in ``stdout``."""
        script = self._bin / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        self._log.write_text("", encoding="utf-8")
        return self._call(["bash", "-e", str(script)], check=False)

    def tested(self) -> list[str]:
        """Return what the latest step's runs of pytest were given, a word an item: options, files and folders."""
        lines = self._log.read_text(encoding="utf-8").splitlines()
        found = (re.search(r"(?:start\.py test|-m pytest) (.*)", line) for line in lines)
        return [word for match in found if match for word in match[1].split()]

    def _call(self, command: list[str], check: bool = True) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        path = f"{self._bin}{os.pathsep}{kept['PATH']}"
        environment = kept | {"PATH": path, "PYTHONPATH": str(self.folder), "UV_OFFLINE": "1", "PIP_NO_INDEX": "1"}
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout
        return done

    def _write(self, path: Path, script: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script.format(log=self._log, python=sys.executable), encoding="utf-8")
        path.chmod(0o755)
