"""HTML of a view: static tables, shown before the first run and where no widget can be drawn.

JupyterLab's sanitizer and GitHub both drop styles, scripts and inline SVG, so it has plain tables only, and
no meaning depends on style.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import assert_never

from .blocks import Block, Fields, Link, Preformatted, Sentence, Steps, Table
from .safe_text import hide_ports

__all__ = ["markup"]

_CODE = re.compile("`([^`]+)`")
"""Code in a sentence."""
_MARKS = {"done": "✓ done", "now": "● now", "next": "next", "to come": "to come", "not reached": "not reached"}


def markup(blocks: Iterable[Block]) -> str:
    """Return the blocks as HTML with the same facts as their words; all text is escaped."""
    return hide_ports("\n".join(_html(block) for block in blocks))


def _html(block: Block) -> str:
    match block:
        case Sentence(text):
            return "<p>" + _CODE.sub(r"<code>\1</code>", _text(text)) + "</p>"
        case Link(text, url):
            return f'<p><a href="{escape(url)}" target="_blank" rel="noopener">{_text(text)}</a></p>'
        case Steps(stages):
            names = _row("th", (name for name, _ in stages), ' scope="col"')
            states = _row("td", (_MARKS[state] for _, state in stages))
            return f"<table><thead>{names}</thead><tbody>{states}</tbody></table>"
        case Table():
            return _table(block)
        case Fields(title, pairs, empty, _):
            return _fields(title, pairs, empty)
        case Preformatted(title, text, empty):
            return f"<p>{_text(title)}{'' if text else ': ' + _text(empty)}</p>" + (_pre(text) if text else "")
    assert_never(block)


def _table(table: Table) -> str:
    if not table.rows:
        return f"<p>{_text(table.empty)}</p>"
    heading = _row("th", (column.title for column in table.columns), ' scope="col"')
    body = "".join(_row("td", row) for row in table.rows)
    more = f"<p>… and {table.more} more</p>" if table.more else ""
    return f"<table><caption>{_text(table.title)}</caption><thead>{heading}</thead><tbody>{body}</tbody></table>{more}"


def _fields(title: str, pairs: tuple[tuple[str, str], ...], empty: str) -> str:
    if not pairs:
        return f"<p>{_text(title)}: {_text(empty)}</p>"
    rows = "".join(f'<tr><th scope="row">{_text(name)}</th><td>{_value(value)}</td></tr>' for name, value in pairs)
    return f"<table><caption>{_text(title)}</caption><tbody>{rows}</tbody></table>"


def _row(tag: str, cells: Iterable[str], attributes: str = "") -> str:
    return "<tr>" + "".join(f"<{tag}{attributes}>{_text(cell)}</{tag}>" for cell in cells) + "</tr>"


def _value(value: str) -> str:
    return _pre(value) if "\n" in value else _text(value)


def _pre(text: str) -> str:
    return f"<pre>{_text(text)}</pre>"


def _text(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>" if not text.isascii() else escape(text)
