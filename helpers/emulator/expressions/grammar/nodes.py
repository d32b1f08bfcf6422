"""The parts an expression is made of, each knowing where it stands in the text.

They never lead back to themselves, so the garbage collector need not look at them.
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
"""Keys and list indexes on the way to a value: ``o.arr[2]`` is ``("o", "arr", "2")``."""


class _Node(msgspec.Struct, frozen=True, gc=False):
    """``text[start:end]`` is what the learner wrote."""

    start: int
    end: int


class Constant(_Node, frozen=True, gc=False):
    """A value written out: text, a number, true, false or null."""

    value: str | int | float | bool | None


class ListOf(_Node, frozen=True, gc=False):
    """Constants between square brackets."""

    values: tuple[Constant, ...]


class Reference(_Node, frozen=True, gc=False):
    """The name of a value that is looked up."""

    path: Path


class Comparison(_Node, frozen=True, gc=False):
    """Two operands and the operator between them, in its plain spelling: ``=`` is ``==``, ``<-`` is ``IN``."""

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
    """A clause in parentheses, which belong to its span."""

    inner: Node


Operand = Constant | ListOf | Reference
Node = Comparison | AllOf | AnyOf | Group


def walk(node: Node) -> Iterator[Comparison]:
    """Every comparison below ``node``, in the order written."""
    waiting = [node]
    while waiting:
        match waiting.pop():
            case Comparison() as comparison:
                yield comparison
            case Group(inner=inner):
                waiting.append(inner)
            case AllOf(clauses=clauses) | AnyOf(clauses=clauses):
                waiting.extend(reversed(clauses))
