"""Result of the functions that draw: a diagram, and everything in it as words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from helpers.diagrams.mermaid import MIME_TYPE, diagram
from helpers.emulator.display.blocks import Block
from helpers.emulator.display.plain_text import words
from helpers.emulator.display.safe_text import hide_ports

__all__ = ["Diagram"]


class Diagram:
    """Mermaid diagram with its words.

    ``str()``, and so ``print``, returns the words, which are complete and safe for a ticket. As the last line of a cell
    the diagram is drawn. It has no HTML form, because JupyterLab would show that instead.
    """

    def __init__(self, name: str, blocks: Iterable[Block], kind: str, body: Iterable[str]) -> None:
        self._name = name
        self._words = words(blocks)
        lines = list(body)
        self.mermaid = hide_ports(diagram(kind, name, self._words, lines)) if lines else ""
        """Diagram as Mermaid text; empty if there is nothing to draw."""

    def __str__(self) -> str:
        return self._words

    def __repr__(self) -> str:
        return self._name

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the words and, if there is something to draw, the diagram for Jupyter."""
        drawn = {MIME_TYPE: self.mermaid} if self.mermaid else {}
        return {"text/plain": self._words, **drawn}
