"""Sentences and tables as one view: the first sentences lead, the rest follows in its order."""

from __future__ import annotations

from helpers.emulator.display.blocks import Column, Sentence, Table
from helpers.emulator.display.plain_text import words
from helpers.emulator.display.views.page_view import page_view

WORKERS = Table("Workers (1)", (Column("Worker", "name"),), (("Alice",),), empty="no Workers")
BLOCKS = (Sentence("One."), Sentence("Two."), WORKERS, Sentence("Three."))


def test_first_sentences_lead():
    """What stands before the first table is what is so; everything else is behind it."""
    state = page_view("Page()", BLOCKS).state

    assert state["lead"] == ["One.", "Two."]
    assert [part.get("title", part.get("text")) for part in state["rest"]] == ["Workers (1)", "Three."]


def test_page_says_all_in_words():
    """The words are those of its blocks, and the repr is fixed."""
    view = page_view("Page()", BLOCKS)

    assert words(view.blocks) == words(BLOCKS)
    assert view.name == "Page()"
