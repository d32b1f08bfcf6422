"""SDK calls that change something: as a line of code, on a copy, and through the SDK itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec

from ...engine.commands import reservations, task_queues, tasks, worker_channels, workers, workflows
from ...engine.transaction import Transaction
from ...sids import is_sid
from ..reading.sandbox import Sandbox
from ..spelling import Spelling

__all__ = ["SdkCall", "create_task", "create_worker", "update"]


class SdkCall(msgspec.Struct, frozen=True):
    """Call that creates or updates one resource.

    Attributes:
        place: the SDK's names on the way to it, with SIDs: ``(("workers", "WK…"),)``; the SID is None for a create;
            empty for the workspace itself.
        parameters: the SDK's names of parameters, with values.
        sentence: the call in words.
        cost: size of the change; the way with the smaller sum is tried first.
    """

    place: tuple[tuple[str, str | None], ...]
    parameters: tuple[tuple[str, Any], ...]
    sentence: str
    cost: int

    @property
    def verb(self) -> str:
        """Name of the SDK's method, ``create`` or ``update``."""
        return "create" if self.place and self.place[-1][1] is None else "update"

    @property
    def makes_task(self) -> bool:
        """True if it creates a Task."""
        return self.place == (("tasks", None),)

    @property
    def writes(self) -> tuple[object, ...]:
        """Key of resource and parameters; two calls with the same key write other values to the same place."""
        return self.place, tuple(name for name, _ in self.parameters)

    def code(self, spelling: Spelling) -> str:
        """Return the call as one line of code."""
        way = "".join(f".{name}" + ("" if sid is None else f"({spelling.sid(sid)})") for name, sid in self.place)
        given = ", ".join(f"{name}={_literal(value, spelling)}" for name, value in self.parameters)
        return f"{spelling.workspace()}{way}.{self.verb}({given})"

    def through_sdk(self, workspace: Any) -> Any:
        """Make the call and return its result.

        Raises:
            TwilioException: it was refused.
        """
        found = workspace
        for name, sid in self.place:
            found = getattr(found, name)
            found = found if sid is None else found(sid)
        return getattr(found, self.verb)(**dict(self.parameters))

    def on_copy(self, sandbox: Sandbox) -> Any:
        """Make the change in a copy, and return the result of the engine's command.

        Raises:
            Refused: TaskRouter would refuse it.
        """
        return sandbox.request(_COMMANDS[(self.place[-1][0], self.verb)], self)


def update(place: tuple[tuple[str, str | None], ...], sentence: str, cost: int, **parameters: Any) -> SdkCall:
    """Return the call that updates the resource at ``place``."""
    return SdkCall(place, tuple(parameters.items()), sentence, cost)


def create_task(sentence: str, cost: int, **parameters: Any) -> SdkCall:
    """Return the call that creates a Task."""
    return SdkCall((("tasks", None),), tuple(parameters.items()), sentence, cost)


def create_worker(sentence: str, cost: int, **parameters: Any) -> SdkCall:
    """Return the call that creates a Worker."""
    return SdkCall((("workers", None),), tuple(parameters.items()), sentence, cost)


def _literal(value: Any, spelling: Spelling) -> str:
    """Return ``value`` as Python source, text in double quotes unless it contains some, as JSON does."""
    if not isinstance(value, str):
        return repr(value)
    if is_sid(value, value[:2]):
        return spelling.sid(value)
    return json.dumps(value, ensure_ascii=not value.isprintable()) if '"' not in value else repr(value)


def _update_worker(transaction: Transaction, call: SdkCall) -> Any:
    return workers.update(transaction, call.place[0][1] or "", dict(call.parameters))


def _update_channel(transaction: Transaction, call: SdkCall) -> Any:
    return worker_channels.update(transaction, call.place[0][1] or "", call.place[1][1] or "", dict(call.parameters))


def _update_task(transaction: Transaction, call: SdkCall) -> Any:
    return tasks.update(transaction, call.place[0][1] or "", dict(call.parameters))


def _update_reservation(transaction: Transaction, call: SdkCall) -> Any:
    return reservations.update(transaction, call.place[1][1] or "", dict(call.parameters))


def _update_queue(transaction: Transaction, call: SdkCall) -> Any:
    return task_queues.update(transaction, call.place[0][1] or "", dict(call.parameters))


def _update_workflow(transaction: Transaction, call: SdkCall) -> Any:
    changes = dict(call.parameters)
    if "re_evaluate_tasks" in changes:
        changes["re_evaluate_tasks"] = changes["re_evaluate_tasks"] == "true"
    return workflows.update(transaction, call.place[0][1] or "", changes)


def _create_task(transaction: Transaction, call: SdkCall) -> Any:
    return tasks.create(transaction, **dict(call.parameters))


def _create_worker(transaction: Transaction, call: SdkCall) -> Any:
    return workers.create(transaction, **dict(call.parameters))


_COMMANDS: dict[tuple[str, str], Callable[[Transaction, SdkCall], Any]] = {
    ("workers", "update"): _update_worker,
    ("workers", "create"): _create_worker,
    ("worker_channels", "update"): _update_channel,
    ("tasks", "update"): _update_task,
    ("tasks", "create"): _create_task,
    ("reservations", "update"): _update_reservation,
    ("task_queues", "update"): _update_queue,
    ("workflows", "update"): _update_workflow,
}
