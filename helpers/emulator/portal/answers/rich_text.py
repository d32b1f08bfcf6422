"""Sentences with emphasis: names in bold and code, without markup, so that no name can become any."""

from __future__ import annotations

from typing import NamedTuple

from ...explanations.sentences.phrases import expression, safe

__all__ = ["Piece", "code", "say", "strong", "text_of"]


class Piece(NamedTuple):
    """Piece of a sentence; ``style`` is "strong", "code" or empty."""

    text: str
    style: str = ""


def strong(name: object) -> Piece:
    """Return a name that stands out."""
    return Piece(safe(name), "strong")


def code(text: object) -> Piece:
    """Return an expression or a value, on one line."""
    return Piece(expression(text), "code")


def text_of(*pieces: str | Piece) -> str:
    """Return the plain text of a sentence; its code stands between backticks."""
    parts = (each if isinstance(each, Piece) else Piece(each) for each in pieces)
    return "".join(f"`{each.text}`" if each.style == "code" else each.text for each in parts)


def say(*pieces: str | Piece) -> dict[str, object]:
    """Return a sentence as ``sentence``, its plain text, and ``parts``: a list of {text, style}."""
    parts = [each if isinstance(each, Piece) else Piece(each) for each in pieces]
    return {"sentence": text_of(*parts), "parts": [each._asdict() for each in parts if each.text]}
