"""``explain`` for notebooks: the emulator's explanation as a display with a button, in the names of this kernel."""

from __future__ import annotations

from helpers.emulator.explanations import Explanation, Fix, Spelling
from helpers.emulator.explanations import explain as explain_anywhere
from helpers.output.actions import ActionResult, Click
from helpers.output.display import Display
from helpers.output.kernel_names import name_of, spelled_connection, spelled_sid, spelled_workspace

__all__ = ["ExplanationDisplay", "KernelSpelling", "explain"]


def explain(given: object, attributes: object = None) -> ExplanationDisplay:
    """Explain a Task, a Worker, or a Workflow with the attributes of a Task that might come.

    Everything is read anew with GET requests, and judged by the emulator's own rules, for data
    from Twilio too. Nothing is changed before ``apply()`` of what is returned is called.

    Args:
        given: a Task, Worker or Workflow as the SDK gives it.
        attributes: with a Workflow: a dict, or the JSON text of one; nothing counts as ``{}``.

    Raises:
        NotExplainable: ``given`` is something else.
        BadAttributes: no Task could have these attributes, or they go with no Workflow.
        TwilioException: a request was refused.
    """
    return ExplanationDisplay(explain_anywhere(given, attributes, spelling=KernelSpelling))


class ExplanationDisplay(Display):
    """An answer in words. Nothing has been changed; :meth:`apply`, or the button, changes something."""

    def __init__(self, explanation: Explanation) -> None:
        super().__init__(explanation.view, on_click=self._apply if explanation.fixes else None)
        self._explanation = explanation

    def __str__(self) -> str:
        return str(self._explanation)

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """Ways to a Reservation that were proved on a copy, the smallest first."""
        return self._explanation.fixes

    @property
    def short(self) -> str:
        """The verdict in one sentence, or the first sentence where one can't say it all."""
        return self._explanation.short

    @property
    def code(self) -> str:
        """The smallest change as SDK code, one line for each request; empty if there is none."""
        return self._explanation.code

    def about(self, worker: str) -> str:
        """Return the first rule that rules this Worker out, by name; empty if the explanation doesn't say."""
        return self._explanation.about(worker)

    def apply(self) -> ExplanationDisplay:
        """Make the smallest change, through the SDK, and explain what is then.

        Raises:
            NothingToApply: no change is needed or known, or this one was made already.
            TwilioException: a request was refused; the ones before it were made.
        """
        return ExplanationDisplay(self._explanation.apply())

    def _apply(self, _: Click) -> ActionResult:
        """Make the change, and become the explanation of what is then."""
        typed = self._explanation.typed
        self._explanation = self._explanation.apply()
        self._show(self._explanation.view)
        return ActionResult("Done, and explained anew.", code=typed)


class KernelSpelling(Spelling):
    """Names that the cells of this kernel have given; SIDs where there are none."""

    def name_of(self, thing: object) -> str | None:
        """Return the variable of a cell that holds this very object, or None if there is none."""
        return name_of(thing)

    def sid(self, sid: str) -> str:
        """Return an expression for a SID: ``story.alice_sid``, ``task.sid``, or the SID in quotes."""
        return spelled_sid(sid)

    def workspace(self) -> str:
        """Return an expression for the SDK's context of the Workspace."""
        return spelled_workspace(self.workspace_sid)

    def move_clock(self, seconds: float) -> str:
        """Return words for moving a lesson's clock on, in the middle of a sentence."""
        return f"in a lesson move the clock with `{spelled_connection()}.advance({seconds:g})`"
