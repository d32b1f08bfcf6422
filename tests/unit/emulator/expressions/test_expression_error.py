"""An ExpressionError shows the mistake, its place and a way out."""

from __future__ import annotations

import copy
import pickle

import pytest

from helpers.emulator.expressions import ExpressionError, Scope, parse


def refusal(text: str, scope: Scope = Scope.TASK) -> ExpressionError:
    """The error that ``text`` is answered with."""
    with pytest.raises(ExpressionError) as caught:
        parse(text, scope=scope)
    return caught.value


def test_text_of_the_error_is_its_message() -> None:
    """What goes into the body of a 400 is one line."""
    error = refusal("skill-level > 3")

    assert str(error) == error.message == "extraneous input 'evel' expecting OPERATOR"


def test_carets_point_at_what_was_dropped() -> None:
    """The picture is the line and carets under the characters that do not fit."""
    assert refusal("skill-level > 3").caret() == "skill-level > 3\n     ^^"


def test_caret_shows_only_the_line_with_the_mistake() -> None:
    """In a text of several lines the others are left out."""
    assert refusal("n > 1 AND\n  lang HAVE 'es'\nOR n < 0").caret() == "  lang HAVE 'es'\n       ^"


def test_caret_of_a_long_line_is_windowed() -> None:
    """A long line is shown around the mistake only."""
    line, caret = refusal("n == 1 AND " * 100 + "n ! 2 AND " * 100).caret().split("\n")

    assert len(line) == 72
    assert line[caret.index("^")] == "!"


def test_explain_holds_message_picture_and_suggestion() -> None:
    """The long form holds all three, one below the other."""
    error = refusal("lang HAVE 'es'")

    assert error.explain() == f"{error.message}\n{error.caret()}\n{error.suggestion}"


def test_error_survives_copying() -> None:
    """Copied or sent to another process it keeps its data."""
    error = refusal("lang HAVE 'es'")

    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (twin.message, twin.position, twin.text) == (error.message, 5, "lang HAVE 'es'")
