"""A prediction as words and as what the widget draws: few enough names, the chosen one among them."""

from __future__ import annotations

from helpers.emulator.display.views.prediction_view import MOST_CHOICES, prediction_view

NAMES = [f"Worker {number}" for number in range(30)]


def labels(view):
    """What stands beside the radio buttons."""
    return [choice["label"] for choice in view.state["choices"]]


def test_open_prediction():
    """Question, choices and how it stands; the widget gets the same and the code twin."""
    view = prediction_view("Who?", ["Alice", "nobody"], "Alice", "You predict Alice.", code='predict("Alice")')

    assert [block.text for block in view.blocks] == ["Who?", "Choices: Alice, nobody.", "You predict Alice."]
    assert (view.kind, view.name) == ("prediction", "Prediction('Alice')")
    assert (view.state["chosen"], view.state["code"]) == ("Alice", 'predict("Alice")')


def test_closed_prediction():
    """When it is too late, no choices are offered in words, and the widget's are switched off."""
    view = prediction_view("Who?", ["Alice", "nobody"], None, "Too late.", closed=True)

    assert [block.text for block in view.blocks] == ["Who?", "Too late."]
    assert view.state["closed"] is True


def test_many_workers():
    """Of many Workers the first are shown, whoever was chosen, and nobody; the others are counted."""
    view = prediction_view("Who?", [*NAMES, "nobody"], "Worker 25", "You predict Worker 25.")

    assert len(labels(view)) == MOST_CHOICES
    assert labels(view)[-2:] == ["Worker 25", "nobody"]
    assert view.state["more"] == 31 - MOST_CHOICES
    assert "and 19 more." in view.blocks[1].text


def test_strange_names():
    """A name reaches the widget as it is, to be sent back, and its label without what could mislead."""
    view = prediction_view("Who?", ["Bob\u202e\n<b>", "nobody"], None, "Nothing yet.")

    assert view.state["choices"][0] == {"who": "Bob\u202e\n<b>", "label": "Bob\\u202e\\n<b>"}
