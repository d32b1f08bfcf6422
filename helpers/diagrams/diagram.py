"""What a function that draws returns: the picture, and everything in it as words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from helpers.diagrams.mermaid import MIME_TYPE, diagram
from helpers.emulator.display.blocks import Block
from helpers.emulator.display.plain_text import words
from helpers.emulator.display.safe_text import stable

__all__ = ["Diagram"]


class Diagram:
    """A Mermaid diagram with its words.

    ``str()``, and so ``print``, gives the words: they are complete, and ready for a ticket. As the last line of a cell
    it is drawn. There is no HTML beside it, which JupyterLab would prefer to the diagram.
    """

    def __init__(self, name: str, blocks: Iterable[Block], kind: str, body: Iterable[str]) -> None:
        self._name = name
        self._words = words(blocks)
        lines = list(body)
        self.mermaid = stable(diagram(kind, name, self._words, lines)) if lines else ""
        """The diagram as Mermaid text; empty where there is nothing to draw."""

    def __str__(self) -> str:
        return self._words

    def __repr__(self) -> str:
        return self._name

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Give Jupyter the words and, if there is something to draw, the diagram."""
        drawn = {MIME_TYPE: self.mermaid} if self.mermaid else {}
        return {"text/plain": self._words, **drawn}
