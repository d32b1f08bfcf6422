"""Trace of an expression for given names: verdict and reason, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from ..evaluation.compiler import constant_value
from ..evaluation.lookup import Names, read
from ..evaluation.scope import Scope
from ..grammar.nodes import AllOf, AnyOf, Comparison, Group, Node, Operand, Reference
from ..values import RULES
from .operands import Clause, Side, format_value
from .reasons import why_false

__all__ = ["NOBODY", "Trace", "Tracer"]


class Trace(msgspec.Struct, frozen=True):
    """Verdict on one clause, and on the clauses that it joins.

    Attributes:
        text: the clause as written.
        result: its verdict.
        operator: ``AND``, ``OR``, or that of the comparison in its canonical spelling.
        seen: the values of the names in it, by name as written; empty for AND and OR.
        children: the clauses joined by AND or OR, all evaluated, even if one already decides.
        reason: why it is false, in plain words; empty if it is true.
    """

    text: str
    result: bool
    operator: str
    seen: Mapping[str, Any] = msgspec.field(default_factory=dict)
    children: tuple[Trace, ...] = ()
    reason: str = ""

    def failures(self) -> Iterator[Trace]:
        """Yield the comparisons that make a false verdict false, in the order written; none if it is true."""
        if self.result:
            return
        if not self.children:
            yield self
        for child in self.children:
            yield from child.failures()

    def leaves(self) -> Iterator[Trace]:
        """Yield all comparisons, in the order written."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def __str__(self) -> str:
        return "\n".join(self._lines(0))

    def _lines(self, depth: int) -> Iterator[str]:
        mark, clause = "✓" if self.result else "✗", " ".join(self.text.split())
        reason = f": {self.reason}" if self.reason and not self.children else ""
        yield f"{'  ' * depth}{mark} {clause}{reason}"
        for child in self.children:
            yield from child._lines(depth + 1)


NOBODY = Trace("", False, "", reason="the expression is empty, which matches nobody. 1==1 matches everybody")


class Tracer(msgspec.Struct, frozen=True):
    """Evaluator of every clause of one expression for one set of names."""

    text: str
    scope: Scope
    names: Names

    def trace(self, node: Node) -> Trace:
        """Return the trace of ``node``, by the same rules as the compiled expression."""
        match node:
            case Group(inner=inner):
                return self.trace(inner)
            case AllOf():
                return self._all_of(node)
            case AnyOf():
                return self._any_of(node)
            case Comparison():
                return self._comparison(node)

    def _all_of(self, node: AllOf) -> Trace:
        children = tuple([self.trace(clause) for clause in node.clauses])
        false = sum(not child.result for child in children)
        reason = f"{false} of {len(children)} clauses {'is' if false == 1 else 'are'} false; AND needs all of them true"
        return Trace(self._text_of(node), not false, "AND", {}, children, reason if false else "")

    def _any_of(self, node: AnyOf) -> Trace:
        children = tuple([self.trace(clause) for clause in node.clauses])
        result = any(child.result for child in children)
        reason = f"all {len(children)} clauses are false; OR needs one of them true"
        return Trace(self._text_of(node), result, "OR", {}, children, "" if result else reason)

    def _comparison(self, node: Comparison) -> Trace:
        left, right = self._side(node.left), self._side(node.right)
        result = RULES[node.operator](left.value, right.value)
        written = self.text[node.left.end : node.right.start].strip()
        clause = Clause(left, node.operator, written, right, self.scope, self.names)
        seen = {side.label: side.value for side in clause.sides if side.path}
        return Trace(self._text_of(node), result, node.operator, seen, (), "" if result else why_false(clause))

    def _side(self, operand: Operand) -> Side:
        if isinstance(operand, Reference):
            return Side(self._text_of(operand), read(self.names, operand.path), operand.path)
        value = constant_value(operand)
        return Side(format_value(value), value)

    def _text_of(self, node: Node | Operand) -> str:
        return self.text[node.start : node.end]
