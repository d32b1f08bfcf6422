"""Text in a diagram stays text, whatever it spells."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.diagrams.mermaid import diagram, encode, label

NASTY = [
    'Alice "Al" O\'Brien',
    "<img src=x onerror=alert(1)>",
    "a;b;end",
    "%%{init: {'theme': 'forest'}}%%",
    "```\nclick A href",
    "$$x^2$$ {a} [b] (c) |d|",
    "-->> L: note over A",
    "#35; &amp; #",
    "*bold* _it_ `code`",
    "\u202edlrow\u2066",
]
PLAIN = re.compile(r"(?:[\w .,/()=+→…✓✗·?-]|#\d+;|<br/>)*")


@pytest.mark.parametrize("text", NASTY)
def test_label_holds_nothing_that_mermaid_reads(text):
    """Every mark with a meaning in Mermaid, HTML or Markdown is written as its number."""
    assert PLAIN.fullmatch(label(text)), label(text)
    assert "`" not in label(text)
    assert "_" not in label(text)


@pytest.mark.parametrize("text", NASTY[:-1])
def test_encoded_text_comes_back_whole(text):
    """What Mermaid puts back is what was given."""
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), encode(text)) == text


@given(st.text())
def test_no_text_breaks_out(text):
    """Whatever characters there are, a label stays a label."""
    assert PLAIN.fullmatch(label(text))


def test_letters_of_all_scripts_stay_readable():
    """Only marks are encoded: a diagram's text can be read in a ticket."""
    assert encode("Señora Ольга 王 שלום") == "Señora Ольга 王 שלום"


def test_right_to_left_label_is_isolated():
    """A Hebrew name cannot reorder what stands beside it."""
    assert label("שלום") == "#8296;שלום#8297;"


def test_line_ends_and_length_are_bounded():
    """A name with line ends or of any length is a few short lines."""
    lines = label("one\ntwo", "word " * 1000).split("<br/>")

    assert lines[0] == "one two"
    assert len(lines) < 10
    assert max(map(len, lines)) <= 26


def test_description_cannot_end_early():
    """The words for screen readers stand in braces, and hold none."""
    drawn = diagram("stateDiagram-v2", "} x", "}\nstate evil", [])

    assert drawn == "stateDiagram-v2\naccTitle: #125; x\naccDescr {\n#125;\nstate evil\n}"
