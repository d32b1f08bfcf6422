"""The parts an expression is made of, each knowing where it stands in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Span:
    """``text[start:end]`` is what the learner wrote."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Constant(_Span):
    """A value written out: text, a number, true, false or null."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class ListOf(_Span):
    """Constants between square brackets."""

    values: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Reference(_Span):
    """The name of a value that is looked up."""

    path: Path


@dataclass(frozen=True, slots=True)
class Comparison(_Span):
    """Two operands and the operator between them, in its plain spelling: ``=`` is ``==``, ``<-`` is ``IN``."""

    left: Operand
    operator: str
    right: Operand


@dataclass(frozen=True, slots=True)
class AllOf(_Span):
    """Clauses joined by AND; flat, however many there are."""

    clauses: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf(_Span):
    """Clauses joined by OR; flat, however many there are."""

    clauses: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Group(_Span):
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
