"""A parsed expression, which TaskQueues, Workflows and lists evaluate, and explanations trace."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .evaluation.compiler import Predicate, compile_node
from .evaluation.lookup import Names
from .evaluation.scope import Scope, check_reference, describe_unprefixed
from .grammar.expression_error import ExpressionError
from .grammar.left_out import LeftOut
from .grammar.nodes import Node, Path, Reference, walk
from .grammar.parser import Parsed, parse_tree
from .result_cache import ResultCache
from .tracing.compared_values import compared_values
from .tracing.repairs import Edit, MayWrite, find_edits
from .tracing.trace import NOBODY, Trace, Tracer

__all__ = ["Expression", "parse"]


@dataclass(frozen=True, slots=True)
class Expression:
    """Parsed expression, returned by ``parse``.

    Attributes:
        text: as written.
        scope: the place it is written in.
        references: every path it reads, with list indexes as text: ``("task", "scores", "0")``.
    """

    text: str
    scope: Scope
    references: frozenset[Path]
    _parsed: Parsed = field(repr=False, compare=False)
    _holds: Predicate = field(repr=False, compare=False)

    def matches(self, names: Names) -> bool:
        """Return True if the expression matches ``names``, plain JSON values by top-level name. Never raises."""
        return self._holds(names)

    def trace(self, names: Names) -> Trace:
        """Return the verdict of ``matches`` clause by clause, with the values read and a reason for each false one."""
        node = self._parsed.node
        return NOBODY if node is None else Tracer(self.text, self.scope, names).trace(node)

    def repair(self, names: Names, may_write: MayWrite) -> tuple[Edit, ...] | None:
        """Return a few values to write so that the expression matches: () if it does, None if no way is known.

        ``may_write`` returns True for a path whose value can be changed.
        """
        node = self._parsed.node
        return None if node is None else find_edits(node, names, may_write)

    def compared(self) -> dict[Path, list[Any]]:
        """Return the constants that each path is compared with, both in the order in which they are written."""
        return {} if self._parsed.node is None else compared_values(self._parsed.node)

    def notes(self) -> list[str]:
        """Return sentences about the parts that have no effect, and what is read instead; [] if there are none."""
        unread = self.left_out.sentences() if self._parsed.dropped or self._parsed.end < len(self.text) else ()
        return [*unread, *describe_unprefixed(self.references, self.scope)]

    @property
    def left_out(self) -> LeftOut:
        """Part of the text that has no effect."""
        return LeftOut(self.text, tuple(self._parsed.dropped), self._parsed.end)


def parse(text: str, *, scope: Scope) -> Expression:
    """Parse an expression, or return the one parsed before from the same text.

    Raises:
        ExpressionError: the text isn't an expression, uses a name that its scope refuses, is longer than
            8192 characters, or nests parentheses more than 64 deep.
    """
    return _read_once(text, scope)


def _read(text: str, scope: Scope) -> Expression:
    parsed = parse_tree(text, ends_at_comma=scope is Scope.TASK)
    if parsed.node is None:
        return _empty(text, scope, parsed)
    references = _references(parsed.node)
    for reference in references:
        check_reference(reference, scope, text)
    paths = frozenset(reference.path for reference in references)
    return Expression(text, scope, paths, parsed, compile_node(parsed.node))


def _references(node: Node) -> list[Reference]:
    operands = (operand for comparison in walk(node) for operand in (comparison.left, comparison.right))
    return [operand for operand in operands if isinstance(operand, Reference)]


def _empty(text: str, scope: Scope, parsed: Parsed) -> Expression:
    if scope is Scope.WORKER:
        return Expression(text, scope, frozenset(), parsed, lambda _names: False)
    start, end = parsed.dropped[0] if parsed.dropped else (len(text), None)
    seen = "Nothing is left once this is dropped." if parsed.dropped else "The expression is empty."
    advice = f"{seen} Write a clause such as language == 'es', or 1==1 for always."
    raise ExpressionError("no viable alternative at input '<EOF>'", start, text, advice, end=end)


# Room for all of the longest configuration. A comparison takes about 1 KB once compiled: this stays below 200 MB.
_read_once = ResultCache(_read, characters=1_500_000)
