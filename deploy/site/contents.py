"""Notebooks as the site shows them: the same cells and outputs, told in the forms that JupyterLite reads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import start
from deploy.lessons import ALONE, browser_link

__all__ = ["write_contents"]

KERNEL = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}


def write_contents(folder: Path) -> None:
    """Write all notebooks, and what they show, to ``folder``."""
    shutil.copytree(start.ROOT / "notebooks", folder, ignore=shutil.ignore_patterns(".*", "__pycache__", "my_app"))
    for path in folder.rglob("*.ipynb"):
        text = path.read_text(encoding="utf-8").replace(browser_link(path), "")  # it leads to here
        text = text.replace(ALONE, "")
        notebook = json.loads(text)
        notebook["metadata"]["kernelspec"] = KERNEL
        _join_lines(notebook)
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), encoding="utf-8")


def _join_lines(notebook: dict[str, Any]) -> None:
    """Make one text of each list of lines, which JupyterLite shows with commas (its issue 1105)."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            output |= {"text": "".join(output["text"])} if "text" in output else {}
            output |= {"data": {kind: _join(data) for kind, data in output["data"].items()}} if "data" in output else {}


def _join(data: object) -> object:
    return "".join(data) if isinstance(data, list) and all(isinstance(line, str) for line in data) else data
