"""The rooms of the house, as `docs/architecture.md` shows them: ``python -m tests.unit.rooms`` writes them anew."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "architecture.md"
SECTION = re.compile(r"(?<=<!-- rooms -->\n).*(?=<!-- /rooms -->)", re.S)


def rooms() -> str:
    """Return all packages as a tree, each with the first sentence of its docstring."""
    packages = sorted((ROOT / "helpers").rglob("__init__.py"), key=lambda path: path.parent.parts)
    return "".join(["```\n", *map(_line, packages), "```\n"])


def _line(path: Path) -> str:
    depth = len(path.parent.relative_to(ROOT).parts) - 1
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    sentence = docstring.partition("\n\n")[0].replace("\n", " ").replace("``", "").partition(". ")[0].rstrip(".")
    return f"{'  ' * depth + path.parent.name + '/':<22} {sentence}\n"


if __name__ == "__main__":
    PAGE.write_text(SECTION.sub(lambda _: rooms(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
