"""View of a prediction: the question, the Workers to choose from, and the choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..blocks import Sentence, View
from ..safe_text import one_line

__all__ = ["MOST_CHOICES", "prediction_view"]

MOST_CHOICES = 12
"""Most names in the radio group, "nobody" included; others can be typed."""


def prediction_view(
    question: str, choices: Sequence[str], chosen: str | None, said: str, *, code: str = "", closed: bool = False
) -> View:
    """Show the question and the answer.

    Args:
        choices: names of Workers, with the word for none of them last.
        said: the state of the prediction, in one sentence.
        code: the call that makes the choice.
        closed: True if it's too late to choose.
    """
    shown = _select(choices, chosen)
    more = len(choices) - len(shown)
    left_out = f" and {more} more" if more else ""
    names = ", ".join(one_line(each) for each in shown)
    blocks = [Sentence(question), Sentence(said)]
    if not closed:
        blocks.insert(1, Sentence(f"Choices: {names}{left_out}."))
    state: dict[str, Any] = {
        "question": question,
        "choices": [{"who": each, "label": one_line(each)} for each in shown],
        "more": more,
        "chosen": chosen,
        "said": said,
        "code": code,
        "closed": closed,
    }
    name = "Prediction(undecided)" if chosen is None else f"Prediction({one_line(chosen)!r})"
    return View(kind="prediction", name=name, blocks=tuple(blocks), state=state)


def _select(choices: Sequence[str], chosen: str | None) -> list[str]:
    """Return the first names, the chosen one, and the last."""
    if len(choices) <= MOST_CHOICES:
        return list(choices)
    first = list(choices[: MOST_CHOICES - 1])
    if chosen is not None and chosen not in (*first, choices[-1]):
        first[-1] = chosen
    return [*first, choices[-1]]
