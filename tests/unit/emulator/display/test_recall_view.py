"""A quiz as words and as what the widget draws: questions, choices by letter, and what is told about an answer."""

from __future__ import annotations

from helpers.emulator.display.plain_text import words
from helpers.emulator.display.views.recall_view import Answerable, recall_view

CHOICES = {"a": "yes", "b": "no"}

OPEN = """\
Two questions.
1. Is it?
  a  yes
  b  no
2. Is it not?
  a  yes
  b  no
Choose, type recall(3, 1, "a"), or skip this."""


def test_before_an_answer():
    """The words ask everything and say how to answer; the widget shows no code yet."""
    asked = [Answerable("Is it?", CHOICES), Answerable("Is it not?", CHOICES)]
    view = recall_view("recall(3)", "Two questions.", asked, 'recall(3, 1, "a")')

    assert words(view.blocks) == OPEN
    assert (view.kind, view.name, view.state["code"]) == ("recall", "recall(3)", "")
    assert view.state["questions"][1]["choices"][0] == {"value": "a", "label": "a. yes"}


def test_after_an_answer():
    """What was chosen and what is true about it stand below the question, and the code gave the answer."""
    asked = [Answerable("Is it?", CHOICES, "b", "Not quite. It is."), Answerable("Is it not?", CHOICES)]
    view = recall_view("recall(3)", "Two questions.", asked, 'recall(3, 1, "b")')

    assert "  b  no\nYou chose b. Not quite. It is.\n2. Is it not?" in words(view.blocks)
    assert "Choose, or type" not in words(view.blocks)
    assert view.state["code"] == 'recall(3, 1, "b")'
    assert (view.state["questions"][0]["chosen"], view.state["questions"][0]["said"]) == ("b", "Not quite. It is.")
