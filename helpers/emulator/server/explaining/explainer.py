"""Explanations by SID of what an emulator holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...background import Background
from ...emulator import Emulator

if TYPE_CHECKING:
    from ...explanations import Explanation, Spelling

__all__ = ["Explainer"]


class Explainer:
    """Explanations of what ``emulator`` holds; the search for them runs beside the requests of others."""

    def __init__(self, emulator: Emulator, background: Background) -> None:
        self._emulator = emulator
        self._background = background

    async def explain(
        self,
        sid: str,
        attributes: Any = None,
        *,
        account_sid: str | None = None,
        spelling: type[Spelling] | None = None,
    ) -> Explanation:
        """Explain a Task, a Worker, or a Workflow with the attributes of a future Task.

        Args:
            attributes: only with a Workflow: a dict or its JSON text.
            account_sid: account whose resources count; None for all.
            spelling: spelling of the code; None for readers over HTTP.

        Raises:
            NothingToExplain: there is no such resource, and no event about it.
            Invalid: a Task can't have these attributes, or ``sid`` isn't a Workflow's.
            NotReadable: the Workspace can't be read, as it changes too fast or its file fails.
        """
        from .explainable import find_explainable  # here, because it would delay every start

        found = find_explainable(self._emulator, sid, account_sid)

        def work() -> Explanation:
            from .explanation_in_process import explain_in_process  # here, because a server must start without the SDK

            return explain_in_process(self._emulator, found, attributes, spelling, self._background.ask)

        return await self._background.run(work)
