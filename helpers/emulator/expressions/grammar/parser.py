"""Recursive descent parser from tokens to syntax tree, with limits that keep every expression cheap.

Grammar of TargetWorkers, filters, targets' expressions, skip_if and order_by (reference 5.2)::

    expression: all_of (OR all_of)*
    all_of:     clause (AND clause)*
    clause:     "(" expression ")" | operand OPERATOR operand
    operand:    constant | "[" (constant ("," constant)*)? "]" | REFERENCE
    constant:   STRING | NUMBER | TRUE | FALSE | NULL
    order_by:   REFERENCE (ASC | DESC) ("," REFERENCE (ASC | DESC))*

AND binds tighter than OR (reference 14.1: our choice). There is no NOT, no arithmetic and no function.
"""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

from ..values import as_number
from .expression_error import ExpressionError
from .nodes import AllOf, AnyOf, Comparison, Constant, Group, ListOf, Node, Operand, Path, Reference
from .parse_errors import Unexpected, diagnose
from .tokens import Span, scan

__all__ = ["Parsed", "parse_ordering", "parse_reference", "parse_tree"]

_MAX_LENGTH = 8192
"""Most characters in one expression; twice the limit of a Worker's or Task's attributes."""
_MAX_NESTING = 64
"""Most parentheses open at once."""

_CONSTANT = frozenset({"STRING", "NUMBER", "TRUE", "FALSE", "NULL"})
_OPERAND = _CONSTANT | {"LSQB", "REFERENCE"}
_CLAUSE = _OPERAND | {"LPAR"}
_WORDS = {"TRUE": True, "FALSE": False, "NULL": None}
_ALIASES = {"=": "==", ">-": "HAS", "<-": "IN"}
_PATH_PART = re.compile(r"\[([0-9]+)\]|\.?([\w$]+)")
_ESCAPED = re.compile(r"""\\(["'\\])""")
_DIRECTION = re.compile("(?ai:ASC|DESC)")


class Parsed(NamedTuple):
    """Result of a parse: the tree, and the characters that aren't in it."""

    node: Node | None
    """None if the text has no token."""
    dropped: list[Span]
    """Characters that belong to no token."""
    end: int
    """Offset where parsing stopped; the rest is ignored."""


def parse_tree(text: str, *, ends_at_comma: bool = False) -> Parsed:
    """Parse an expression; with ``ends_at_comma``, a comma ends it and the rest is ignored.

    Raises:
        ExpressionError: the text doesn't follow the grammar, is too long, or is nested too deep.
    """
    return _Parser(text).whole_expression(ends_at_comma)


def parse_ordering(text: str) -> list[tuple[Reference, bool]]:
    """Parse an order_by into pairs of name and True for DESC, False for ASC.

    Raises:
        ExpressionError: the text doesn't follow the grammar, or is too long.
    """
    return _Parser(text).order_by()


def parse_reference(text: str) -> Path | None:
    """Parse ``"task.agents[0]"``, a name that stands alone, as ``("task", "agents", "0")``.

    Returns:
        None if the text is anything but one name, or too long.
    """
    if len(text) > _MAX_LENGTH:
        return None
    tokens = scan(text)
    if tokens.kinds != ["REFERENCE", "END"] or tokens.dropped:
        return None
    return _path_of(text[tokens.starts[0] : tokens.ends[0]])


