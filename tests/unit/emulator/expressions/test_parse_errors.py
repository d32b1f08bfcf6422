"""Messages have the shape of those of Twilio's own parser, and a position."""

from __future__ import annotations

import pytest

from helpers.emulator.expressions import ExpressionError, Scope, parse

OPERAND = "{'[', REFERENCE, STRING, NUMBER, TRUE, FALSE, NULL}"


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("skill-level > 3", 5, "extraneous input 'evel' expecting OPERATOR"),
        ("3 < skill-level", 9, "extraneous input 'evel' expecting {<EOF>, AND, OR}"),
        ("skill-5 > 3", 5, "extraneous input '-5' expecting OPERATOR"),
        ("skill-x 3", 5, "mismatched input '3' expecting OPERATOR"),
        ("n >", 3, f"mismatched input '<EOF>' expecting {OPERAND}"),
        ("n > AND", 4, f"mismatched input 'AND' expecting {OPERAND}"),
        ("n == == 1", 5, f"extraneous input '==' expecting {OPERAND}"),
        ("(n > 1", 6, "mismatched input '<EOF>' expecting {AND, OR, ')'}"),
        ("n > 1)", 5, "extraneous input ')' expecting {<EOF>, AND, OR}"),
        ("skills HAVE 'x'", 7, "mismatched input 'HAVE' expecting OPERATOR"),
        ("flag", 4, "mismatched input '<EOF>' expecting OPERATOR"),
        ("a == 1 && b == 2", 7, "mismatched input 'b' expecting {<EOF>, AND, OR}"),
        ("name == 'Alice", 8, f"mismatched input '<EOF>' expecting {OPERAND}"),
        ("n IN ['x',]", 10, "mismatched input ']' expecting {STRING, NUMBER, TRUE, FALSE, NULL}"),
        ("n IN ['x' 'y']", 10, "extraneous input ''y'' expecting {']', ','}"),
        ("n IN [[1]]", 6, "extraneous input '[' expecting {']', STRING, NUMBER, TRUE, FALSE, NULL}"),
        ("n IN [x]", 6, "extraneous input 'x' expecting {']', STRING, NUMBER, TRUE, FALSE, NULL}"),
        ("988ENsk == 1", 0, "extraneous input 'ENsk' expecting OPERATOR"),
        ("n > 1 AND 988ENsk == 1", 10, "extraneous input 'ENsk' expecting OPERATOR"),
        ("!(n > 1)", 0, "extraneous input ')' expecting {<EOF>, AND, OR}"),
        ("NOT flag == true", 4, "extraneous input 'flag' expecting OPERATOR"),
        ("", 0, "no viable alternative at input '<EOF>'"),
    ],
)
def test_message_and_position(text: str, position: int, message: str) -> None:
    """The message names what was seen and what could have stood there."""
    with pytest.raises(ExpressionError) as caught:
        parse(text, scope=Scope.TASK)

    assert (caught.value.message, caught.value.position) == (message, position)


def test_long_words_are_shortened() -> None:
    """A message stays readable however long the word is that does not fit."""
    with pytest.raises(ExpressionError) as caught:
        parse(f"n {'x' * 5000}", scope=Scope.TASK)

    assert caught.value.message == f"mismatched input '{'x' * 39}…' expecting OPERATOR"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("n > 1 AND 988ENsk == 1", "988ENsk"),
        ("a == 1 && b == 2", "&&"),
        ("a == 1 AND name == 'Alice Smith", "'Alice Smith"),
        ("skill-level > 3", "-l"),
        ("n > 1 AND !(n > 2)", "!("),
        ("skills HAVE 'x'", "H"),
    ],
)
def test_caret_is_as_wide_as_the_mistake(text: str, seen: str) -> None:
    """A word that begins with a digit and what was dropped are marked whole."""
    with pytest.raises(ExpressionError) as caught:
        parse(text, scope=Scope.TASK)

    line, carets = caught.value.caret().split("\n")
    assert line[carets.index("^") : len(carets)] == seen


def test_what_was_dropped_earlier_is_told() -> None:
    """The parser never sees what the lexer dropped, so the advice names it."""
    with pytest.raises(ExpressionError) as caught:
        parse("!active == true AND name 'x'", scope=Scope.TASK)

    assert (caught.value.suggestion or "").startswith("Before it, !a at character 1 is dropped. Don't use ! or NOT")
