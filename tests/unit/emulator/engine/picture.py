"""All that an emulator holds in memory, as plain values to compare: records, indexes and timers."""

from __future__ import annotations

from typing import Any

import msgspec

from helpers.emulator.clock import Clock
from helpers.emulator.emulator import Emulator
from helpers.emulator.engine.state import WorkspaceState
from helpers.emulator.sids import SeededSids


def picture(emulator: Emulator) -> dict[str, Any]:
    """Everything; two emulators that would behave alike from here on have equal pictures."""
    timers = emulator.world.timers
    return {
        "timers": sorted((due, workspace, sid) for due, _, workspace, sid in timers._due),
        **{sid: _workspace(state) for sid, state in emulator.world.workspaces.items()},
    }


def restarted(emulator: Emulator) -> Emulator:
    """A second emulator that knows nothing but what the first has stored."""
    clock = Clock(emulator.clock.now(), running=False, step_ms=1000)
    return Emulator(emulator.store, clock, SeededSids("restarted"), emulator.accounts)


def _workspace(state: WorkspaceState) -> dict[str, Any]:
    pairs = [(queue, channel) for queue in state.task_queues for channel in state.task_channels]
    return {
        "records": [msgspec.to_builtins(record) for record in state.records()],
        "members": {queue: sorted(state.members(queue)) for queue in state.task_queues},
        "queues": {worker: sorted(state.membership.queues(worker)) for worker in state.workers},
        "counts": [state.activity_counts(queue) for queue in (None, *state.task_queues)],
        "ready": {pair: [worker.sid for worker in state.ready_workers(*pair)] for pair in pairs},
        "lines": sorted((repr(line.key), list(line.places)) for pair in pairs for line in _lines(state, *pair)),
        "watched": [
            sorted(repr(key) for key in lines) for lines in (state.backlog._clock_lines, state.backlog._channel_lines)
        ],
        "direct": {worker: sorted(tasks) for worker, tasks in state.direct.items()},
        "held": {task: [reservation.sid for reservation in state.reservations_of_task(task)] for task in state.tasks},
        "carried": {
            worker: [reservation.sid for reservation in state.reservations_of_worker(worker)]
            for worker in state.workers
        },
        "used": {channel.sid: state.used_capacity(channel) for channel in state.worker_channels.values()},
    }


def _lines(state: WorkspaceState, task_queue_sid: str, task_channel_sid: str) -> Any:
    return state.backlog.lines([task_queue_sid], task_channel_sid)
