"""Scripts and styles of the widget, joined from the small files of ``static``.

``static/views/KIND.js`` draws a view. It is a plain ES module that imports shared code from other files of
``static``. A widget sends the browser one text, so the modules that a view needs are joined, each in its own scope.
Its styles are in ``static/views/KIND.css``. There is no build step: the files are read at run time. An import lists
names and renames none; a shared module exports functions, classes and constants.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["KINDS", "script", "styles"]

_STATIC = files(__package__) / "static"

KINDS = frozenset(each.name.removesuffix(".js") for each in (_STATIC / "views").iterdir() if each.name.endswith(".js"))
"""Kinds of view that can be drawn, one for each script in ``static/views``."""

_BASE = "components/elements.css"
"""Sheet that the others build on."""

_IMPORT = re.compile(r'^import \{([^}]+)\} from "(\.{1,2}/[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) (\w+))", re.MULTILINE)


@cache
def script(kind: str) -> str:
    """Return the ES module that draws views of ``kind``; its default export is the view's own."""
    *needed, view = _modules(f"views/{kind}.js")
    return "\n".join([*map(_wrap_in_scope, needed), _link(view)])


@cache
def styles() -> str:
    """Return all style sheets as one, the base first: a page has one for all widgets."""
    sheets = sorted(name for name in _names(_STATIC) if name.endswith(".css") and name != _BASE)
    return "\n".join(map(_read, [_BASE, *sheets]))


def _read(name: str) -> str:
    """Return the text of a file, named by its path in ``static`` with slashes."""
    return _STATIC.joinpath(*name.split("/")).read_text(encoding="utf-8")


def _names(folder: Traversable, before: str = "") -> Iterator[str]:
    for each in folder.iterdir():
        name = before + each.name
        yield from _names(each, f"{name}/") if each.is_dir() else (name,)


def _modules(name: str) -> list[str]:
    """Return ``name`` and everything it imports, each module after those it needs."""
    found: dict[str, None] = {}

    def add(module: str) -> None:
        for imported in _IMPORT.finditer(_read(module)):
            if (target := _target(module, imported[2])) not in found:
                add(target)
        found[module] = None

    add(name)
    return list(found)


def _target(name: str, relative: str) -> str:
    """Return the module that ``name`` imports as ``relative``."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), relative))


def _wrap_in_scope(name: str) -> str:
    """Return a module as a function that is called once and returns the module's exports."""
    exports = [found[1] for found in _EXPORT.finditer(_read(name))]
    body = _EXPORT.sub("", _link(name))
    return f"const {_variable(name)} = (() => {{\n{body}return {{ {', '.join(exports)} }};\n}})();"


def _link(name: str) -> str:
    """Return a module's text with imports replaced by reads from the modules above it."""
    return _IMPORT.sub(lambda found: f"const {{{found[1]}}} = {_variable(_target(name, found[2]))};\n", _read(name))


def _variable(name: str) -> str:
    return "$" + name.removesuffix(".js").replace("/", "$")
