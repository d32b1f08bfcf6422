"""A parsed expression: ask it for a verdict, or for its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from helpers.emulator.expressions.compiler import Predicate, compile_node
from helpers.emulator.expressions.errors import ExpressionError
from helpers.emulator.expressions.lookup import Names
from helpers.emulator.expressions.nodes import Node, Path, Reference, walk
from helpers.emulator.expressions.repairs import Edit, MayWrite, repaired
from helpers.emulator.expressions.scope import Scope, check_reference
from helpers.emulator.expressions.trace import NOBODY, Trace, Tracer

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
    _node: Node | None = field(repr=False, compare=False)
    _holds: Predicate = field(repr=False, compare=False)

    def matches(self, names: Names) -> bool:
        """Whether the expression is true for ``names``, plain JSON values by top-level name. Never raises."""
        return self._holds(names)

    def trace(self, names: Names) -> Trace:
        """The verdict of ``matches`` clause by clause, with the values seen and a reason for each false one."""
        return NOBODY if self._node is None else Tracer(self.text, self.scope, names).trace(self._node)

    def repair(self, names: Names, may_write: MayWrite) -> tuple[Edit, ...] | None:
        """The few values to write so that it becomes true; empty if it is, None if no way is known.

        ``may_write`` says of a path whether its value can be changed at all.
        """
        return None if self._node is None else repaired(self._node, names, may_write)


def parse(text: str, *, scope: Scope) -> Expression:
    """Read an expression; one read before costs next to nothing.

    Raises:
        ExpressionError: the text is no expression, uses a name its scope does not know, is longer than
            8192 characters, or opens more than 64 parentheses at once.
    """
    remembered = _read_short if len(text) <= _SHORT else _read_long
    return remembered(text, scope)


def _read(text: str, scope: Scope) -> Expression:
    from helpers.emulator.expressions.parser import parse_with  # here, because lark would delay every start by a sixth

    node = parse_with("expression", text)
    if node is None:
        return _empty(text, scope)
    references = _references(node)
    for reference in references:
        check_reference(reference, scope, text)
    return Expression(text, scope, frozenset(reference.path for reference in references), node, compile_node(node))


def _references(node: Node) -> list[Reference]:
    operands = (operand for comparison in walk(node) for operand in (comparison.left, comparison.right))
    return [operand for operand in operands if isinstance(operand, Reference)]


def _empty(text: str, scope: Scope) -> Expression:
    if scope is Scope.WORKER:
        return Expression(text, scope, frozenset(), None, lambda _names: False)
    raise ExpressionError(
        "no viable alternative at input '<EOF>': the expression is empty",
        len(text),
        text,
        "Write a clause such as language == 'es', or 1==1 for always.",
    )


# A comparison takes about 1 KB once compiled: both together stay below 200 MB, whatever is parsed.
_SHORT = 256
_read_short = lru_cache(maxsize=4096)(_read)
_read_long = lru_cache(maxsize=64)(_read)
