"""The widget's scripts and styles, put together from the small files of ``static``.

A view is drawn by ``static/views/KIND.js``, a plain ES module that imports what it shares with others from files
beside it. A widget must hand the browser one text, so the modules that a view needs are joined, each in a scope of
its own. What a view needs of style is in ``static/views/KIND.css``. There is no build step: the files are read at run
time. An import names what it takes and renames nothing; a shared module exports functions, classes and constants.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

__all__ = ["KINDS", "script", "styles"]

STATIC = Path(__file__).parent / "static"

KINDS = frozenset(path.stem for path in (STATIC / "views").glob("*.js"))
"""What can be drawn: one kind for each script in ``static/views``."""

_IMPORT = re.compile(r'^import \{([^}]+)\} from "(\.{1,2}/[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) (\w+))", re.MULTILINE)


@cache
def script(kind: str) -> str:
    """Return the ES module that draws views of ``kind``; its default export is the view's own."""
    *needed, view = _modules(_view(kind))
    return "\n".join([*map(_scoped, needed), _linked(view)])


@cache
def styles() -> str:
    """Return every style sheet, the shared ones first: a page holds one for all widgets."""
    base = STATIC / "parts" / "dom.css"
    sheets = [base, *sorted(path for path in STATIC.glob("**/*.css") if path != base)]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def _view(kind: str) -> Path:
    return STATIC / "views" / f"{kind}.js"


def _modules(path: Path) -> list[Path]:
    """``path`` and everything it imports, each after what it needs itself."""
    found: dict[Path, None] = {}
    for needed in _needed(path):
        found.update(dict.fromkeys(_modules(needed)))
    return [*found, path]


def _needed(path: Path) -> Iterator[Path]:
    for found in _IMPORT.finditer(path.read_text(encoding="utf-8")):
        yield (path.parent / found[2]).resolve()


def _scoped(path: Path) -> str:
    """A module as a function that is called once and returns what the module exports."""
    names = [found[1] for found in _EXPORT.finditer(path.read_text(encoding="utf-8"))]
    body = _EXPORT.sub("", _linked(path))
    return f"const {_name(path)} = (() => {{\n{body}return {{ {', '.join(names)} }};\n}})();"


def _linked(path: Path) -> str:
    """A module's text, its imports taken from the modules that stand above it."""
    text = path.read_text(encoding="utf-8")
    return _IMPORT.sub(lambda found: f"const {{{found[1]}}} = {_name((path.parent / found[2]).resolve())};\n", text)


def _name(path: Path) -> str:
    return "$" + "$".join(path.relative_to(STATIC.resolve()).with_suffix("").parts)
