"""Packages of Node that tests use: npm fetches each once, in a fixed version, and keeps it in ``.local``.

``python -m tests.node_packages ...`` takes pytest's arguments, and fetches what tests in the files and folders among
them need, or all packages if none is named. npm's own configuration says where packages come from. Only the tests that
use a package need Node.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import start

__all__ = ["BIOME", "PROXY", "TWILIO", "NodePackage", "main"]

HOME = start.LOCAL / "node"


@dataclass(frozen=True)
class NodePackage:
    """Package in one version.

    Args:
        purpose: what it is fetched for, after "to".
        left_out: what doesn't happen without it, as a sentence without its end.
        tests: file of the tests that need it.
    """

    name: str
    version: str
    purpose: str
    left_out: str
    tests: str

    @property
    def home(self) -> Path:
        """Folder of the package, with its ``node_modules``."""
        return HOME / self.name.rpartition("/")[2]

    @property
    def log(self) -> Path:
        """File of what npm said."""
        return self.home / "npm.log"

    @property
    def stamp(self) -> Path:
        """File that is there once this version has been fetched."""
        return self.home / self.version

    def is_needed(self, arguments: Sequence[str]) -> bool:
        """Return True if pytest's ``arguments`` can select a test that needs the package."""
        needs = PurePath(self.tests)
        named = [
            path for path in (argument.partition("::")[0] for argument in arguments) if (start.ROOT / path).exists()
        ]
        return not named or any(needs.is_relative_to(path) or PurePath(path).is_relative_to(needs) for path in named)

    def fetch(self) -> None:
        """Let npm fetch the package if it isn't here; if npm can't, `why_not` says so from then on."""
        npm = shutil.which("npm")
        if self.stamp.exists() or not npm:
            return
        start.say(f"fetching {self.name} {self.version} with npm, to {self.purpose}")
        self.home.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--no-audit", "--no-fund", "--save-exact", "--prefix", str(self.home)]
        done = subprocess.run(
            [*command, f"{self.name}@{self.version}"],
            cwd=self.home,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        self.log.write_bytes(done.stdout)
        if done.returncode == 0:
            self.stamp.touch()

    def why_not(self) -> str:
        """Return why the package can't be used here, and what to do, in one sentence; nothing if it can."""
        again = f"then run `python start.py test {self.tests}`"
        if not shutil.which("npm"):
            install = "install it with npm (on Debian: sudo apt install npm)"
            return f"{self.left_out}: Node isn't installed; {install}, {again}."
        if not self.stamp.exists():
            said = f" (npm said why in {self.log.relative_to(start.ROOT)})" if self.log.exists() else ""
            return f"{self.left_out}: {self.name} {self.version} hasn't been fetched{said}; go online, {again}."
        return ""


BIOME = NodePackage(
    "@biomejs/biome",
    "2.6.8",
    "check JavaScript and CSS",
    "JavaScript and CSS were not checked",
    "tests/unit/test_hygiene_code.py",
)
TWILIO = NodePackage(
    "twilio",
    "6.3.1",
    "run the Node snippets of docs/emulator/",
    "The Node snippets of docs/emulator/ were not run",
    "tests/docs",
)
TWILIO_CLI = NodePackage(
    "twilio-cli",
    "6.2.4",
    "lead it to the emulator unmodified",
    "The twilio CLI and the SDK for Node were not tried unmodified",
    "tests/unit/emulator/command",
)
PROXY = NodePackage(
    "configurable-http-proxy",
    "5.3.0",
    "put it before JupyterHub",
    "No room was tried on JupyterHub",
    "tests/room",
)


def environment() -> dict[str, str]:
    """Return the environment in which npm and its packages keep in ``.local`` all that they keep."""
    own = {
        "npm_config_cache": str(HOME / "npm"),  # its logs, too
        "npm_config_update_notifier": "false",
        "npm_config_fetch_retries": "1",  # or a machine without a network waits for minutes
        "npm_config_fetch_retry_mintimeout": "1000",
        "XDG_CACHE_HOME": str(HOME / "cache"),  # Biome makes a folder there
    }
    return {**os.environ, **own}


def main(arguments: Sequence[str] = ()) -> None:
    """Fetch the packages that are needed and aren't here; where that fails, the tests that need one say so."""
    for package in (BIOME, TWILIO, TWILIO_CLI, PROXY):
        if package.is_needed(arguments):
            package.fetch()


if __name__ == "__main__":
    main(sys.argv[1:])
