"""A trace tells each clause's verdict, what it saw, and why it is false."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.emulator.expressions import Scope, Trace, parse

NAMES: dict[str, Any] = {
    "type": "support",
    "level": 3,
    "rank": "6",
    "flag": True,
    "nothing": None,
    "languages": ["en", "es"],
    "scores": [1, 2],
    "selected_language": "es",
    "o": {"p": "bar"},
    "huge": 10**5000,
}


def trace(text: str, scope: Scope = Scope.WORKER) -> Trace:
    """The trace of ``text`` for the names above."""
    return parse(text, scope=scope).trace(NAMES)


def test_tree_follows_the_clauses() -> None:
    """AND and OR have their clauses as children, parentheses disappear."""
    tree = trace("(level >= 5 OR languages HAS 'es') AND type == 'sales'")

    assert (tree.operator, tree.result) == ("AND", False)
    assert [(child.text, child.result) for child in tree.children] == [
        ("level >= 5 OR languages HAS 'es'", True),
        ("type == 'sales'", False),
    ]


def test_every_clause_is_tried() -> None:
    """Clauses that could not change the verdict are shown as well."""
    assert [child.result for child in trace("level == 3 OR level == 4 OR level < 9").children] == [True, False, True]


def test_seen_holds_the_values_of_names() -> None:
    """Constants are not repeated, missing names are seen as None."""
    assert trace("missing == level").seen == {"missing": None, "level": 3}
    assert trace("o.p == 'x'").seen == {"o.p": "bar"}


def test_failures_are_the_false_comparisons() -> None:
    """Only those that made the whole false count."""
    tree = trace("(level == 3 OR level == 4) AND type == 'x' AND (level == 5 OR level == 6)")

    assert [failure.text for failure in tree.failures()] == ["type == 'x'", "level == 5", "level == 6"]
    assert list(trace("level == 3 OR level == 4").failures()) == []


def test_words_of_a_trace() -> None:
    """One line a clause, indented, with a mark and the reason."""
    assert str(trace("level >= 5 OR\n type == 'support'")) == (
        "✓ level >= 5 OR type == 'support'\n  ✗ level >= 5: level (3) is not >= 5\n  ✓ type == 'support'"
    )


def test_key_that_no_expression_can_name() -> None:
    """A quoted key with a hyphen isn't advised to stand without quotes, where it would be no name."""
    failed = next(parse('"skill-level" == 4', scope=Scope.WORKER).trace({"skill-level": 4}).failures())

    assert failed.reason == '"skill-level" in quotes is a text, not the attribute, which no expression can name'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("level > 3 AND level < 4", "1 of 2 clauses is false; AND needs all of them true"),
        ("level > 3 OR level < 3", "all 2 clauses are false; OR needs one of them true"),
        ("", "the expression is empty, which matches nobody. 1==1 matches everybody"),
    ],
)
def test_reason_of_the_whole(text: str, reason: str) -> None:
    """The whole says how its clauses make it false."""
    assert trace(text).reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("languages == 'es'", "languages is a list: == is always false on a list; use HAS"),
        ("languages != 'es'", "languages is a list: != is always false on a list; write 'value' NOT IN list"),
        ("type == ['support']", '["support"] is a list: == is always false on a list; use IN'),
        (
            "o == 'x'",
            "o is an object: == is always false on an object; compare one of its keys, such as customer.level",
        ),
        ("languages CONTAINS 'es'", "languages is a list: CONTAINS looks inside a text; use HAS"),
        ("type HAS 'x'", 'type is text ("support"), not a list: HAS never matches it; use == or CONTAINS'),
        ("languages HAS 'ES'", 'languages is ["en", "es"], without "ES"; capital letters and spaces matter'),
        ("scores HAS '2'", 'scores is [1, 2], without "2"; inside a list a number and a text are never the same'),
        ("type IN ['x']", 'type is "support", which is not in ["x"]'),
        ("type IN 'x'", "\"x\" is text, not a list: IN needs a list on its right, such as ['en', 'es']; or use =="),
        ("type NOT IN ['support']", 'type is "support", which is in ["support"]'),
        ("languages IN ['es']", "languages is a list: IN looks for a single value in a list"),
        ("type == 'Support'", 'type is "support", not "Support"; capital letters and spaces matter'),
        ("type != 'support'", 'type is "support": both sides are equal'),
        ("missing != also", "missing and also are both missing (null), so they are equal"),
        ("type == o.p", 'type is "support", not o.p ("bar")'),
        ("flag == false", "flag is true, not false"),
        (
            "flag == 'true'",
            'flag is a boolean (true) and "true" is text: a boolean equals only true or false, written without quotes',
        ),
        ("level > 'abc'", 'level is a number (3) and "abc" is text: > compares numbers'),
        ("rank > 6", 'rank ("6") is not > 6'),
        ("rank > '60'", 'rank ("6") is not > "60": two texts are compared letter by letter'),
        ("level>-1", ">- means HAS: for a negative number put a space, > -1"),
        ("level<-1", "<- means IN: for a negative number put a space, < -1"),
        (
            "'a' == 'b'",
            '"a" and "b" are both constants, so this is never true: an attribute\'s name has no quotes',
        ),
        ("1 == 0", "1 and 0 are both constants, so this is never true"),
        ("['a'] != 'b'", "[\"a\"] is a list: != is always false on a list; write 'value' NOT IN list"),
        ("1 != 1", "1 and 1 are both constants and equal, so this is never true"),
        ("nothing > 1", "nothing is null"),
        ("null > 1", "null can only be compared with == and !="),
        ("type == null", 'type is "support", not null'),
        ("huge < 1", "huge (a number of more than 60 digits) is not < 1"),
    ],
)
def test_reason_of_a_comparison(text: str, reason: str) -> None:
    """A false comparison says what it saw, by which rule, and often what to write."""
    assert trace(text).reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("absent == 'x'", "absent is missing (null)"),
        (
            "selected_langauge == 'es'",
            "selected_langauge is missing (null). The Worker has selected_language: is one of the two misspelled?",
        ),
        ("Type == 'support'", "Type is missing (null). The Worker has type, and capital letters matter"),
        ("o.P == 'bar'", "o.P is missing (null). The Worker has o.p, and capital letters matter"),
        ("type == support", "support is missing (null); if you mean text, put it in quotes: 'support'"),
        ("type IN es", "es is missing (null); if you mean a list with one text, write ['es']"),
        ("type NOT IN es", "es is missing (null); if you mean a list with one text, write ['es']"),
        ("'x' NOT IN es", "es is missing (null)"),
        ("es IN langs", "es is missing (null); if you mean text, put it in quotes: 'es'"),
        ("es IN ['es']", "es is missing (null)"),
        ("scores[9] == 1", "scores[9] is missing (null): scores has length 2, and the first index is 0"),
        ("type.p == 1", "type.p is missing (null): type is text and has no p"),
        ("o.x.y == 1", "o.x is missing (null)"),
        ("worker.level == 3", "worker.level is missing (null): names here have no worker. in front. Write level"),
    ],
)
def test_reason_of_a_missing_name(text: str, reason: str) -> None:
    """A name that is not there is told of, with the one that was probably meant."""
    assert trace(text).reason == reason


def test_long_values_are_shortened() -> None:
    """A reason stays readable whatever the value."""
    expression = parse("a == 'x'", scope=Scope.WORKER)

    assert expression.trace({"a": "y" * 5000}).reason == f'a is "{"y" * 60}…", not "x"'
    assert len(parse("a HAS 'x'", scope=Scope.WORKER).trace({"a": [["z"]] * 5000}).reason) < 80


def test_many_keys_are_compared_by_case_only() -> None:
    """A Worker with hundreds of attributes is explained as quickly as others."""
    names = {f"skill_{number}": number for number in range(500)}
    expression = parse("Skill_7 == 1 AND skil_7 == 1", scope=Scope.WORKER)

    by_case, by_likeness = expression.trace(names).children
    assert by_case.reason == "Skill_7 is missing (null). The Worker has skill_7, and capital letters matter"
    assert by_likeness.reason == "skil_7 is missing (null)"
