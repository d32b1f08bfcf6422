"""What might be changed, and the Task it is changed for: one that waits, or the next one like one that is over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from helpers.emulator.engine.attributes import parsed
from helpers.emulator.engine.resources import Task
from helpers.emulator.expressions import Edit, edited, read
from helpers.explanations.calls import Call, create_task, update
from helpers.explanations.phrases import safe, shown
from helpers.explanations.trial import Trial

__all__ = ["NextTask", "Subject", "WaitingTask", "Way", "edits_in_words", "name_of_path"]

_AGAIN = 5
"""What it costs to create a Task once more."""


@dataclass(frozen=True)
class Way:
    """Changes that may lead to a Reservation, in their order."""

    calls: tuple[Call, ...] = ()
    attributes: str | None = None
    """What the Task's attributes are to be; None as they are."""
    attributes_sentence: str = ""
    attributes_cost: int = 0

    @property
    def cost(self) -> int:
        """How much it changes."""
        return sum(call.cost for call in self.calls) + self.attributes_cost

    def plus(self, call: Call) -> Way:
        """This, and then ``call``, which stands in for an earlier one that wrote the same."""
        return replace(self, calls=(*(each for each in self.calls if each.writes != call.writes), call))

    def after(self, call: Call) -> Way:
        """First ``call``, and then this."""
        return replace(self, calls=(call, *self.calls))

    def rewriting(self, attributes: str, sentence: str, cost: int) -> Way:
        """This, with other attributes of the Task."""
        return replace(self, attributes=attributes, attributes_sentence=sentence, attributes_cost=cost)


class Subject(Protocol):
    """The Task that is to get a Reservation."""

    @property
    def title(self) -> str:
        """What the smallest change is called."""
        ...

    @property
    def is_new(self) -> bool:
        """Whether the Task is yet to be created."""
        ...

    def calls(self, way: Way) -> tuple[Call, ...]:
        """Everything to do, with what concerns the Task itself."""
        ...

    def found(self, trial: Trial, results: list[Any]) -> Task | None:
        """The Task on a copy on which the calls were made."""
        ...


@dataclass(frozen=True)
class WaitingTask:
    """A Task that is pending."""

    sid: str
    title: str = "Smallest change"
    is_new: bool = False

    def calls(self, way: Way) -> tuple[Call, ...]:
        """Its attributes are changed first."""
        if way.attributes is None:
            return way.calls
        place = (("tasks", self.sid),)
        own = update(place, way.attributes_sentence, way.attributes_cost, attributes=way.attributes)
        return (own, *way.calls)

    def found(self, trial: Trial, results: list[Any]) -> Task | None:
        """It is there, unless it was canceled meanwhile."""
        return trial.task(self.sid)


@dataclass(frozen=True)
class NextTask:
    """A Task like ``task``, which is over or was never created."""

    task: Task
    task_channel: str
    sentence: str = "Create the Task again."
    title: str = "Smallest change so that the next such Task is reserved"
    is_new: bool = True

    def calls(self, way: Way) -> tuple[Call, ...]:
        """It is created when everything else is done."""
        task = self.task
        parameters: dict[str, Any] = {"attributes": way.attributes or task.attributes}
        parameters |= {"workflow_sid": task.workflow_sid} if task.workflow_sid else {}
        parameters |= {"task_channel": self.task_channel} if self.task_channel != "default" else {}
        parameters |= {"priority": task.priority} if task.priority else {}
        parameters |= {"routing_target": task.routing_target} if task.routing_target else {}
        sentence = f"{way.attributes_sentence} {self.sentence}".strip()
        return (*way.calls, create_task(sentence, way.attributes_cost + _AGAIN, **parameters))

    def found(self, trial: Trial, results: list[Any]) -> Task | None:
        """What the last call made."""
        made: Task = results[-1]
        return made


def edits_in_words(owner: str, edits: Iterable[Edit], attributes: str, *, strip: int = 0) -> str:
    """What is written where; ``strip`` counts the leading parts of a path that attributes do not have."""
    return " ".join(_edit(owner, each, parsed(attributes), strip) for each in edits)


def _edit(owner: str, edit: Edit, attributes: dict[str, Any], strip: int) -> str:
    name, path = name_of_path(edit.path[strip:]), (edit.instead_of or edit.path)[strip:]
    before = read(attributes, path)
    if edit.instead_of is not None and before == edit.value:
        return f"Rename {name_of_path(path)} to {name} in the attributes of {owner}."
    if isinstance(before, list) and isinstance(edit.value, list) and edit.value[:-1] == before:
        return f"Add {shown(edit.value[-1])} to {name} in the attributes of {owner}."
    if before is None:
        return f"Add {name}: {shown(edit.value)} to the attributes of {owner}."
    return f"Change {name} from {shown(before)} to {shown(edit.value)} in the attributes of {owner}."


def name_of_path(path: tuple[str, ...]) -> str:
    """``customer.level``."""
    return safe(".".join(path))


def rewritten(attributes: str, edits: Iterable[Edit], *, strip: int = 0) -> str:
    """Attributes as JSON text, with the edits made."""
    own = [
        Edit(each.path[strip:], each.value, each.instead_of[strip:] if each.instead_of else None, each.slip)
        for each in edits
    ]
    return json.dumps(edited(parsed(attributes), own), ensure_ascii=False)
