"""Compiler from syntax tree to one Python function, so that a queue can check thousands of Workers quickly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..grammar.nodes import AllOf, AnyOf, Comparison, Constant, Group, ListOf, Node, Operand, Reference
from ..values import RULES
from .lookup import Names, make_reader

__all__ = ["Predicate", "compile_node", "constant_value"]

Predicate = Callable[[Names], bool]


def compile_node(node: Node) -> Predicate:
    """Return a function of the names that returns True if ``node`` matches. It never raises.

    Its calls nest as deep as the parentheses; a long chain of AND or OR adds no depth.
    """
    match node:
        case Comparison():
            return _comparison(node)
        case Group(inner=inner):
            return compile_node(inner)
        case AllOf(clauses=clauses):
            return _all_of([compile_node(clause) for clause in clauses])
        case AnyOf(clauses=clauses):
            return _any_of([compile_node(clause) for clause in clauses])


def constant_value(operand: Constant | ListOf) -> Any:
    """Return the JSON value of a constant or of a list of constants."""
    return operand.value if isinstance(operand, Constant) else [constant.value for constant in operand.values]


def _comparison(node: Comparison) -> Predicate:
    rule, left, right = RULES[node.operator], _operand(node.left), _operand(node.right)
    if isinstance(node.right, Reference):
        return lambda names: rule(left(names), right(names))
    value = constant_value(node.right)  # the common case, with one call less
    return lambda names: rule(left(names), value)


def _operand(operand: Operand) -> Callable[[Names], Any]:
    if isinstance(operand, Reference):
        return make_reader(operand.path)
    value = constant_value(operand)
    return lambda _names: value


def _all_of(clauses: list[Predicate]) -> Predicate:
    def all_hold(names: Names) -> bool:
        for holds in clauses:  # noqa: SIM110 - all(...) over a generator takes twice as long
            if not holds(names):
                return False
        return True

    return all_hold


def _any_of(clauses: list[Predicate]) -> Predicate:
    def any_holds(names: Names) -> bool:
        for holds in clauses:  # noqa: SIM110
            if holds(names):
                return True
        return False

    return any_holds