class _Parser:
    """Parser of one text, from left to right with one token of lookahead."""

    def __init__(self, text: str) -> None:
        if len(text) > _MAX_LENGTH:
            message = f"expression is {len(text)} characters long, at most {_MAX_LENGTH} are allowed"
            advice = "Split it into several filters, or compare with a list: IN [...]."
            raise ExpressionError(message, _MAX_LENGTH, text, advice)
        self._text = text
        self._tokens = scan(text)
        self._kinds, self._starts, self._ends, self._dropped = self._tokens
        self._at = 0
        self._depth = 0

    def whole_expression(self, ends_at_comma: bool) -> Parsed:
        if len(self._kinds) == 1:
            return Parsed(None, self._dropped, len(self._text))
        node = self._any_of()
        kind, end = self._kinds[self._at], len(self._text)
        if kind == "COMMA" and ends_at_comma:
            end = self._starts[self._at]
        elif kind != "END":
            self._refuse({"END", "AND", "OR"})
        return Parsed(node, [span for span in self._dropped if span[0] < end], end)

    def order_by(self) -> list[tuple[Reference, bool]]:
        found = []
        while True:
            name = self._take("REFERENCE")
            reference = Reference(self._starts[name], self._ends[name], _path_of(self._text_of(name)))
            direction = _DIRECTION.fullmatch(self._text_of(self._at))
            if direction is None:
                self._refuse({"DIRECTION"})
            self._at += 1
            found.append((reference, direction.group().upper() == "DESC"))
            if self._kinds[self._at] == "END":
                return found
            if self._kinds[self._at] != "COMMA":
                self._refuse({"END", "COMMA"})
            self._at += 1

    def _any_of(self) -> Node:
        first = self._all_of()
        if self._kinds[self._at] != "OR":
            return first
        clauses = [first]
        while self._kinds[self._at] == "OR":
            self._at += 1
            clauses.append(self._all_of())
        return AnyOf(first.start, clauses[-1].end, tuple(clauses))

    def _all_of(self) -> Node:
        first = self._clause()
        if self._kinds[self._at] != "AND":
            return first
        clauses = [first]
        while self._kinds[self._at] == "AND":
            self._at += 1
            clauses.append(self._clause())
        return AllOf(first.start, clauses[-1].end, tuple(clauses))

    def _clause(self) -> Node:
        if self._kinds[self._at] == "LPAR":
            return self._group()
        left = self._operand(_CLAUSE)
        operator = self._take("OPERATOR")
        right = self._operand(_OPERAND)
        return Comparison(left.start, right.end, left, _canonical(self._text_of(operator)), right)

    def _group(self) -> Group:
        opening = self._starts[self._at]
        self._depth += 1
        if self._depth > _MAX_NESTING:
            message = f"parentheses are nested deeper than {_MAX_NESTING} levels"
            raise ExpressionError(message, opening, self._text, "Remove parentheses that change nothing.")
        self._at += 1
        inner = self._any_of()
        if self._kinds[self._at] != "RPAR":
            self._refuse({"RPAR", "AND", "OR"})
        self._depth -= 1
        self._at += 1
        return Group(opening, self._ends[self._at - 1], inner)

    def _operand(self, expected: frozenset[str]) -> Operand:
        at = self._at
        kind = self._kinds[at]
        if kind == "REFERENCE":
            self._at += 1
            return Reference(self._starts[at], self._ends[at], _path_of(self._text_of(at)))
        return self._list() if kind == "LSQB" else self._constant(expected)

    def _list(self) -> ListOf:
        opening = self._take("LSQB")
        values: list[Constant] = []
        if self._kinds[self._at] != "RSQB":  # an empty list is in production use, though the documentation has none
            values.append(self._constant(_CONSTANT | {"RSQB"}))
            while self._kinds[self._at] == "COMMA":
                self._at += 1
                values.append(self._constant(_CONSTANT))
        closing = self._take("RSQB", "COMMA")
        return ListOf(self._starts[opening], self._ends[closing], tuple(values))

    def _constant(self, expected: frozenset[str]) -> Constant:
        at = self._at
        if self._kinds[at] not in _CONSTANT:
            self._refuse(expected)
        self._at += 1
        return Constant(self._starts[at], self._ends[at], _value(self._kinds[at], self._text_of(at)))

    def _take(self, kind: str, *others: str) -> int:
        """Go past a token of that kind and return its number; an error also lists ``others`` as expected."""
        at = self._at
        if self._kinds[at] != kind:
            self._refuse({kind, *others})
        self._at += 1
        return at

    def _text_of(self, at: int) -> str:
        return self._text[self._starts[at] : self._ends[at]]

    def _refuse(self, expected: frozenset[str] | set[str]) -> NoReturn:
        raise diagnose(Unexpected(self._text, self._tokens, self._at, frozenset(expected)))


def _value(kind: str, written: str) -> str | int | float | bool | None:
    if kind == "STRING":
        return _ESCAPED.sub(r"\1", written[1:-1]) if "\\" in written else written[1:-1]
    return as_number(written) if kind == "NUMBER" else _WORDS[kind]


def _canonical(operator: str) -> str:
    spelling = operator if len(operator) < 3 else " ".join(operator.upper().split())
    return _ALIASES.get(spelling, spelling.upper())


def _path_of(name: str) -> Path:
    """Return ``o.arr[2]`` as ``("o", "arr", "2")``."""
    if "[" not in name:
        return tuple(name.split("."))
    return tuple(str(int(index)) if index else key for index, key in _PATH_PART.findall(name))
