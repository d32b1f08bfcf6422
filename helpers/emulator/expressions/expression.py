"""A parsed expression: ask it for a verdict, or for its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field

from .evaluation.compiler import Predicate, compile_node
from .evaluation.lookup import Names
from .evaluation.scope import Scope, check_reference, nameless
from .grammar.expression_error import ExpressionError
from .grammar.left_out import LeftOut
from .grammar.nodes import Node, Path, Reference, walk
from .grammar.parser import Parsed, parse_tree
from .result_cache import Remembered
from .tracing.repairs import Edit, MayWrite, repaired
from .tracing.trace import NOBODY, Trace, Tracer

__all__ = ["Expression", "parse"]


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that parsed; made by ``parse``.

    Attributes:
        text: as written.
        scope: the place it stands in.
        references: every path it reads, list indexes as text: ``("task", "scores", "0")``.
    """

    text: str
    scope: Scope
    references: frozenset[Path]
    _parsed: Parsed = field(repr=False, compare=False)
    _holds: Predicate = field(repr=False, compare=False)

    def matches(self, names: Names) -> bool:
        """Whether the expression is true for ``names``, plain JSON values by top-level name. Never raises."""
        return self._holds(names)

    def trace(self, names: Names) -> Trace:
        """The verdict of ``matches`` clause by clause, with the values seen and a reason for each false one."""
        node = self._parsed.node
        return NOBODY if node is None else Tracer(self.text, self.scope, names).trace(node)

    def repair(self, names: Names, may_write: MayWrite) -> tuple[Edit, ...] | None:
        """The few values to write so that it becomes true; empty if it is, None if no way is known.

        ``may_write`` says of a path whether its value can be changed at all.
        """
        node = self._parsed.node
        return None if node is None else repaired(node, names, may_write)

    def notes(self) -> list[str]:
        """What of it has no effect, and what is read instead, in sentences; nothing if all of it has."""
        unread = self.left_out.sentences() if self._parsed.dropped or self._parsed.end < len(self.text) else ()
        return [*unread, *nameless(self.references, self.scope)]

    @property
    def left_out(self) -> LeftOut:
        """What of the text says nothing."""
        return LeftOut(self.text, tuple(self._parsed.dropped), self._parsed.end)


def parse(text: str, *, scope: Scope) -> Expression:
    """Read an expression; one read before costs next to nothing.

    Raises:
        ExpressionError: the text is no expression, uses a name its scope does not know, is longer than
            8192 characters, or opens more than 64 parentheses at once.
    """
    return _remembered(text, scope)


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
_remembered = Remembered(_read, characters=1_500_000)
