"""``explain`` for notebooks: the emulator's explanation as a display with a button, in the names of this kernel."""

from __future__ import annotations

from dataclasses import replace

from helpers.emulator.display.blocks import Sentence, View
from helpers.emulator.explanations import Explanation, Fix, Spelling
from helpers.emulator.explanations import explain as explain_anywhere
from helpers.output.actions import ActionResult, Click
from helpers.output.callback_doubts import workflow_doubts
from helpers.output.display import Display
from helpers.output.kernel_names import name_of, spell_connection, spell_sid, spell_workspace

__all__ = ["ExplanationDisplay", "KernelSpelling", "explain"]


def explain(given: object, attributes: object = None) -> ExplanationDisplay:
    """Explain a Task, a Worker, or a Workflow with the attributes of a future Task.

    The Workspace is read with GET requests and judged by the emulator's rules, even if it is at
    Twilio. Nothing changes until you call ``apply()`` of the result.

    Args:
        given: a Task, Worker or Workflow of the SDK.
        attributes: only with a Workflow: a dict or its JSON text, ``{}`` by default.

    Raises:
        NotExplainable: ``given`` is something else.
        BadAttributes: a Task can't have these attributes, or ``given`` isn't a Workflow.
        TwilioException: a request was refused.
    """
    return ExplanationDisplay(explain_anywhere(given, attributes, spelling=KernelSpelling))


class ExplanationDisplay(Display):
    """Explanation in a cell. Only ``apply``, or the button, changes the Workspace."""

    def __init__(self, explanation: Explanation) -> None:
        self._explanation = explanation
        self._doubts = workflow_doubts(explanation.instance)
        super().__init__(self._view_now(), on_click=self._apply if explanation.fixes else None)

    def __str__(self) -> str:
        return "\n\n".join([str(self._explanation), *self._doubts])

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """Changes that lead to a Reservation, tried on a copy, the smallest first."""
        return self._explanation.fixes

    @property
    def short(self) -> str:
        """The explanation in one sentence, or its first sentence if one isn't enough."""
        return self._explanation.short

    @property
    def code(self) -> str:
        """The smallest change as SDK code, one line for each request; empty if there is none."""
        return self._explanation.code

    def about(self, worker: str) -> str:
        """Return the first rule that excludes the Worker of this name; empty if the explanation doesn't say."""
        return self._explanation.about(worker)

    def apply(self) -> ExplanationDisplay:
        """Make the smallest change through the SDK, and return the explanation after it.

        Raises:
            NothingToApply: no change is needed or known, or it was made already.
            TwilioException: a request was refused; the ones before it were made.
        """
        return ExplanationDisplay(self._explanation.apply())

    def _apply(self, _: Click) -> ActionResult:
        """Make the change, and show the explanation after it."""
        typed = self._explanation.typed
        self._explanation = self._explanation.apply()
        self._doubts = workflow_doubts(self._explanation.instance)
        self._show(self._view_now())
        return ActionResult("Done. Here is the new explanation.", code=typed)

    def _view_now(self) -> View:
        """Return the view of the explanation, with doubts about callbacks at its end."""
        view = self._explanation.view
        facts = [*view.state["facts"], *({"text": doubt} for doubt in self._doubts)]
        blocks = (*view.blocks, *map(Sentence, self._doubts))
        return replace(view, blocks=blocks, state={**view.state, "facts": facts})


class KernelSpelling(Spelling):
    """Spelling with the variables of this kernel's cells, and SIDs where there are none."""

    def name_of(self, thing: object) -> str | None:
        """Return the variable of a cell that holds this very object, or None if there is none."""
        return name_of(thing)

    def sid(self, sid: str) -> str:
        """Return an expression for a SID: ``story.alice_sid``, ``task.sid``, or the SID in quotes."""
        return spell_sid(sid)

    def workspace(self) -> str:
        """Return an expression for the SDK's context of the Workspace."""
        return spell_workspace(self.workspace_sid, self.client, self.other_world)

    def move_clock(self, seconds: float) -> str:
        """Return words that say how to move a lesson's clock, for the middle of a sentence."""
        return f"in a lesson, advance the clock with `{spell_connection()}.advance({seconds:g})`"
