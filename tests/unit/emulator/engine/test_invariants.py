"""Whatever is asked of the emulator, in whatever order: its laws hold, and a restart changes nothing."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from helpers.emulator.clock import Clock
from helpers.emulator.emulator import Emulator
from helpers.emulator.engine.callbacks.callback_reply import ReplyContent
from helpers.emulator.engine.commands import (
    activities,
    instruction_commands,
    reservations,
    task_channels,
    task_queues,
    tasks,
    worker_channels,
    workers,
    workflows,
    workspaces,
)
from helpers.emulator.engine.model.refusals import Refused
from helpers.emulator.engine.model.statuses import OPEN_RESERVATIONS, RESERVATION_MOVES, TASK_MOVES
from helpers.emulator.engine.state import WorkspaceState
from helpers.emulator.server.administration.integrity import find_flaw
from helpers.emulator.sids import SeededSids
from helpers.emulator.store.store import Store
from tests.unit.emulator.engine.laws import broken_laws, overfull, used
from tests.unit.emulator.engine.picture import picture, restarted
from tests.unit.emulator.engine.recount import wrong_answers

ACCOUNT_SID = "AC" + "a" * 32
EXAMPLES, STEPS = 150, 90  # enough for every command, event type and status; which, depends on the source of `Desk`
BETWEEN_RESTARTS = 20
BETWEEN_RECOUNTS = 5

DICE = st.integers(0, 2**32).map(Random)
"""Choices within a step: hypothesis looks for the steps that matter, the dice fill them in."""

WORKERS = ("{}", '{"languages":["en"]}', '{"languages":["en","es"],"level":2}', '{"languages":["es"],"level":1}')
LANGUAGES = ("en", "en", "es", "fr")
MEMBERS = ("1==1", "1==1", 'languages HAS "es"', "level > 0", "")
FILTERS = ("1==1", "1==1", 'lang != "fr"', 'lang == "es"', "vip == true")
CONDITIONS = (
    None,
    None,
    "task.lang IN worker.languages",
    "worker.level >= 2",
    "worker.channel.chat.assigned_tasks == 1",
    "worker.channel.default.available_capacity_percentage < 100",
    "worker.channel.default.assigned_tasks == 0",
    "taskrouter.currentMin > 2",
    'worker.activity_name == "Idle"',
)
SKIPS = (None, None, None, "1==1", "workers.available == 0", "workers.unavailable > 1")
VOICE = {"to": "+1", "from": "+2", "url": "http://127.0.0.1/", "call_sid": "CA", "accept": "true"}
ANSWERS: tuple[Any, ...] = (
    {},
    {"instruction": "accept"},
    {"instruction": "reject"},
    *({"instruction": name, **VOICE} for name in ("dequeue", "call", "conference", "redirect")),
    {"instruction": "call"},
    {"instruction": "reject", "activity_sid": ["?"]},
    {"message": "success"},
)


def some_open(desk: Desk) -> bool:
    """Whether somebody has, or is offered, a Task."""
    return any(each.reservation_status in OPEN_RESERVATIONS for each in desk.state.reservations.values())


def some_task(desk: Desk) -> bool:
    """Whether there is a Task to do something to."""
    return bool(desk.state.tasks)


class Desk(RuleBasedStateMachine):
    """Two workspaces, one of either tasking mode, and everything that can be done to them."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.emulator = Emulator(Store(None), Clock.lesson(), SeededSids("invariants"), {})
        self.workspace_sid = ""
        self.last_event, self.last_moment = 0, 0
        self.used: dict[str, int] = {}

    @initialize(by=DICE)
    def open_workspaces(self, by: Random) -> None:
        """Each begins with two queues, a workflow and two Workers who are available."""
        for multi_task in (False, True):
            workspace = self.emulator.write(
                ACCOUNT_SID, None, workspaces.create, friendly_name="Desk", multi_task_enabled=multi_task
            )
            self.workspace_sid = workspace.sid
            self.add_queue(by)
            self.write(task_queues.create, friendly_name="Everybody")
            self.write(workflows.create, friendly_name="All", configuration=self.configuration(by))
            available = next(each.sid for each in self.state.activities.values() if each.available)
            for name in ("Alice", "Bob", "Carol"):
                self.write(workers.create, friendly_name=name, attributes=by.choice(WORKERS), activity_sid=available)

    # -- time and place ------------------------------------------------------------------------

    @rule()
    def change_places(self) -> None:
        """What follows happens in the other workspace."""
        sids = list(self.emulator.world.workspaces)
        self.workspace_sid = sids[(sids.index(self.workspace_sid) + 1) % len(sids)]

    @rule(by=DICE)
    def advance(self, by: Random) -> None:
        """Time passes, seldom so much that nothing is left."""
        seconds = by.choice((1, 5, 5, 10, 10, 20, 61, 130)) if by.random() < 0.9 else by.choice((400, 90_000))
        for _ in self.emulator.advance_stepwise(seconds):
            pass

    @rule()
    def reload(self) -> None:
        """Everything in memory is built anew."""
        self.emulator.reload()

    # -- what stands still ---------------------------------------------------------------------

    @rule(by=DICE)
    def change_queues(self, by: Random) -> None:
        """One more, another order, or other members."""
        if by.random() < 0.4:
            self.add_queue(by)
        elif by.random() < 0.5:
            self.write(task_queues.update, self.pick("task_queues", by), {"task_order": by.choice(("FIFO", "LIFO"))})
        else:
            self.write(task_queues.update, self.pick("task_queues", by), {"target_workers": by.choice(MEMBERS)})

    @rule(by=DICE)
    def change_workflows(self, by: Random) -> None:
        """One more, or another configuration, with or without the Tasks that wait."""
        if by.random() < 0.5:
            changes = {"configuration": self.configuration(by), "re_evaluate_tasks": by.random() < 0.5}
            self.write(workflows.update, self.pick("workflows", by), changes)
            return
        self.write(
            workflows.create,
            friendly_name="Another",
            configuration=self.configuration(by),
            task_reservation_timeout=by.choice((5, 30, 60, 120)),
            assignment_callback_url=by.choice((None, "http://127.0.0.1/")),
        )

    @rule(by=DICE, what=st.sampled_from((activities, task_channels, workspaces)))
    def change_the_frame(self, by: Random, what: Any) -> None:
        """Activities, TaskChannels, or the workspace itself."""
        if what is workspaces:
            order = {"prioritize_queue_order": by.choice(("FIFO", "LIFO"))}
            self.write(workspaces.update, order if by.random() < 0.9 else {"multi_task_enabled": True})
        elif what is activities:
            names = {"friendly_name": by.choice(("Idle", "Busy", "Away"))}
            self.write(activities.update, self.pick("activities", by), names)
            self.write(activities.create, available=by.random() < 0.5, **names)
        else:
            optimized = {"channel_optimized_routing": by.random() < 0.5}
            self.write(task_channels.update, self.pick("task_channels", by), optimized)
            self.write(task_channels.create, friendly_name="Extra", unique_name="extra")

    @rule(
        by=DICE,
        kind=st.sampled_from(("activities", "task_channels", "task_queues", "workflows", "workers", "tasks", "tasks")),
    )
    def delete(self, by: Random, kind: str) -> None:
        """Anything, if nothing needs it."""
        modules: dict[str, Any] = {
            "activities": activities,
            "task_channels": task_channels,
            "task_queues": task_queues,
            "workflows": workflows,
            "workers": workers,
            "tasks": tasks,
        }
        self.write(modules[kind].delete, self.pick(kind, by))

    # -- Workers -------------------------------------------------------------------------------

    @rule(by=DICE)
    def add_worker(self, by: Random) -> None:
        """Somebody new, or a duplicate name."""
        self.write(
            workers.create,
            friendly_name=f"Worker {by.randrange(4)}",
            attributes=by.choice(WORKERS),
            activity_sid=self.pick("activities", by),
        )

    @rule(by=DICE)
    def move_worker(self, by: Random) -> None:
        """To another Activity, perhaps leaving what they were offered."""
        changes = {"activity_sid": self.pick("activities", by), "reject_pending_reservations": by.random() < 0.3}
        self.write(workers.update, self.pick("workers", by), changes)

    @rule(by=DICE)
    def bring_worker_back(self, by: Random) -> None:
        """From where a timeout took them, say."""
        activities_ = self.state.activities
        resting = [each.sid for each in self.state.workers.values() if not activities_[each.activity_sid].available]
        open_for_work = [each.sid for each in activities_.values() if each.available]
        if resting and open_for_work:
            self.write(workers.update, by.choice(resting), {"activity_sid": by.choice(open_for_work)})

    @rule(by=DICE)
    def change_worker(self, by: Random) -> None:
        """Their attributes, or their name."""
        name = {"friendly_name": f"Worker {by.randrange(4)}"}
        changes = name if by.random() < 0.2 else {"attributes": by.choice(WORKERS)}
        self.write(workers.update, self.pick("workers", by), changes)

    @rule(by=DICE)
    def change_capacity(self, by: Random) -> None:
        """How much a Worker can carry."""
        changes = {"capacity": by.randrange(5)} if by.random() < 0.8 else {"available": by.random() < 0.6}
        self.write(worker_channels.update, self.pick("workers", by), by.choice(("default", "default", "chat")), changes)

    # -- Tasks ---------------------------------------------------------------------------------

    @rule(by=DICE)
    def add_tasks(self, by: Random) -> None:
        """A few, through a workflow: more than the Workers can take."""
        for _ in range(by.randrange(1, 5)):
            self.create_task(by, None)

    @rule(by=DICE, kind=st.sampled_from(("workers", "task_queues", "workflows")))
    def add_task_for_somebody(self, by: Random, kind: str) -> None:
        """For a Worker, a queue or a workflow in particular."""
        self.create_task(by, self.pick(kind, by))

    @precondition(some_task)
    @rule(by=DICE)
    def change_task(self, by: Random) -> None:
        """Its attributes, its priority, its channel, or several of them."""
        changes: dict[str, Any] = {} if by.random() < 0.3 else {"attributes": self.task_attributes(by)}
        changes |= {} if by.random() < 0.8 else {"task_channel": by.choice(("default", "chat"))}
        changes |= {} if by.random() < 0.5 else {"priority": by.randrange(9)}
        self.write(tasks.update, self.pick("tasks", by), changes)

    @precondition(some_task)
    @rule(by=DICE)
    def end_task(self, by: Random) -> None:
        """By a status, mostly one that the present one leads to."""
        sid = self.pick("tasks", by)
        changes = {"assignment_status": self.next_status("tasks", sid, TASK_MOVES, by), "reason": "enough"}
        changes |= {"attributes": self.task_attributes(by)} if by.random() < 0.2 else {}
        self.write(tasks.update, sid, changes)

    @precondition(some_open)
    @rule(by=DICE)
    def answer_reservation(self, by: Random) -> None:
        """By REST, mostly as its status allows."""
        sid = self.pick_reservation(by)
        status = self.next_status("reservations", sid, RESERVATION_MOVES, by)
        self.write(reservations.update, sid, {"reservation_status": status})

    @precondition(some_open)
    @rule(by=DICE)
    def accept_or_finish(self, by: Random) -> None:
        """Work goes on."""
        sid = self.pick_reservation(by)
        reservation = self.state.reservations.get(sid)
        pending = reservation is not None and reservation.reservation_status == "pending"
        self.write(reservations.update, sid, {"reservation_status": "accepted" if pending else "completed"})

    @precondition(some_open)
    @rule(by=DICE, answer=st.sampled_from(ANSWERS))
    def answer_callback(self, by: Random, answer: Any) -> None:
        """As an application does, with an instruction."""
        self.write(instruction_commands.answer, self.pick_reservation(by), ReplyContent(answer))

    @precondition(some_open)
    @rule(by=DICE)
    def fail_callback(self, by: Random) -> None:
        """Neither URL answers."""
        self.write(instruction_commands.give_up, self.pick_reservation(by))

    # -- laws ----------------------------------------------------------------------------------

    @invariant()
    def laws_hold(self) -> None:
        """In both workspaces."""
        type(self).steps += 1
        states = list(self.emulator.world.workspaces.values())
        now_used = {sid: number for state in states for sid, number in used(state).items()}
        for state in states:
            assert broken_laws(state, self.emulator.clock.now()) == []
            assert overfull(state, self.used, now_used) == []
        self.used = now_used

    @invariant()
    def lists_and_statistics_are_true(self) -> None:
        """What indexes answer is what a recount gives; those once asked for have been kept up to date since."""
        if type(self).steps % BETWEEN_RECOUNTS:
            return
        for state in self.emulator.world.workspaces.values():
            assert wrong_answers(state, self.emulator.clock.now(), Random(self.last_event)) == []

    @invariant()
    def restart_changes_nothing(self) -> None:
        """What is in memory, indexes and timers included, is what a restart would build; it takes long to see."""
        if type(self).steps % BETWEEN_RESTARTS == 0:
            self.compare_with_restarted()

    def teardown(self) -> None:
        """The same at the end."""
        self.look_at_events()
        self.compare_with_restarted()

    def compare_with_restarted(self) -> None:
        assert picture(restarted(self.emulator)) == picture(self.emulator)
        assert [find_flaw(state) for state in self.emulator.world.workspaces.values()] == [None, None]

    @invariant()
    def events_run_forward(self) -> None:
        """Each has a higher number than the one before, and no earlier time; those of all steps since the last look."""
        if type(self).steps % BETWEEN_RECOUNTS == 0:
            self.look_at_events()

    def look_at_events(self) -> None:
        events = [
            event
            for sid in self.emulator.world.workspaces
            for event in self.emulator.store.events(sid, after_number=self.last_event)
        ]
        moments = [event.event_date_ms for event in sorted(events, key=lambda event: event.number)]
        assert moments == sorted(moments)
        assert not moments or self.last_moment <= moments[0]
        self.last_event += len(events)
        self.last_moment = moments[-1] if moments else self.last_moment
        assert self.emulator.world._event_number == self.last_event

    # -- means ---------------------------------------------------------------------------------

    @property
    def state(self) -> WorkspaceState:
        return self.emulator.world.workspaces[self.workspace_sid]

    def write(self, command: Any, /, *args: Any, **arguments: Any) -> None:
        """Run a command. One that is refused takes no time and no SIDs; that it changes nothing else, the laws find."""
        before = self.emulator.clock.now(), self.emulator.counters()[1:]
        try:
            self.emulator.write(ACCOUNT_SID, self.workspace_sid, command, *args, **arguments)
        except Refused:
            assert (self.emulator.clock.now(), self.emulator.counters()[1:]) == before

    def pick(self, group: str, by: Random) -> str:
        """The SID of one of a kind; of none if there is none."""
        return by.choice([*getattr(self.state, group)] or ["XX" + "0" * 32])

    def pick_reservation(self, by: Random) -> str:
        """Mostly one that has not ended."""
        reservations_ = self.state.reservations.values()
        current = [each.sid for each in reservations_ if each.reservation_status in OPEN_RESERVATIONS]
        return by.choice(current) if current and by.random() < 0.8 else self.pick("reservations", by)

    def next_status(self, group: str, sid: str, moves: dict[str, frozenset[str]], by: Random) -> str:
        """A status that the table allows, now and then another."""
        record = getattr(self.state, group).get(sid)
        field = "assignment_status" if group == "tasks" else "reservation_status"
        allowed = moves.get(getattr(record, field, ""), ())
        return by.choice(sorted(allowed if allowed and by.random() < 0.8 else moves))

    def add_queue(self, by: Random) -> None:
        """A queue, or a duplicate name."""
        given = {"reservation_activity_sid": self.pick("activities", by)} if by.random() < 0.5 else {}
        given |= {"assignment_activity_sid": self.pick("activities", by)} if by.random() < 0.3 else {}
        self.write(
            task_queues.create,
            friendly_name=f"Queue {by.randrange(6)}",
            target_workers=by.choice(MEMBERS),
            task_order=by.choice(("FIFO", "LIFO")),
            max_reserved_workers=by.randrange(1, 4),
            **given,
        )

    def create_task(self, by: Random, routing_target: str | None) -> None:
        self.write(
            tasks.create,
            attributes=self.task_attributes(by),
            workflow_sid=self.pick("workflows", by),
            task_channel=by.choice(("default", "default", "chat")),
            priority=by.randrange(5),
            timeout=by.choice((20, 200, 86_400, 86_400, 86_400)),
            routing_target=routing_target,
            ignore_capacity=by.choice((None, False)),
        )

    def task_attributes(self, by: Random) -> str:
        agent = self.pick("workers", by) if by.random() < 0.6 else by.choice((None, "nobody"))
        call = {"call_sid": "CA"} if by.random() < 0.5 else {}
        return json.dumps({"lang": by.choice(LANGUAGES), "vip": by.random() < 0.3, "agent": agent, **call})

    def configuration(self, by: Random) -> str:
        """Up to two filters, each with up to three targets, and mostly a default."""
        filters = [
            {"expression": by.choice(FILTERS), "targets": [self.target(by) for _ in range(by.randrange(1, 4))]}
            for _ in range(by.randrange(1, 3))
        ]
        default = {"default_filter": {"queue": self.pick("task_queues", by)}} if by.random() < 0.8 else {}
        return json.dumps({"task_routing": {"filters": filters, **default}})

    def target(self, by: Random) -> dict[str, Any]:
        return {
            "queue": self.pick("task_queues", by),
            "timeout": by.choice((None, 5, 20, 60)),
            "priority": by.choice((None, None, 3, "7")),
            "expression": by.choice(CONDITIONS),
            "order_by": by.choice((None, "worker.level DESC")),
            "skip_if": by.choice(SKIPS),
            "known_worker_sid": "task.agent" if by.random() < 0.2 else None,
        }


DeskTest = Desk.TestCase
DeskTest.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=STEPS, suppress_health_check=list(HealthCheck), print_blob=False
)


def test_enough_was_tried() -> None:
    """The laws were checked after ten thousand steps at least."""
    assert Desk.steps >= 10_000
