"""From text to tree, within limits that keep every expression cheap."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, v_args

from helpers.emulator.expressions.diagnosis import diagnose
from helpers.emulator.expressions.errors import ExpressionError
from helpers.emulator.expressions.lexing import tokens
from helpers.emulator.expressions.nodes import (
    AllOf,
    AnyOf,
    Comparison,
    Constant,
    Group,
    ListOf,
    Node,
    Operand,
    Path,
    Reference,
)
from helpers.emulator.expressions.values import as_number

__all__ = ["MAX_LENGTH", "MAX_NESTING", "parse_with"]

MAX_LENGTH = 8192
"""Characters in one expression; twice what a Worker's or Task's attributes may hold."""
MAX_NESTING = 64
"""Parentheses open at once."""

_ALIASES = {"=": "==", ">-": "HAS", "<-": "IN"}
_PATH_PART = re.compile(r"[\w$]+")
_ESCAPED = re.compile(r"""\\(["'\\])""")


def parse_with(start: str, text: str) -> Any:
    """Read ``text`` by the rule ``start`` of ``grammar.lark``.

    Returns:
        For ``expression`` a Node, or None if there is nothing but white space; for ``order_by``
        a tuple of (Reference, descending).

    Raises:
        ExpressionError: the text does not follow the grammar, is too long or nested too deep.
    """
    if len(text) > MAX_LENGTH:
        message = f"expression is {len(text)} characters long, at most {MAX_LENGTH} are allowed"
        advice = "Split it into several filters, or compare with a list: IN [...]."
        raise ExpressionError(message, MAX_LENGTH, text, advice)
    parser = _lark(start)
    _check_nesting(parser, text)
    try:
        return parser.parse(text)
    except UnexpectedInput as problem:
        raise diagnose(problem, text, parser) from None


@cache
def _lark(start: str) -> Lark:
    return Lark.open(
        "grammar.lark", rel_to=__file__, parser="lalr", lexer="basic", start=start, transformer=_TreeBuilder()
    )


def _check_nesting(parser: Lark, text: str) -> None:
    if text.count("(") <= MAX_NESTING:
        return
    depth = 0
    try:
        for token in tokens(text, parser):
            depth += {"LPAR": 1, "RPAR": -1}.get(token.type, 0)
            if depth > MAX_NESTING:
                message = f"parentheses are nested deeper than {MAX_NESTING} levels"
                raise ExpressionError(message, token.start_pos or 0, text, "Remove parentheses that change nothing.")
    except UnexpectedInput:
        return  # the parser meets the same character, and may find an earlier mistake


@v_args(inline=True)
class _TreeBuilder(Transformer[Token, Any]):
    """Turns each finished rule of the grammar into its node, while parsing."""

    def expression(self, node: Node | None = None) -> Node | None:
        return node

    def any_of(self, *clauses: Node) -> Node:
        return AnyOf(clauses[0].start, clauses[-1].end, clauses)

    def all_of(self, *clauses: Node) -> Node:
        return AllOf(clauses[0].start, clauses[-1].end, clauses)

    def group(self, opening: Token, inner: Node, closing: Token) -> Node:
        return Group(*_span(opening, closing), inner)

    def comparison(self, left: Operand, operator: Token, right: Operand) -> Node:
        return Comparison(left.start, right.end, left, _plain(operator), right)

    def reference(self, token: Token) -> Reference:
        return Reference(*_span(token), _path(token))

    def list(self, opening: Token, *rest: Any) -> Operand:
        *values, closing = rest
        return ListOf(*_span(opening, closing), tuple(values))

    def string(self, token: Token) -> Constant:
        return Constant(*_span(token), _ESCAPED.sub(r"\1", token[1:-1]))

    def number(self, token: Token) -> Constant:
        return Constant(*_span(token), as_number(token))

    def true(self, token: Token) -> Constant:
        return Constant(*_span(token), True)

    def false(self, token: Token) -> Constant:
        return Constant(*_span(token), False)

    def null(self, token: Token) -> Constant:
        return Constant(*_span(token), None)

    def order_by(self, *clauses: tuple[Reference, bool]) -> tuple[tuple[Reference, bool], ...]:
        return clauses

    def order(self, token: Token, direction: Token) -> tuple[Reference, bool]:
        return self.reference(token), direction.upper() == "DESC"


def _span(first: Token, last: Token | None = None) -> tuple[int, int]:
    return first.start_pos or 0, (last or first).end_pos or 0


def _plain(operator: Token) -> str:
    spelling = " ".join(operator.upper().split())
    return _ALIASES.get(spelling, spelling)


def _path(token: str) -> Path:
    return tuple(str(int(part)) if part.isdecimal() else part for part in _PATH_PART.findall(token))
