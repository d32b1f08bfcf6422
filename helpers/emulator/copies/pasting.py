"""Workspace made of pasted parts: a Workflow's JSON, and Workers or only their attributes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..emulator import Emulator
from ..emulator_errors import NotCopyable
from ..engine.model import defaults
from ..engine.model.refusals import Refused
from ..engine.model.resources import Record
from ..server.in_process import start_in_process
from .copying import check_redact, make_copy
from .pasted_parts import read_configuration, read_rows
from .workspace_copy import WorkspaceCopy

__all__ = ["paste_workspace"]

_ACTIVITIES = dict(defaults.ACTIVITIES)
_USUAL_ACTIVITY = next(name for name, available in defaults.ACTIVITIES if available)
_BESIDE_ATTRIBUTES = ("friendly_name", "activity_name", "channels")


def paste_workspace(
    workflow: object, workers: object, task_queues: object = None, *, redact: bool | Collection[str] = True
) -> WorkspaceCopy:
    """Return a Workspace made of pasted parts, in an emulator of its own in this process.

    Args:
        workflow: the configuration of a Workflow, or the whole Workflow, as JSON text or as a dict.
        workers: Workers, with ``friendly_name`` and ``attributes``, or only their attributes: a list of dicts, JSON,
            or CSV with a header. ``activity_name`` and ``channels`` (``{"chat": {"capacity": 3}}``) count if given.
        task_queues: expressions (``target_workers``) by SID or name, or TaskQueues as a list of dicts or JSON. A
            TaskQueue that the Workflow names and that isn't given takes every Worker.
        redact: as for :func:`.copy_workspace`.

    Raises:
        NotCopyable: a part can't be read, or TaskRouter would refuse it; the text says where.
    """
    check_redact(redact)
    try:
        seed, notes = _read(workflow, workers, task_queues)
        records, now = _plant(seed)
    except RecursionError:
        raise NotCopyable("This is nested too deeply. Paste a Workflow and Workers as the API gives them.") from None
    return make_copy(records, (), now, notes, redacts=redact)


def _read(workflow: object, workers: object, task_queues: object) -> tuple[dict[str, Any], list[str]]:
    """Return the Workspace of a seed document, and sentences about what is assumed."""
    name, configuration = read_configuration(workflow)
    queues, notes = _queues(_given_queues(task_queues), configuration)
    people = [_worker(number, row) for number, row in enumerate(read_rows("workers", workers), 1)]
    _check_names(people)
    activities, assumed = _activities(people)
    workspace = {
        "friendly_name": "Pasted Workspace",
        "activities": activities,
        "task_queues": [{"friendly_name": each, "target_workers": text} for each, text in queues.items()],
        "workers": [{key: value for key, value in each.items() if key != "available"} for each in people],
        "workflows": [{"friendly_name": name, "configuration": configuration}],
    }
    return workspace, [*notes, *assumed]


def _plant(seed: Mapping[str, Any]) -> tuple[list[Record], int]:
    """Return the records of a Workspace by a seed document, and the time."""
    running = start_in_process(clock="paused")
    try:
        running.seed({"workspaces": [seed]})
        return running.call(_records), running.emulator.clock.now()
    except Refused as refused:
        text = refused.message.removeprefix("The seed document's ")
        raise NotCopyable(f"TaskRouter would refuse this: {text}. Correct it, and paste it again.") from refused
    except (TypeError, ValueError) as error:  # a dict with values that JSON has no way to write
        raise NotCopyable(f"This can't be written as JSON: {error}. Paste values as the API gives them.") from error
    finally:
        running.stop()


def _records(emulator: Emulator) -> list[Record]:
    return [record for state in emulator.world.workspaces.values() for record in state.records()]


# -- TaskQueues ----------------------------------------------------------------------------------


def _given_queues(given: object) -> dict[str, tuple[str, str]]:
    """Return name and expression of TaskQueues, by the SIDs and names by which a Workflow can name them."""
    if given is None:
        return {}
    if isinstance(given, Mapping) and all(isinstance(value, str) for value in given.values()):
        return {str(key): (str(key), text) for key, text in given.items()}
    queues: dict[str, tuple[str, str]] = {}
    for number, row in enumerate(read_rows("task_queues", given), 1):
        keys = [str(row[key]) for key in ("friendly_name", "sid") if row.get(key)]
        if not keys:
            raise NotCopyable(f"task_queues, number {number}: it has neither sid nor friendly_name. Give it one.")
        queues |= dict.fromkeys(keys, (keys[0], str(row.get("target_workers") or defaults.TARGET_WORKERS)))
    return queues


def _queues(given: Mapping[str, tuple[str, str]], configuration: Any) -> tuple[dict[str, str], list[str]]:
    """Return expressions by TaskQueue name, and put these names into the configuration in place of SIDs."""
    queues, notes = dict(given.values()), []
    for part in _naming_queues(configuration):
        wanted = part["queue"]
        name = given[wanted][0] if wanted in given else wanted
        if name not in queues:
            queues[name] = defaults.TARGET_WORKERS
            notes.append(f"TaskQueue {name} was not given, and takes every Worker here.")
        part["queue"] = name
    return queues, notes


def _naming_queues(part: Any) -> Iterator[dict[str, Any]]:
    """Yield the parts of a configuration that name a TaskQueue."""
    if isinstance(part, dict):
        if isinstance(part.get("queue"), str):
            yield part
        for each in part.values():
            yield from _naming_queues(each)
    elif isinstance(part, list):
        for each in part:
            yield from _naming_queues(each)


# -- Workers -------------------------------------------------------------------------------------


def _worker(number: int, row: dict[str, Any]) -> dict[str, Any]:
    """Return a Worker of a seed document; a row without ``attributes`` consists of them."""
    is_whole = "attributes" in row
    attributes = row["attributes"] if is_whole else {key: row[key] for key in row if key not in _BESIDE_ATTRIBUTES}
    if isinstance(attributes, str):
        attributes = read_rows(f"workers, attributes of number {number}", attributes or "{}")[0]
    name = row.get("friendly_name") or (is_whole and row.get("name")) or f"Worker {number}"
    activity = row.get("activity_name") or (is_whole and row.get("activity")) or _USUAL_ACTIVITY
    channels = {"channels": row["channels"]} if row.get("channels") else {}
    return {
        "friendly_name": str(name),
        "attributes": attributes or {},
        "activity": str(activity),
        "available": row.get("available") if is_whole else None,
        **channels,
    }


def _check_names(people: list[dict[str, Any]]) -> None:
    numbers: dict[str, int] = {}
    for number, each in enumerate(people, 1):
        first = numbers.setdefault(each["friendly_name"], number)
        if first < number:
            raise NotCopyable(
                f"workers: numbers {first} and {number} have the same name. A Worker's name is unique: change one."
            )


def _activities(people: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the Activities that a new Workspace lacks, and sentences about those whose availability isn't known."""
    told = {each["activity"]: each["available"] for each in people if each["available"] is not None}
    names = dict.fromkeys(each["activity"] for each in people if each["activity"] not in _ACTIVITIES)
    activities = [{"friendly_name": name, "available": bool(told.get(name, True))} for name in names]
    return activities, [f"Activity {name} is taken to be available." for name in names if name not in told]
