"""Explanation of a Task, a Worker or a Workflow: words, tables, and the smallest change, ready to apply."""

from __future__ import annotations

import threading
from typing import Any

from ..display.blocks import Sentence
from ..display.plain_text import words
from ..emulator_errors import BadAttributes, NothingToApply
from .reading.rereading import read_until_whole
from .reading.target import Given, read_given
from .search.rest_requests import requests_of
from .search.search import Fix
from .sentences.phrases import IN_SHORT, TRIED
from .spelling import Spelling
from .telling.ending import describe_fix
from .telling.explanation_view import explanation_view
from .telling.of_task import explain_task
from .telling.of_worker import explain_worker
from .telling.of_workflow import explain_workflow
from .telling.report import Report

__all__ = ["Explanation", "explain"]


def explain(given: object, attributes: object = None, *, spelling: type[Spelling] = Spelling) -> Explanation:
    """Explain a Task, a Worker, or a Workflow with the attributes of a future Task.

    The Workspace is read with GET requests and judged by the emulator's rules, even if it is at
    Twilio. Nothing changes until you call ``apply()`` of the result.

    Args:
        given: a Task, Worker or Workflow of the SDK.
        attributes: only with a Workflow: a dict or its JSON text, ``{}`` by default.
        spelling: spelling of SIDs and objects in the code that is shown.

    Raises:
        NotExplainable: ``given`` is something else.
        BadAttributes: a Task can't have these attributes, or ``given`` isn't a Workflow.
        WorkspaceChanged: the Workspace changes faster than it can be read.
        TwilioException: a request was refused.
    """
    return read_until_whole(lambda: _explain(read_given(given, spelling), attributes))


def _explain(found: Given, attributes: object) -> Explanation:
    if found.kind == "workflow":
        return Explanation(found, explain_workflow(found, attributes))
    if attributes is not None:
        raise BadAttributes(f"`attributes` go with a Workflow, and this is a {found.kind.capitalize()}.")
    return Explanation(found, explain_task(found) if found.kind == "task" else explain_worker(found))


class Explanation:
    """Explanation in words. Only ``apply`` changes the Workspace.

    Attributes:
        fixes: changes that lead to a Reservation, tried on a copy, the smallest first.
        barriers: first rule against each Worker, of a Task that waits or would wait.
        typed: code that calls ``apply``.
        view: the explanation as words, HTML or a widget.
    """

    def __init__(self, given: Given, report: Report) -> None:
        self.fixes = tuple(report.fixes)
        self.barriers = tuple(report.barriers)
        self.typed = f"{report.typed}.apply()"
        tried = f"{TRIED.format(nor='')} {given.spelling.apply(report.typed)}"
        ending = [Sentence(tried)] if self.fixes else []
        self.view = explanation_view(report.status, [*report.blocks, *ending], self.fixes, given.spelling)
        self._given = given
        self._report = report
        self._is_applied = False
        self._applying = threading.Lock()

    def __str__(self) -> str:
        text, before = "", None
        for block in self.view.blocks:
            together = isinstance(block, Sentence) and isinstance(before, Sentence)
            text += ("" if before is None else "\n" if together else "\n\n") + words([block])
            before = block
        return text

    def __repr__(self) -> str:
        return self.view.name

    @property
    def instance(self) -> Any:
        """The Task, Worker or Workflow as it was read for this explanation; None if it is gone."""
        return self._given.instance

    @property
    def short(self) -> str:
        """The explanation in one sentence, or its first sentence if one isn't enough."""
        said = [block.text for block in self.view.blocks if isinstance(block, Sentence)]
        verdicts = [text.removeprefix(IN_SHORT).strip() for text in said if text.startswith(IN_SHORT)]
        return (verdicts or said)[0]

    def about(self, worker: str) -> str:
        """Return the first rule that excludes the Worker of this name; empty if the explanation doesn't say."""
        return next((each.words for each in self.barriers if each.worker.friendly_name == worker), "")

    @property
    def code(self) -> str:
        """The smallest change as SDK code, one line for each request; empty if there is none."""
        return self.fixes[0].code(self._given.spelling) if self.fixes else ""

    def facts(self) -> dict[str, Any]:
        """Return the explanation as plain JSON values, for programs.

        ::

            task_sid             or worker_sid, workflow_sid
            workspace_sid
            status               the Task's status; gone, worker, workflow
            short                the explanation in one sentence
            text                 the whole of it
            workers              first rule against each Worker; empty unless a Task waits, or would wait
                worker_sid, worker_name
                rule             routing target, queue, known worker, expression, activity, busy, channel or capacity;
                                 null if none is against them
                reason           the rule in words, after the Worker's name
            changes              the smallest first, each tried on a copy
                sentence         what it changes, and who is reserved then
                worker_names     who is reserved
                task_sid         for which Task; null for one that the change creates
                code             SDK calls, a line each
                requests         the same as requests, in order
                    method, path, form
        """
        given = self._given
        return {
            f"{given.kind}_sid": given.sid,
            "workspace_sid": given.workspace_sid,
            "status": self._report.status,
            "short": self.short,
            "text": str(self),
            "workers": [
                {
                    "worker_sid": each.worker.sid,
                    "worker_name": each.worker.friendly_name,
                    "rule": each.rule,
                    "reason": each.words,
                }
                for each in self.barriers
            ],
            "changes": [self._change(each) for each in self.fixes],
        }

    def _change(self, fix: Fix) -> dict[str, Any]:
        creates_task = any(call.makes_task for call in fix.calls)
        return {
            "sentence": describe_fix(fix, names_task=self._given.kind == "worker"),
            "worker_names": list(fix.workers),
            "task_sid": None if creates_task else fix.task_sid,
            "code": fix.code(self._given.spelling),
            "requests": requests_of(fix.calls, self._given.workspace_sid),
        }

    def apply(self) -> Explanation:
        """Make the smallest change through the SDK, and return the explanation after it.

        Raises:
            NothingToApply: no change is needed or known, or it was made already.
            TwilioException: a request was refused; the ones before it were made.
        """
        if not self.fixes:
            raise NothingToApply("this explanation suggests no change. Print it to see why.")
        with self._applying:  # buttons are clicked in several threads
            if self._is_applied:
                raise NothingToApply("its change has already been made. Run explain() again to see the current state.")
            created = self.fixes[0].through_sdk(self._given.workspace)
            self._is_applied = True
        return explain(created or self._given.as_given, spelling=type(self._given.spelling))
