"""Changes to try, and their Task: one that waits, or a new one like a Task that has ended."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Protocol

import msgspec
from msgspec.structs import replace

from ...engine.model import defaults
from ...engine.model.attributes import decode
from ...engine.model.resources import Task
from ...expressions import Edit, apply_edits, read
from ..reading.sandbox import Sandbox
from ..sentences.phrases import safe, task_name, write_json
from .sdk_calls import SdkCall, create_task, update

__all__ = ["NextTask", "TaskToMove", "WaitingTask", "Way", "edits_in_words", "name_of_path", "rewrite"]

_PRIORITY = 40
"""Cost of letting the Task go first: others have to wait longer for it."""

_AGAIN = 5
"""Cost of creating a Task once more."""


class Way(msgspec.Struct, frozen=True):
    """Changes that could lead to a Reservation, in order."""

    calls: tuple[SdkCall, ...] = ()
    attributes: str | None = None
    """New attributes of the Task; None leaves them as they are."""
    attributes_sentence: str = ""
    attributes_cost: int = 0
    priority: int | None = None
    """New priority of the Task; None leaves it as it is."""

    @property
    def cost(self) -> int:
        """Sum of the costs of its changes."""
        overtaking = 0 if self.priority is None else _PRIORITY
        return sum(call.cost for call in self.calls) + self.attributes_cost + overtaking

    def plus(self, call: SdkCall) -> Way:
        """Return this with ``call`` at the end, instead of an earlier call that writes the same."""
        return replace(self, calls=(*(each for each in self.calls if each.writes != call.writes), call))

    def then(self, other: Way) -> Way:
        """Return the calls of this, followed by ``other``."""
        return replace(other, calls=(*self.calls, *other.calls))

    def overtaking(self, priority: int) -> Way:
        """Return this with a new priority of the Task."""
        return replace(self, priority=priority)

    def rewriting(self, attributes: str, sentence: str, cost: int) -> Way:
        """Return this with new attributes of the Task; sentence and cost are added to earlier ones."""
        sentences, costs = f"{self.attributes_sentence} {sentence}".strip(), self.attributes_cost + cost
        return replace(self, attributes=attributes, attributes_sentence=sentences, attributes_cost=costs)


class TaskToMove(Protocol):
    """Task that should get a Reservation."""

    @property
    def title(self) -> str:
        """Heading of the smallest change."""
        ...

    @property
    def is_new(self) -> bool:
        """True if the Task doesn't exist yet."""
        ...

    def calls(self, way: Way) -> tuple[SdkCall, ...]:
        """Return all calls of ``way``, including those for the Task itself."""
        ...

    def found(self, sandbox: Sandbox, made: Task | None) -> Task | None:
        """Return the Task in a copy in which the calls were made; ``made`` is the Task they created."""
        ...


class WaitingTask(msgspec.Struct, frozen=True):
    """Pending Task."""

    sid: str
    title: str = "Smallest change"
    is_new: bool = False

    def calls(self, way: Way) -> tuple[SdkCall, ...]:
        """Return the calls, with the changes of the Task first."""
        place = (("tasks", self.sid),)
        own: list[SdkCall] = []
        if way.priority is not None:
            sentence = f"Raise the priority of {task_name(self.sid)} to {way.priority}, so that it goes first."
            own.append(update(place, sentence, _PRIORITY, priority=way.priority))
        if way.attributes is not None:
            own.append(update(place, way.attributes_sentence, way.attributes_cost, attributes=way.attributes))
        return (*own, *way.calls)

    def found(self, sandbox: Sandbox, made: Task | None) -> Task | None:
        """Return the Task, or None if it was removed."""
        return sandbox.task(self.sid)


class NextTask(msgspec.Struct, frozen=True):
    """New Task like ``task``, which has ended or was never created."""

    task: Task
    task_channel: str
    sentence: str = "Create the Task again."
    title: str = "Smallest change so that the next such Task is reserved"
    is_new: bool = True

    def calls(self, way: Way) -> tuple[SdkCall, ...]:
        """Return the calls with the creation last; with a priority, before those that make a Worker eligible."""
        if way.priority is None:
            return (*way.calls, self._creation(way))
        last = [call for call in way.calls if call.place[0][0] == "workers"]
        return (*(call for call in way.calls if call not in last), self._creation(way), *last)

    def _creation(self, way: Way) -> SdkCall:
        task, priority = self.task, way.priority or self.task.priority
        parameters: dict[str, Any] = {"attributes": way.attributes or task.attributes}
        parameters |= {"workflow_sid": task.workflow_sid} if task.workflow_sid else {}
        parameters |= {"task_channel": self.task_channel} if self.task_channel != defaults.TASK_CHANNEL else {}
        parameters |= {"priority": priority} if priority else {}
        parameters |= {"routing_target": task.routing_target} if task.routing_target else {}
        sentence = f"{way.attributes_sentence} {self.sentence}".strip()
        if way.priority is not None:
            sentence = f"{sentence.removesuffix('.')} with priority {way.priority}, so that it goes first."
        return create_task(sentence, way.cost - sum(call.cost for call in way.calls) + _AGAIN, **parameters)

    def found(self, sandbox: Sandbox, made: Task | None) -> Task | None:
        """Return the Task that the calls created."""
        return made


def edits_in_words(owner: str, edits: Iterable[Edit], attributes: str, *, strip: int = 0) -> str:
    """Return edits in words; ``strip`` is the number of leading parts of a path that attributes don't have."""
    return " ".join(_edit(owner, each, decode(attributes), strip) for each in edits)


def _edit(owner: str, edit: Edit, attributes: dict[str, Any], strip: int) -> str:
    name, path = name_of_path(edit.path[strip:]), (edit.instead_of or edit.path)[strip:]
    before = read(attributes, path)
    if edit.instead_of is not None and before == edit.value:
        return f"Rename {name_of_path(path)} to {name} in the attributes of {owner}."
    if isinstance(before, list) and isinstance(edit.value, list) and edit.value[:-1] == before:
        return f"Add {write_json(edit.value[-1])} to {name} in the attributes of {owner}."
    if before is None:
        return f"Add {name}: {write_json(edit.value)} to the attributes of {owner}."
    return f"Change {name} from {write_json(before)} to {write_json(edit.value)} in the attributes of {owner}."


def name_of_path(path: tuple[str, ...]) -> str:
    """Return a path as text: ``customer.level``."""
    return safe(".".join(path))


def rewrite(attributes: str, edits: Iterable[Edit], *, strip: int = 0) -> str:
    """Return the attributes as JSON text after the edits."""
    own = [
        Edit(each.path[strip:], each.value, each.instead_of[strip:] if each.instead_of else None, each.slip)
        for each in edits
    ]
    return json.dumps(apply_edits(decode(attributes), own), ensure_ascii=False)
