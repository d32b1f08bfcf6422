"""What may be written, how it is read, and where the limits are."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.emulator.expressions import ExpressionError, Scope, parse, parse_reference

NAMES: dict[str, Any] = {"n": 5, "minus": -3, "lang": "es", "android": 1, "o": {"in": 2, "$x": 3}, "zip": ["07", 7]}


@pytest.mark.reference("5.2b")
@pytest.mark.parametrize(
    "text",
    [
        "n==5 and lang='es' Or n==6",
        "lang <- ['es', 'en'] AND zip >- 7",
        "lang\n  NOT   IN\n['en']\tAND n<6",
        "minus == -3 AND minus < -2.5",
        "n == 005 AND n == 5.000",
        "n != 5 OR (lang == 'es')",
        "((n == 5))",
        "NULL == missing AND true == TRUE",
        "['a', 5] HAS n",
        "android == 1",
        "o.in == 2 AND o.$x == 3",
        "zip[0] == '07' AND zip[01] == 7",
        "9007199254740993 > 9007199254740992",
    ],
)
def test_spelling_is_accepted(text: str) -> None:
    """Each of these is an expression, and true for the names above."""
    assert parse(text, scope=Scope.WORKER).matches(NAMES) is True


@pytest.mark.reference("5.2c")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"""'it\'s'""", "it's"),
        (r'''"say \"hi\""''', 'say "hi"'),
        (r"'back\\slash'", "back\\slash"),
        (r"'C:\new'", r"C:\new"),
        ('"it\'s"', "it's"),
        ("'well-known'", "well-known"),
        ("'ñ 🎉'", "ñ 🎉"),
        ("''", ""),
    ],
)
def test_string_is_read(text: str, value: str) -> None:
    """A backslash stands before a quote or a backslash that is meant literally, and only there."""
    assert parse(f"a == {text}", scope=Scope.WORKER).matches({"a": value})


def test_chain_of_a_thousand_clauses_works() -> None:
    """A flat chain is no nesting, as long as the text fits."""
    chain = parse(" AND ".join(["n=5"] * 1024), scope=Scope.WORKER)

    assert chain.matches({"n": 5}) is True
    assert len(chain.trace({"n": 4}).children) == 1024


def test_sixty_four_levels_of_parentheses_work() -> None:
    """As deep as allowed, with AND and OR on each level."""
    text = "(a==1 OR b==1 AND " * 64 + "n==5" + ")" * 64

    assert parse(text, scope=Scope.WORKER).matches({"b": 1, "n": 5}) is True


def test_sixty_five_levels_are_refused() -> None:
    """One level more is refused, at the parenthesis that is too much."""
    with pytest.raises(ExpressionError, match="deeper than 64 levels") as caught:
        parse("(" * 65 + "n==5" + ")" * 65, scope=Scope.WORKER)

    assert caught.value.position == 64


def test_parentheses_in_strings_do_not_nest() -> None:
    """Only parentheses of the language count, and only those open at once."""
    assert parse(f"a == '{'(' * 100}' OR " + " OR ".join(["(n==5)"] * 100), scope=Scope.WORKER).matches({"n": 5})


def test_length_is_limited() -> None:
    """8192 characters are read, one more is refused."""
    fitting = "a == '" + "x" * 8185 + "'"
    assert len(fitting) == 8192
    assert parse(fitting, scope=Scope.WORKER).matches({"a": "x" * 8185})

    with pytest.raises(ExpressionError, match="8193 characters long, at most 8192"):
        parse(fitting + " ", scope=Scope.WORKER)


def test_references_are_every_path_read() -> None:
    """Each path once, list indexes as text."""
    expression = parse("task.a == worker.b[01].c AND (task.a > 1 OR 'x' IN worker.d)", scope=Scope.TARGET)

    assert expression.references == {("task", "a"), ("worker", "b", "1", "c"), ("worker", "d")}


def test_parsing_again_gives_the_same_expression() -> None:
    """A text is read once for each scope."""
    assert parse("n == 5", scope=Scope.WORKER) is parse("n == 5", scope=Scope.WORKER)
    assert parse("n == 5", scope=Scope.WORKER) != parse("n == 5", scope=Scope.TASK)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("task.agent", ("task", "agent")),
        (" task.team.agents[01] ", ("task", "team", "agents", "1")),
        ("worker.sid", ("worker", "sid")),
    ],
)
def test_lone_name_becomes_a_path(text: str, path: tuple[str, ...]) -> None:
    """Keys and indexes, as in an expression."""
    assert parse_reference(text) == path


@pytest.mark.parametrize(
    "text", ["", "task.", "task.a b", "task.a == 1", "'task.a'", "task.a[x]", "in", "5", "*task.a"]
)
def test_anything_but_a_name_is_none(text: str) -> None:
    """A text that is no name in an expression is none here; no character is dropped."""
    assert parse_reference(text) is None
