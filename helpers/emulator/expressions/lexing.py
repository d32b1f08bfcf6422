"""The two questions about a half-read text that lark answers, typed."""

from __future__ import annotations

from collections.abc import Iterator

from lark import Lark, Token

__all__ = ["accepted_after", "tokens"]


def tokens(text: str, parser: Lark) -> Iterator[Token]:
    """The tokens of ``text`` one by one, whether or not they make an expression.

    Raises:
        UnexpectedCharacters: while iterating, where no token begins.
    """
    stream: Iterator[Token] = parser.parse_interactive(text).lexer_thread.lex(None)  # type: ignore[no-untyped-call]
    return stream


def accepted_after(prefix: str, parser: Lark) -> frozenset[str]:
    """The terminals of the grammar that may follow ``prefix``, the sound beginning of some expression."""
    state = parser.parse_interactive(prefix)
    state.exhaust_lexer()
    return frozenset(state.accepts())  # type: ignore[no-untyped-call]
