"""Backlog of Tasks that wait for a Worker, in which routing finds the next one without a walk over all.

Tasks in one TaskQueue, on one TaskChannel and in the same step of their Workflow, with equal values in
everything that the step's expression reads of them, are in one :class:`Line`. A step matches a Worker for all
of a line or for none of it, so one look at each line is enough, however many Tasks wait.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec
from sortedcontainers import SortedList

from ...expressions import read
from ..model.attributes import decode
from ..model.resources import Task, TaskQueue
from ..model.workflow_configuration import Target

__all__ = ["Backlog", "Line", "Place"]

Place = tuple[int, int, int, str]
"""Sort key of a Task in its line: three numbers, smallest first, then its SID."""

_Key = tuple[str, str, Target | None, bytes]


class Line:
    """Waiting Tasks that are alike for routing: a Worker is eligible for all of them or for none."""

    __slots__ = ("key", "places", "task_attributes")

    def __init__(self, key: _Key, task_attributes: str) -> None:
        self.key = key
        self.task_attributes = task_attributes
        self.places: SortedList[Place] = SortedList()

    @property
    def task_queue_sid(self) -> str:
        """SID of the TaskQueue that the Tasks wait in."""
        return self.key[0]

    @property
    def target(self) -> Target | None:
        """Step of the Workflow; None if any Worker of the queue is eligible."""
        return self.key[2]

    @property
    def task_channel_sid(self) -> str:
        """SID of the Tasks' TaskChannel."""
        return self.key[1]

    @property
    def head(self) -> Place:
        """Place of the next Task."""
        first: Place = self.places[0]
        return first


class Backlog:
    """Waiting Tasks of a Workspace, in lines."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str], dict[_Key, Line]] = {}
        self._standing: dict[str, tuple[Line, Place]] = {}
        self._clock_lines: dict[_Key, Line] = {}
        self._channel_lines: dict[_Key, Line] = {}

    def __contains__(self, task_sid: str) -> bool:
        return task_sid in self._standing

    def __len__(self) -> int:
        return len(self._standing)

    def add(self, task: Task, queue: TaskQueue, target: Target | None) -> None:
        """Add a Task; it keeps its place until :meth:`remove`."""
        where = (queue.sid, task.task_channel_sid)
        key = (*where, *_routing_key(task, target))
        lines = self._lines.setdefault(where, {})
        line = lines.get(key)
        if line is None:
            line = lines[key] = Line(key, task.attributes)
            self._watch(line)
        place = _place(task, queue)
        line.places.add(place)
        self._standing[task.sid] = (line, place)

    def remove(self, task_sid: str) -> bool:
        """Remove a Task; return True if it was waiting."""
        standing = self._standing.pop(task_sid, None)
        if standing is None:
            return False
        line, place = standing
        line.places.remove(place)
        if not line.places:
            where = line.key[:2]
            self._clock_lines.pop(line.key, None)
            self._channel_lines.pop(line.key, None)
            del self._lines[where][line.key]
            if not self._lines[where]:
                del self._lines[where]
        return True

    def lines(self, task_queue_sids: Iterable[str], task_channel_sid: str) -> Iterator[Line]:
        """Yield the lines of some TaskQueues on a channel."""
        for task_queue_sid in task_queue_sids:
            yield from self._lines.get((task_queue_sid, task_channel_sid), {}).values()

    def in_queue(self, task_queue_sid: str) -> list[str]:
        """Return the SIDs of the Tasks waiting in a queue; used when the queue itself changes."""
        lines = [line for key, group in self._lines.items() if key[0] == task_queue_sid for line in group.values()]
        return [place[3] for line in lines for place in line.places]

    def place(self, task_sid: str) -> Place | None:
        """Return the place of a Task in its line; None if it isn't waiting."""
        standing = self._standing.get(task_sid)
        return None if standing is None else standing[1]

    def line(self, task_sid: str) -> Line | None:
        """Return the line in which a Task waits; None if it isn't waiting."""
        standing = self._standing.get(task_sid)
        return None if standing is None else standing[0]

    def every_line(self) -> Iterator[Line]:
        """Yield all lines."""
        for group in self._lines.values():
            yield from group.values()

    def ahead(self, task_sid: str) -> int:
        """Return the number of Tasks that go before one in its queue, on its channel; 0 if it isn't waiting."""
        standing = self._standing.get(task_sid)
        if standing is None:
            return 0
        line, place = standing
        return sum(each.places.bisect_left(place) for each in self.lines([line.task_queue_sid], line.task_channel_sid))

    @property
    def clock_lines(self) -> Collection[Line]:
        """Lines whose step reads the time, so that Workers can become eligible as it passes."""
        return self._clock_lines.values()

    @property
    def reads_channels(self) -> bool:
        """True if a line's step reads ``worker.channel``, so that load on any channel can make a Worker eligible."""
        return bool(self._channel_lines)

    def _watch(self, line: Line) -> None:
        if line.target is not None and line.target.reads_clock:
            self._clock_lines[line.key] = line
        if line.target is not None and line.target.reads_channels:
            self._channel_lines[line.key] = line


def _routing_key(task: Task, target: Target | None) -> tuple[Target | None, bytes]:
    """Return what decides which Workers are eligible: the step, and the values that it reads of the Task."""
    if target is None or target.is_plain:
        return None, b""
    attributes = decode(task.attributes)
    paths = [*target.task_paths, *([target.known_worker[1]] if target.known_worker else [])]
    return target, msgspec.json.encode([read(attributes, path) for path in paths])


def _place(task: Task, queue: TaskQueue) -> Place:
    """Return the place of a Task.

    FIFO: highest priority, then earliest start. LIFO: newest, whatever its priority (reference 6.2).
    """
    if queue.task_order == "LIFO":
        return 0, -task.date_created, -task.number, task.sid
    return -task.priority, task.virtual_start_time, task.number, task.sid
