"""A prediction: the question, whom one may choose, and what has been chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..blocks import Sentence, View
from ..safe_text import one_line

__all__ = ["MOST_CHOICES", "prediction_view"]

MOST_CHOICES = 12
"""Names in the radio group, "nobody" among them; the others can be typed."""


def prediction_view(
    question: str, choices: Sequence[str], chosen: str | None, said: str, *, code: str = "", closed: bool = False
) -> View:
    """Show what is asked and what was answered.

    Args:
        choices: names of Workers, and the word for none of them last.
        said: how it stands, in one sentence.
        code: what could be typed instead of choosing.
        closed: it is too late to choose.
    """
    shown = _shown(choices, chosen)
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


def _shown(choices: Sequence[str], chosen: str | None) -> list[str]:
    """The first names, whoever was chosen, and the last."""
    if len(choices) <= MOST_CHOICES:
        return list(choices)
    first = list(choices[: MOST_CHOICES - 1])
    if chosen is not None and chosen not in (*first, choices[-1]):
        first[-1] = chosen
    return [*first, choices[-1]]
