"""Prediction of one value: chosen in code or in the widget, and compared with what the value is then."""

from __future__ import annotations

import difflib
from typing import Any

from helpers.emulator.display.blocks import Sentence, View
from helpers.emulator.display.safe_text import clip, one_line
from helpers.emulator.display.views.page_view import page_view
from helpers.emulator.display.views.prediction_view import prediction_view
from helpers.errors.prediction_problems import NoSuchChoice, PredictedTooLate
from helpers.output.actions import ActionResult, Click
from helpers.output.display import Display
from helpers.predictions.value_question import ValueQuestion

__all__ = ["RevealedValue", "ValuePrediction"]


class RevealedValue(Display):
    """Display of the value. ``right`` is True if it was predicted, None if there was no prediction."""

    def __init__(self, choice: str | None, found: tuple[str, str] | None) -> None:
        value, told = found or ("", "there's nothing to compare with yet")
        self.right = None if choice is None or found is None else choice == value
        if choice is None:
            said = f"{told[0].upper()}{told[1:]}. You made no prediction."
        else:
            said = f"You predicted {one_line(choice)}, {'and you were right:' if self.right else 'but'} {told}."
        super().__init__(page_view("RevealedValue", [Sentence(said)]))


class ValuePrediction(Display):
    """Prediction of a value; as the last line of a cell it is a radio group.

    Attributes:
        choice: the predicted value, or None until one is chosen.
        is_out: True once a value was revealed: then the choice can't change any more.
    """

    def __init__(self, asked: ValueQuestion) -> None:
        self._asked = asked
        self.choice: str | None = None
        self.is_out = False
        super().__init__(self._draw(), on_click=self._choose_clicked)

    def choose(self, choice: Any) -> ValuePrediction:
        """Predict ``choice``; it can change until the value is revealed.

        Raises:
            NoSuchChoice: the value can't be that.
            PredictedTooLate: it has been revealed already.
        """
        chosen = self._find_choice(str(choice).strip())
        if self.is_out and chosen != self.choice:
            raise PredictedTooLate("You have seen the answer already.", "call `predict` again for what comes next.")
        self.choice = chosen
        self._show(self._draw())
        return self

    def reveal(self) -> RevealedValue:
        """Show the value as it is now, and if that was predicted."""
        found = self._asked.read()
        self.is_out = found is not None
        self._show(self._draw())
        return RevealedValue(self.choice, found)

    def _find_choice(self, given: str) -> str:
        by_name = {each.casefold(): each for each in self._asked.choices}
        if given.casefold() in by_name:
            return by_name[given.casefold()]
        close = difflib.get_close_matches(given.casefold()[:60], by_name, n=1)
        shown = [one_line(each) for each in self._asked.choices][:12]
        raise NoSuchChoice(clip(one_line(given), 60), shown, by_name[close[0]] if close else None, self._asked.kind)

    def _draw(self) -> View:
        asked = self._asked
        if self.choice is not None:
            said = f"You {'predicted' if self.is_out else 'predict'} {one_line(self.choice)}."
        elif self.is_out:
            said = "You made no prediction."
        else:
            said = f"No prediction yet. Choose, type {asked.code(asked.choices[0])}, or skip this."
        code = "" if self.choice is None else asked.code(self.choice)
        return prediction_view(asked.text, asked.choices, self.choice, said, code=code, closed=self.is_out)

    def _choose_clicked(self, click: Click) -> ActionResult:
        self.choose(click.get("who"))
        return ActionResult(str(self._view.state["said"]), str(self._view.state["code"]))
