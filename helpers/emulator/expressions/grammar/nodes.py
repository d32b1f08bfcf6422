"""Nodes of the syntax tree, each with its span in the text.

They never form cycles, so the garbage collector doesn't track them.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

__all__ = [
    "AllOf",
    "AnyOf",
    "Comparison",
    "Constant",
    "Group",
    "ListOf",
    "Node",
    "Operand",
    "Path",
    "Reference",
    "walk",
]

Path = tuple[str, ...]
"""Keys and list indexes that lead to a value: ``o.arr[2]`` is ``("o", "arr", "2")``."""


class _Node(msgspec.Struct, frozen=True, gc=False):
    """Node whose text as written is ``text[start:end]``."""

    start: int
    end: int


class Constant(_Node, frozen=True, gc=False):
    """Literal value: text, a number, true, false or null."""

    value: str | int | float | bool | None


class ListOf(_Node, frozen=True, gc=False):
    """Constants between square brackets."""

    values: tuple[Constant, ...]


class Reference(_Node, frozen=True, gc=False):
    """Name of a value to look up."""

    path: Path


class Comparison(_Node, frozen=True, gc=False):
    """Two operands and the operator between them, in its canonical spelling: ``=`` is ``==``, ``<-`` is ``IN``."""

    left: Operand
    operator: str
    right: Operand


class AllOf(_Node, frozen=True, gc=False):
    """Clauses joined by AND; flat, however many there are."""

    clauses: tuple[Node, ...]


class AnyOf(_Node, frozen=True, gc=False):
    """Clauses joined by OR; flat, however many there are."""

    clauses: tuple[Node, ...]


class Group(_Node, frozen=True, gc=False):
    """Clause in parentheses; its span includes them."""

    inner: Node


Operand = Constant | ListOf | Reference
Node = Comparison | AllOf | AnyOf | Group


def walk(node: Node) -> Iterator[Comparison]:
    """Yield every comparison below ``node``, in the order written."""
    waiting = [node]
    while waiting:
        match waiting.pop():
            case Comparison() as comparison:
                yield comparison
            case Group(inner=inner):
                waiting.append(inner)
            case AllOf(clauses=clauses) | AnyOf(clauses=clauses):
                waiting.extend(reversed(clauses))
