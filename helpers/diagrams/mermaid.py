"""Mermaid text in which labels, which contain names that anybody chose, can't be anything but text.

JupyterLab draws ``text/vnd.mermaid`` without the network, at Mermaid's security level "strict", as an ``<img>``.
Still a label must not end early or contain markup, directives or comments. So every character except letters, digits
and a few harmless marks is written as ``#CODE;``, which Mermaid replaces in the finished SVG.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from helpers.emulator.display.safe_text import clip, escape_hidden, isolate

__all__ = ["MIME_TYPE", "diagram", "encode", "label"]

MIME_TYPE = "text/vnd.mermaid"

_HARMLESS = frozenset(" .,/()=+-→…✓✗·?")
_LINE_CHARACTERS = 26
"""Width of a line in a box of Mermaid, which is 200 pixels wide."""
_LABEL_CHARACTERS = 160
_DESCRIPTION_CHARACTERS = 20_000
"""Limit for the words. JupyterLab refuses more than 100,000 characters, and an encoded one can take eight."""


def encode(text: str) -> str:
    """Return ``text`` so that Mermaid shows it literally in a label or a message."""
    return "".join(each if each.isalnum() or each in _HARMLESS else f"#{ord(each)};" for each in text)


def label(*paragraphs: str, width: int = _LINE_CHARACTERS) -> str:
    """Return the paragraphs as a label in lines of at most ``width`` characters; each is clipped after 160."""
    lines = (line for paragraph in paragraphs for line in _broken(paragraph, width))
    return "<br/>".join(encode(isolate(line)) for line in lines)


def diagram(kind: str, title: str, words: str, body: Iterable[str]) -> str:
    """Return a diagram of ``kind`` with its ``body``; screen readers get ``title`` and ``words``."""
    described = "\n".join(encode(line) for line in clip(words, _DESCRIPTION_CHARACTERS).split("\n") if line)
    return "\n".join([kind, f"accTitle: {encode(title)}", f"accDescr {{\n{described}\n}}", *body])


def _broken(paragraph: str, width: int) -> list[str]:
    flat = " ".join(escape_hidden(clip(paragraph, _LABEL_CHARACTERS)).split())
    return textwrap.wrap(flat, width, break_on_hyphens=False)
