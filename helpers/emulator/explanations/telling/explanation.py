"""What ``explain`` returns: words, tables, and the smallest change ready to be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from helpers.output.actions import ActionResult, Click
from helpers.output.display import Display

from ...display.blocks import Block, Fields, Sentence
from ...display.plain_text import words
from ...emulator_errors import NothingToApply
from ..search.search import Fix
from ..sentences.phrases import IN_SHORT
from .explanation_view import explanation_view

__all__ = ["Explanation"]

_TRIED = "Nothing has been changed: this was tried on a copy. `{typed}` makes the first of these changes."


class Explanation(Display):
    """An answer in words. Nothing has been changed; :meth:`apply` changes something.

    Attributes:
        fixes: ways to a Reservation that were proved on a copy, the smallest first.

    Args:
        typed: the call that gives this explanation, as it can be typed in this kernel.
        again: explains what is after a change; it is given the Task that the change created, if it did.
    """

    def __init__(
        self,
        status: str,
        blocks: Sequence[Block],
        *,
        typed: str = "",
        fixes: Sequence[Fix] = (),
        workspace: Any = None,
        workspace_sid: str = "",
        again: Callable[[Any], Explanation] | None = None,
    ) -> None:
        self._typed = f"{typed}.apply()"
        ending = [Sentence(_TRIED.format(typed=self._typed))] if fixes else []
        view = explanation_view(status, [*blocks, *ending], fixes, workspace_sid)
        super().__init__(view, on_click=self._clicked if fixes else None)
        self.fixes = tuple(fixes)
        self._workspace = workspace
        self._workspace_sid = workspace_sid
        self._again = again

    def __str__(self) -> str:
        text, before = "", None
        for block in self._view.blocks:
            together = isinstance(block, Sentence) and isinstance(before, Sentence)
            text += ("" if before is None else "\n" if together else "\n\n") + words([block])
            before = block
        return text

    @property
    def short(self) -> str:
        """The verdict in one sentence, or the first sentence where one can't say it all."""
        said = [block.text for block in self._view.blocks if isinstance(block, Sentence)]
        verdicts = [text.removeprefix(IN_SHORT).strip() for text in said if text.startswith(IN_SHORT)]
        return (verdicts or said)[0]

    def about(self, worker: str) -> str:
        """Return the first rule that rules this Worker out, by name; empty if the explanation doesn't say."""
        pairs = [pair for block in self._view.blocks if isinstance(block, Fields) for pair in block.pairs]
        return next((text.partition("\n")[0] for name, text in pairs if name == worker), "")

    @property
    def code(self) -> str:
        """The smallest change as SDK code, one line for each request; empty if there is none."""
        return "\n".join(call.code(self._workspace_sid) for call in self.fixes[0].calls) if self.fixes else ""

    def apply(self) -> Explanation:
        """Make the smallest change, through the SDK, and explain what is then.

        Raises:
            NothingToApply: no change is needed or known, or this one was made already.
            TwilioException: a request was refused; the ones before it were made.
        """
        if not self.fixes:
            raise NothingToApply("this explanation proposes no change. Print it to read why.")
        if self._again is None:
            raise NothingToApply("its change was made already. Run explain() again to see what is now.")
        results = [(call, call.through_sdk(self._workspace)) for call in self.fixes[0].calls]
        again, self._again = self._again, None
        return again(next((made for call, made in results if call.makes_task), None))

    def _clicked(self, _: Click) -> ActionResult:
        """Make the change, and become the explanation of what is then."""
        after, typed = self.apply(), self._typed
        self.fixes, self._again, self._typed = after.fixes, after._again, after._typed
        self._show(after._view)
        return ActionResult("Done, and explained anew.", code=typed)
