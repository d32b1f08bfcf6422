"""Characters that belong to no token are dropped, the rest decides, and what was dropped can be told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.emulator.expressions import ExpressionError, Scope, find_left_out, parse, parse_order_by
from tests.unit.emulator.expressions.test_properties import BOUNDED, EXPRESSIONS, NAMES, TEXTS


@pytest.mark.reference("5.2e")
@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (
            "*(helpline IN ['Line', ''] OR web = 'x') AND off != true",
            "(helpline IN ['Line', ''] OR web = 'x') AND off != true",
        ),
        ("off==true'", "off==true"),
        ('off == true"  ', "off == true"),
        ("off == true 'and all that follows", "off == true"),
        ("lang == \u201ces\u201d", "lang == es"),
        ("lang\u00a0== 'es';", "lang == 'es'"),
        ("n + 1 == 2 ? ", None),
        ("#a == #b", "a == b"),
        ("skill-x > 3", "skill > 3"),
        ("!active == true", "ctive == true"),
        ("a == 1 -", "a == 1"),
        ("n == 1", "n == 1"),
    ],
)
@pytest.mark.parametrize("scope", [Scope.TASK, Scope.WORKER])
def test_rest_is_read(text: str, rest: str | None, scope: Scope) -> None:
    """The rest is read as if it stood alone; where it is no expression, the text is refused."""
    if rest is None:
        with pytest.raises(ExpressionError):
            parse(text, scope=scope)
        return
    expression = parse(text, scope=scope)

    assert (expression.text, expression.left_out.rest) == (text, rest)
    assert expression.references == parse(rest, scope=scope).references


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("n == 1", []),
        (
            "off==true'",
            [
                "The quote ' at character 10 has no matching quote and is dropped.",
                "What is read: off==true.",
                "Twilio probably reads it in the same way.",
            ],
        ),
        (
            "off==true 'es",
            [
                "The quote ' at character 11 has no matching quote and is dropped, with everything after it: 'es.",
                "What is read: off==true.",
                "Twilio probably reads it in the same way.",
            ],
        ),
        (
            "lang == \u201ces\u201d",
            [
                "\u201c at character 9 means nothing here and is dropped.",
                "Use straight quotes: ' or \".",
                "\u201d at character 12 means nothing here and is dropped.",
                "What is read: lang == es.",
                "Twilio probably reads it in the same way.",
            ],
        ),
        (
            "free == 100% AND n == 1",
            [
                "% at character 12 means nothing here and is dropped.",
                "A percentage is a plain number, without %.",
                "What is read: free == 100 AND n == 1.",
                "Twilio probably reads it in the same way.",
            ],
        ),
    ],
)
def test_sentences_name_character_place_and_rest(text: str, sentences: list[str]) -> None:
    """Each piece with its place, what to write instead, and what is read; nothing where nothing is dropped."""
    assert parse(text, scope=Scope.TASK).left_out.sentences() == sentences


def test_carets_stand_under_every_piece() -> None:
    """The picture is the line, and a caret under each character that is dropped."""
    assert parse("lang == \u201ces\u201d", scope=Scope.TASK).left_out.caret() == "lang == \u201ces\u201d\n        ^  ^"


def test_many_pieces_are_counted() -> None:
    """However many there are, the sentences stay few and short."""
    sentences = parse("# " * 1000 + "a == 1", scope=Scope.TASK).left_out.sentences()

    assert "So are 997 more pieces." in sentences
    assert len(" ".join(sentences)) < 400


@pytest.mark.parametrize("scope", Scope)
def test_comma_ends_a_filter(scope: Scope) -> None:
    """Production files hold a comma after a complete clause of a filter; elsewhere none was seen."""
    text = "1 == 2 OR 1 == 1, 'x', 'y' OR AND ("
    if scope is not Scope.TASK:
        with pytest.raises(ExpressionError, match="input ','"):
            parse(text, scope=scope)
        return
    expression = parse(text, scope=scope)

    assert expression.matches({}) is True
    assert expression.left_out.rest == "1 == 2 OR 1 == 1"
    assert "IN ['one', 'two']" in expression.left_out.sentences()[-1]


def test_order_by_drops_too() -> None:
    """An order_by is read by the same lexer, and what it drops can be told."""
    assert parse_order_by("worker.a* DESC'") == parse_order_by("worker.a DESC")
    assert find_left_out("worker.a* DESC'").rest == "worker.a DESC"


@given(text=TEXTS, names=NAMES, scope=st.sampled_from([Scope.TASK, Scope.WORKER]))
@BOUNDED
def test_dropping_by_hand_changes_nothing(text: str, names: dict[str, Any], scope: Scope) -> None:
    """A space in place of each dropped piece gives the same answer, or the same message."""
    spans = find_left_out(text).dropped
    by_hand = list(text)
    for start, end in spans:
        by_hand[start:end] = " " * (end - start)

    assert not find_left_out("".join(by_hand))
    assert outcome(text, names, scope) == outcome("".join(by_hand), names, scope)


@given(text=EXPRESSIONS, names=NAMES, noise=st.sampled_from([*"*#?;\u201c\u00a0^", "-x", "!x"]), data=st.data())
@BOUNDED
def test_noise_between_tokens_changes_nothing(
    text: str, names: dict[str, Any], noise: str, data: st.DataObject
) -> None:
    """Characters of no token, put in where a space stands outside of a text, change neither answer nor clauses."""
    spaces = [
        at for at, c in enumerate(text) if c == " " and text.count("'", 0, at) % 2 == text.count('"', 0, at) % 2 == 0
    ]
    at = data.draw(st.sampled_from(spaces))
    assume(not text[:at].upper().endswith("NOT"))
    noisy = parse(f"{text[:at]} {noise} {text[at:]}", scope=Scope.WORKER)

    assert noisy.left_out.dropped
    assert noisy.matches(names) is parse(text, scope=Scope.WORKER).matches(names)


def outcome(text: str, names: dict[str, Any], scope: Scope) -> object:
    """The verdict, or the words of the refusal."""
    try:
        return parse(text, scope=scope).matches(names)
    except ExpressionError as error:
        return error.message
