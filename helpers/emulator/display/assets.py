"""Scripts and styles of the widget, joined from the small files of ``static``.

``static/views/KIND.js`` draws a view. It is a plain ES module that imports shared code from other files of
``static``. A widget sends the browser one text, so the modules that a view needs are joined, each in its own scope.
Its styles are in ``static/views/KIND.css``. There is no build step: the files are read at run time. An import lists
names and renames none; a shared module exports functions, classes and constants.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

__all__ = ["KINDS", "script", "styles"]

STATIC = Path(__file__).parent / "static"

KINDS = frozenset(path.stem for path in (STATIC / "views").glob("*.js"))
"""Kinds of view that can be drawn, one for each script in ``static/views``."""

_IMPORT = re.compile(r'^import \{([^}]+)\} from "(\.{1,2}/[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) (\w+))", re.MULTILINE)


@cache
def script(kind: str) -> str:
    """Return the ES module that draws views of ``kind``; its default export is the view's own."""
    *needed, view = _modules(_view(kind))
    return "\n".join([*map(_wrap_in_scope, needed), _link(view)])


@cache
def styles() -> str:
    """Return all style sheets as one, the base first: a page has one for all widgets."""
    base = STATIC / "parts" / "dom.css"
    sheets = [base, *sorted(path for path in STATIC.glob("**/*.css") if path != base)]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def _view(kind: str) -> Path:
    return STATIC / "views" / f"{kind}.js"


def _modules(path: Path) -> list[Path]:
    """Return ``path`` and everything it imports, each module after those it needs."""
    found: dict[Path, None] = {}
    for needed in _imports(path):
        found.update(dict.fromkeys(_modules(needed)))
    return [*found, path]


def _imports(path: Path) -> Iterator[Path]:
    for found in _IMPORT.finditer(path.read_text(encoding="utf-8")):
        yield (path.parent / found[2]).resolve()


def _wrap_in_scope(path: Path) -> str:
    """Return a module as a function that is called once and returns the module's exports."""
    names = [found[1] for found in _EXPORT.finditer(path.read_text(encoding="utf-8"))]
    body = _EXPORT.sub("", _link(path))
    return f"const {_name(path)} = (() => {{\n{body}return {{ {', '.join(names)} }};\n}})();"


def _link(path: Path) -> str:
    """Return a module's text with imports replaced by reads from the modules above it."""
    text = path.read_text(encoding="utf-8")
    return _IMPORT.sub(lambda found: f"const {{{found[1]}}} = {_name((path.parent / found[2]).resolve())};\n", text)


def _name(path: Path) -> str:
    return "$" + "$".join(path.relative_to(STATIC.resolve()).with_suffix("").parts)
