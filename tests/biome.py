"""Biome, the linter and formatter of JavaScript, CSS and JSON.

``python -m tests.biome`` fetches it where Node is installed, and what follows goes to Biome: ``check --write`` mends
what Biome can mend.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import start
from tests.node_packages import BIOME, environment

__all__ = ["CHECK", "main", "run", "why_not"]

CHECK = ("ci", "--error-on-warnings", "--colors=off")
why_not = BIOME.why_not


def main(arguments: list[str]) -> int:
    """Fetch Biome if it isn't here, then run it with ``arguments`` if there are any; return the exit code."""
    BIOME.fetch()
    if not arguments:
        return 0
    if reason := why_not():
        print(reason, file=sys.stderr)
        return 1
    return run(*arguments).returncode


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[Any]:
    """Run the Biome that has been fetched in the project's folder; ``options`` are those of `subprocess.run`."""
    program = "node_modules/@biomejs/biome/bin/biome"
    command = ["node", str(BIOME.home / program), *arguments]
    return subprocess.run(command, cwd=start.ROOT, env=environment(), check=False, **options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
