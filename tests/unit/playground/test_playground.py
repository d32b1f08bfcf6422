"""The editable playground: what is typed is tried in the kernel."""

from __future__ import annotations

import json
import sys

import pytest

from helpers import try_expression

ALICE = {"languages": ["en", "es"]}


def typed(playground, expression):
    """What the widget is told after somebody typed."""
    playground._widget._handle_custom_msg({"action": "try", "expression": expression, "id": "1"}, [])
    return playground._widget.answer


@pytest.fixture
def playground():
    """A playground as it is displayed."""
    shown = try_expression('languages HAS "fr"', [ALICE])
    shown._repr_mimebundle_()
    return shown


def test_typing_redraws_words_and_widget(playground):
    """Every view of the playground, its words too, tells of what was typed last."""
    answer = typed(playground, 'languages HAS "es"')

    assert answer["text"] == "It matches 1 of 1 Worker: #1."
    assert playground._widget.state["expression"] == 'languages HAS "es"'
    assert 'languages HAS "es"\nIt matches 1 of 1 Worker' in str(playground)


def test_nothing_of_the_last_one_stays(playground):
    """After a mistake there is no table of the expression before, and no caret after it was mended."""
    typed(playground, "skill-level > 3")
    wrong = dict(playground._widget.state)
    typed(playground, "skill_level > 3")

    assert (wrong["rows"], wrong["caret"]) == (None, "skill-level > 3\n     ^^")
    assert playground._widget.state["caret"] == ""
    assert len(playground._widget.state["rows"]) == 1


def test_code_twin_is_the_call(playground):
    """What was typed is given as the line that does the same; a text too long for a line is not."""
    assert typed(playground, "level > 'a'")["code"] == "try_expression(\"level > 'a'\", workspace.workers.list())"
    assert typed(playground, "x" * 1000)["code"] == "try_expression(expression, workspace.workers.list())"


@pytest.mark.parametrize("expression", ["", "(", "x" * 100_000, None, 5, {"a": 1}], ids=["", "(", "long", *"N5{"])
def test_anything_may_be_typed(playground, expression):
    """A page may send anything: the answer is a sentence, and what was sent is what is shown."""
    answer = typed(playground, expression)

    assert answer["text"].startswith(("It matches nobody", "This isn't a valid expression"))
    assert playground._widget.state["expression"] == str(expression)


def test_what_cannot_be_sent_is_replaced():
    """Half a surrogate pair reaches the page as a question mark, and the words spelt out."""
    shown = try_expression("'\ud800' == a", [{"a": "\ud800"}])

    json.dumps([shown._view.state, str(shown)], ensure_ascii=False).encode()
    assert shown._view.state["expression"] == "'?' == a"


def test_words_and_table_without_widgets(monkeypatch):
    """Where anywidget cannot be imported, words and a static table stay."""
    for name in ("anywidget", "ipywidgets"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "helpers.output.widget", raising=False)

    bundle = try_expression('languages HAS "es"', [ALICE])._repr_mimebundle_()

    assert set(bundle) == {"text/plain", "text/html"}
    assert "<th" in bundle["text/html"]


def test_repr_is_fixed(playground):
    """No address and no state: nbval compares it."""
    assert repr(playground) == repr(playground._widget) == "Playground"
