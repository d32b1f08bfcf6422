"""Biome, the linter and formatter of JavaScript, CSS and JSON; npx fetches it, and it stays in ``.local``.

``python -m tests.biome`` fetches it where Node is installed, and what follows goes to Biome: ``check --write`` mends
what Biome can mend. npm's own configuration says where packages come from. Nothing needs Node but this one check.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Any

import start

__all__ = ["CHECK", "main", "run", "why_not"]

PACKAGE = "@biomejs/biome@2.6.8"
CHECK = ("ci", "--error-on-warnings", "--colors=off")
HOME = start.LOCAL / "biome"
LOG = HOME / "npx.log"
STAMP = HOME / PACKAGE.rpartition("@")[2]  # there once this version has been fetched
AGAIN = "then run `python start.py test tests/unit/test_hygiene_code.py`"


def main(arguments: list[str]) -> int:
    """Fetch Biome if it isn't here, then run it with ``arguments`` if there are any; return the exit code."""
    if not STAMP.exists() and shutil.which("npx"):
        fetch()
    if not arguments:
        return 0
    if reason := why_not():
        print(reason, file=sys.stderr)
        return 1
    return run(*arguments).returncode


def fetch() -> None:
    """Let npx fetch Biome; if it can't, `why_not` says so from then on."""
    start.say(f"fetching {PACKAGE} with npx, to check JavaScript and CSS")
    HOME.mkdir(parents=True, exist_ok=True)
    done = npx("--yes", PACKAGE, "--version", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    LOG.write_bytes(done.stdout)
    if done.returncode == 0:
        STAMP.touch()


def why_not() -> str:
    """Return why Biome can't run here, and what to do, in one sentence; nothing if it can."""
    left_out = "JavaScript and CSS were not checked:"
    if not shutil.which("npx"):
        return f"{left_out} Node isn't installed; install it with npm (on Debian: sudo apt install npm), {AGAIN}."
    if not STAMP.exists():
        said = f" (npx said why in {LOG.relative_to(start.ROOT)})" if LOG.exists() else ""
        return f"{left_out} {PACKAGE} hasn't been fetched{said}; go online, {AGAIN}."
    return ""


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[Any]:
    """Run the Biome that has been fetched, without any network; ``options`` are those of `subprocess.run`."""
    return npx("--offline", PACKAGE, *arguments, **options)


def npx(*arguments: str, **options: Any) -> subprocess.CompletedProcess[Any]:
    """Run npx in the project's folder, with all that it and Biome keep in ``.local``."""
    environment = {
        "npm_config_cache": str(HOME / "npm"),  # its logs, too
        "npm_config_update_notifier": "false",
        "npm_config_fetch_retries": "1",  # or a machine without a network waits for minutes
        "npm_config_fetch_retry_mintimeout": "1000",
        "XDG_CACHE_HOME": str(HOME / "cache"),  # Biome makes a folder there
    }
    command = [shutil.which("npx") or "npx", *arguments]
    return subprocess.run(command, cwd=start.ROOT, env={**os.environ, **environment}, check=False, **options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
