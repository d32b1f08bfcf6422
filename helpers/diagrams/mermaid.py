"""Mermaid text in which nothing that anybody named can be anything but text.

JupyterLab draws ``text/vnd.mermaid`` without the network, at Mermaid's security level "strict", as an ``<img>``.
Still a label must neither end early nor bring markup, directives or comments of its own. So every character but
letters, digits and a few harmless marks is written as ``#CODE;``, which Mermaid puts back in the finished SVG.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from helpers.emulator.display.safe_text import clipped, isolated, printable

__all__ = ["MIME_TYPE", "diagram", "encoded", "label"]

MIME_TYPE = "text/vnd.mermaid"

_HARMLESS = frozenset(" .,/()=+-→…✓✗·?")
_LINE_CHARACTERS = 26
"""What fits into a box of Mermaid, which is 200 pixels wide."""
_LABEL_CHARACTERS = 160
_DESCRIPTION_CHARACTERS = 20_000
"""JupyterLab gives up beyond 100,000 characters, and one may take eight when encoded; most take one."""


def encoded(text: str) -> str:
    """``text`` as Mermaid shows it literally, wherever a label or a message may stand."""
    return "".join(each if each.isalnum() or each in _HARMLESS else f"#{ord(each)};" for each in text)


def label(*paragraphs: str, width: int = _LINE_CHARACTERS) -> str:
    """The paragraphs as a label in lines of at most ``width`` characters; each is clipped after 160."""
    lines = (line for paragraph in paragraphs for line in _broken(paragraph, width))
    return "<br/>".join(encoded(isolated(line)) for line in lines)


def diagram(kind: str, title: str, words: str, body: Iterable[str]) -> str:
    """A diagram of ``kind`` with its ``body``; screen readers get ``title`` as its name and ``words`` with it."""
    described = "\n".join(encoded(line) for line in clipped(words, _DESCRIPTION_CHARACTERS).split("\n") if line)
    return "\n".join([kind, f"accTitle: {encoded(title)}", f"accDescr {{\n{described}\n}}", *body])


def _broken(paragraph: str, width: int) -> list[str]:
    flat = " ".join(printable(clipped(paragraph, _LABEL_CHARACTERS)).split())
    return textwrap.wrap(flat, width, break_on_hyphens=False)
