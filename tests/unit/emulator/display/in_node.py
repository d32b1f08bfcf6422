"""Modules of ``static`` in Node, for those that need no page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

__all__ = ["STATIC", "evaluate"]

STATIC = Path(__file__).parents[4] / "helpers/emulator/display/static"


def evaluate(script: str, folder: Path, given: object = None) -> Any:
    """Return what a module of JavaScript prints as JSON; it imports from ``./static/`` and reads ``given``.

    Args:
        folder: where a copy of ``static`` is made, marked as ES modules.
    """
    if not (folder / "static").exists():
        shutil.copytree(STATIC, folder / "static")
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    module = folder / "script.js"
    module.write_text(f"const given = {json.dumps(given)};\n{script}", encoding="utf-8")
    done = subprocess.run(["node", str(module)], capture_output=True, encoding="utf-8", env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
