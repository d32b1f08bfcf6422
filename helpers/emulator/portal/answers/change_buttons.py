"""Changes that were tried on a copy, each with a sentence, a button and its calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...display.safe_text import short_sid
from ...engine.state import WorkspaceState
from ...explanations.search.rest_requests import request_of
from ...explanations.search.sdk_calls import SdkCall
from ...explanations.search.search import Fix
from ...explanations.sentences.phrases import join, safe

__all__ = ["describe_changes"]

_UNLESS_OTHER = ", unless the earlier version of the Workflow, which the Task still follows, has different conditions"


def describe_changes(state: WorkspaceState, fixes: Iterable[Fix]) -> list[dict[str, Any]]:
    """Return the changes, the smallest first, each tried on a copy.

    ::

        sentence    what it changes: "Set Alice to Idle."
        then        what follows: "Then Alice is reserved."
        button      words of the button: "Set Alice to Idle"; "Edit Bob" for one that opens the editor of attributes
        calls       [{method, path: ["Workspaces", SID, …], form: {…}, says}], in order
        edits       {worker, attributes}, only if it changes nothing but one Worker's attributes: SID and the new text
    """
    return [_describe(state, each) for each in fixes]


def _describe(state: WorkspaceState, fix: Fix) -> dict[str, Any]:
    verb = "is" if len(fix.workers) == 1 else "are"
    unless = _UNLESS_OTHER if fix.by_earlier_workflow else ""
    sentences = [_sentence(state, call) for call in fix.calls]
    described = {
        "sentence": " ".join(sentences),
        "then": f"Then {join([safe(name) for name in fix.workers])} {verb} reserved{unless}.",
        "button": _button(state, fix.calls, sentences),
        "calls": [
            request_of(call, state.workspace.sid) | {"says": sentence.removesuffix(".")}
            for call, sentence in zip(fix.calls, sentences, strict=True)
        ],
    }
    return described | _edits(fix.calls)


def _button(state: WorkspaceState, calls: tuple[SdkCall, ...], sentences: list[str]) -> str:
    if more := len(calls) - 1:
        return f"{_button(state, calls[-1:], sentences[-1:])}, and {more} more change{'s' if more > 1 else ''}"
    call, given = calls[0], dict(calls[0].parameters)
    kind, sid = call.place[-1]
    if kind == "workers" and "activity_sid" in given and sid:
        return sentences[0].removesuffix(".")
    match kind, call.verb:
        case "workers", "update":
            return f"Edit {_worker(state, sid)}"
        case "workers", _:
            return "Create worker"
        case "tasks", "create":
            return "Create task"
        case "worker_channels", _:
            name = _worker(state, call.place[0][1])
            return f"Raise capacity of {name}" if "capacity" in given else f"Switch on {sid} for {name}"
        case "tasks", _:
            return _task_button(given, short_sid(sid))
        case "reservations", _:
            return f"{'Accept' if given['reservation_status'] == 'accepted' else 'Reject'} {short_sid(sid)}"
        case "task_queues", _:
            return "Change the TaskQueue"
    return "Evaluate the Workflow again" if list(given) == ["re_evaluate_tasks"] else "Change the Workflow"


def _task_button(given: Mapping[str, Any], name: str) -> str:
    if "priority" in given:
        return f"Raise priority to {given['priority']}"
    return f"Complete {name}" if "assignment_status" in given else "Change the Task's attributes"


def _sentence(state: WorkspaceState, call: SdkCall) -> str:
    """Return the sentence of a call; names stand without quotes where a button says the same."""
    given = dict(call.parameters)
    kind, sid = call.place[-1]
    if kind == "workers" and sid and "activity_sid" in given:
        return f"Set {_worker(state, sid)} to {safe(state.activities[given['activity_sid']].friendly_name)}."
    return call.sentence


def _worker(state: WorkspaceState, sid: str | None) -> str:
    worker = state.workers.get(sid or "")
    return "the Worker" if worker is None else safe(worker.friendly_name)


def _edits(calls: tuple[SdkCall, ...]) -> dict[str, Any]:
    if len(calls) != 1 or calls[0].place[-1][0] != "workers" or calls[0].verb != "update":
        return {}
    attributes = dict(calls[0].parameters).get("attributes")
    return {} if attributes is None else {"edits": {"worker": calls[0].place[-1][1], "attributes": attributes}}
