"""What the feed sends adds up: the first state and each change after it give the state of now."""

from __future__ import annotations

import sqlite3
from random import Random
from typing import Any

import pytest

from helpers.emulator.engine.model.refusals import NotFound
from tests.worlds.desk import Desk
from tests.worlds.random_desk import COMMANDS, RandomDesk


class Onlooker:
    """Whoever looks at a Workspace, and keeps the state as the page does."""

    def __init__(self, desk: Desk, workspace_sid: str | None = "") -> None:
        self.messages: list[dict[str, Any]] = []
        self.state: dict[str, Any] = {}
        sid = sid_of(desk) if workspace_sid == "" else workspace_sid
        self.leave = desk.running.portal.subscribe(sid, self.take)

    def take(self, told: dict[str, Any]) -> None:
        self.messages.append(told)
        if told["type"] == "state":
            self.state = {**told, "records": {group: dict(records) for group, records in told["records"].items()}}
            return
        assert told["seq"] == self.state["seq"] + 1
        assert told.keys() > {"type", "seq", "at"}  # something is in it
        for group, records in told.get("records", {}).items():
            self.state["records"][group] |= records
        for group, sids in told.get("gone", {}).items():
            for sid in sids:
                self.state["records"][group].pop(sid, None)
        self.state["events"] = (self.state["events"] + told.get("events", []))[-200:]
        requests = {each["number"]: each for each in self.state["requests"] + told.get("requests", [])}
        self.state["requests"] = sorted(requests.values(), key=lambda each: each["number"])[-200:]
        self.state |= {name: told[name] for name in ("seq", "at", "clock", "workspaces") if name in told}

    @property
    def kinds(self) -> list[str]:
        return [told["type"] for told in self.messages]


@pytest.fixture
def desk() -> RandomDesk:
    return RandomDesk(1)


@pytest.mark.parametrize("seed", range(6))
def test_changes_add_up_to_the_state(seed):
    """Whatever happens, one who came first has what one has who comes now."""
    desk, chance = RandomDesk(seed), Random(seed)
    first = Onlooker(desk)
    for _ in range(150):
        desk.act(chance.choice([*COMMANDS, "create", "create", "accept", "accept"]))
        if chance.random() < 0.3:
            late = Onlooker(desk)
            assert {**first.state, "at": 0} == {**late.state, "at": 0}
            late.leave()

    assert first.kinds.count("state") == 1
    assert all(first.state["records"].values())


def test_typo_in_the_events_filter_is_told(desk):
    """The Workspace's record has a sentence for each name that is no event type, as long as it is in the filter."""
    looks = Onlooker(desk)

    def told():
        [workspace] = looks.state["records"]["workspace"].values()
        return workspace["unknown_event_types"]

    before = told()
    desk.workspace.update(events_filter="task.created,reservation.accept")

    assert before == []
    assert told() == ["No event has the type 'reservation.accept'. The nearest type is reservation.accepted."]

    desk.workspace.update(events_filter="")

    assert told() == []


def test_use_of_a_channel_follows_its_reservations(desk):
    """It is told with each answer, though no command changes the channel itself."""
    desk.replies = ("{}",)
    looks = Onlooker(desk)
    task = desk.task({"wants": "es"})
    [reservation] = desk.workspace.tasks(task.sid).reservations.list()

    def held():
        channels = looks.state["records"]["worker_channels"].values()
        return [
            each["held"]
            for each in channels
            if (each["worker_sid"], each["task_channel_unique_name"]) == (reservation.worker_sid, "default")
        ]

    offered = held()
    reservation.update(reservation_status="accepted")
    accepted = held()
    desk.workspace.tasks(task.sid).update(assignment_status="completed", reason="done")

    assert offered == [{"accepted": 0, "pending": 1, "wrapping": 0}]
    assert accepted == [{"accepted": 1, "pending": 0, "wrapping": 0}]
    assert held() == [{"accepted": 0, "pending": 0, "wrapping": 0}]


def test_new_name_is_told_wherever_it_stands(desk):
    """Names stand in other records, too, which no command touched."""
    task = desk.task({"wants": "es"})
    reservation = desk.workspace.tasks(task.sid).reservations.list()[0]
    worker = desk.workspace.workers(reservation.worker_sid).fetch()
    queue = desk.workspace.tasks(task.sid).fetch().task_queue_sid
    looks = Onlooker(desk)
    desk.workspace.activities(worker.activity_sid).update(friendly_name="New Activity")
    desk.workspace.task_queues(queue).update(friendly_name="New queue")
    desk.workspace.workflows(desk.workflow_sid).update(friendly_name="New Workflow")
    desk.workspace.workers(worker.sid).update(friendly_name="New Worker")

    records = looks.state["records"]
    assert records["workers"][worker.sid]["activity_name"] == "New Activity"
    assert records["tasks"][task.sid]["task_queue_friendly_name"] == "New queue"
    assert records["tasks"][task.sid]["workflow_friendly_name"] == "New Workflow"
    assert records["reservations"][reservation.sid]["worker_name"] == "New Worker"


def test_exchange_is_one_message(desk):
    """All that one request causes, callbacks and their replies included, comes together, at the end."""
    desk.replies = ('{"instruction": "accept"}',)
    looks = Onlooker(desk)
    desk.task({"wants": "es"})

    assert looks.kinds == ["state", "change"]
    [task] = looks.messages[1]["records"]["tasks"].values()
    assert task["assignment_status"] == "assigned"
    assert task["worker_sid"] in looks.state["records"]["workers"]


def test_reading_is_a_request_and_no_more(desk):
    """A request that changes nothing is told of as such, and so is one that is refused."""
    desk.act("add_channel")
    looks = Onlooker(desk)
    desk.workspace.tasks.list()
    desk.act("add_channel")  # the name is taken

    assert [set(told) for told in looks.messages[1:]] == [{"type", "seq", "at", "requests"}] * 2
    assert [each["status"] for told in looks.messages[1:] for each in told["requests"]] == [200, 400]


def test_events_name_the_request_that_caused_them(desk):
    """Also those that a reply to a callback causes; a timer's have none."""
    desk.replies = ('{"instruction": "reject"}',)
    looks = Onlooker(desk)
    task = desk.task({"wants": "es"}, timeout=40)
    causes = {each["event_type"]: each["request"] for each in looks.state["events"] if each["task_sid"] == task.sid}
    requests = {each["number"]: each for each in looks.state["requests"]}

    assert requests[causes["task.created"]]["path"].endswith("/Tasks")
    assert requests[causes["reservation.rejected"]]["kind"] == "callback"
    desk.advance(100)
    [timed_out] = [each for each in looks.state["events"] if each["event_type"] == "task.canceled"]
    assert timed_out["request"] is None


def test_request_is_shown_and_sent_again(desk):
    """By its number; what isn't there is refused."""
    looks = Onlooker(desk)
    desk.act("create")
    portal, number = desk.running.portal, looks.state["requests"][-1]["number"]
    creation = next(each for each in looks.state["requests"] if each["method"] == "POST" and each["kind"] == "api")
    again = portal.replay(creation["number"])

    assert portal.request(again)["replay_of"] == creation["number"]
    assert again > number
    with pytest.raises(NotFound):
        portal.request(10**9)


def test_failing_subscriber_hurts_nobody(desk, caplog):
    """Neither the request that it would have heard of, nor the others, nor itself the next time."""
    told = []

    def fail(message: dict[str, Any]) -> None:
        told.append(message["type"])
        if len(told) == 2:
            raise ZeroDivisionError

    desk.running.portal.subscribe(sid_of(desk), fail)
    looks = Onlooker(desk)
    for _ in range(2):
        desk.workspace.task_channels.list()

    assert told == ["state", "change", "change"]
    assert looks.kinds == ["state", "change", "change"]
    assert "a subscriber of the portal's feed failed" in caplog.text


def test_nothing_is_collected_for_nobody(desk):
    """Before the first comes, and after the last has left, no command is told of."""
    before = desk.emulator._subscribers  # the log of requests
    one, other = Onlooker(desk), Onlooker(desk)
    one.leave()
    one.leave()  # twice does no harm
    assert len(desk.emulator._subscribers) == len(before) + 1
    other.leave()
    desk.task()

    assert desk.emulator._subscribers == before
    assert other.kinds == ["state"]


def test_replaced_state_is_sent_whole(desk):
    """After a reset and a restored snapshot the whole state comes, of the same boot, and changes continue it."""
    snapshot = desk.running.snapshot()
    looks = Onlooker(desk)
    desk.running.reset()
    assert (looks.state["workspace"], looks.state["workspaces"], looks.state["records"]["workers"]) == (None, [], {})
    desk.running.restore(snapshot)
    assert len(looks.state["records"]["workers"]) == 3
    desk.task()

    assert looks.kinds == ["state", "state", "state", "change"]
    assert len({told["boot"] for told in looks.messages if told["type"] == "state"}) == 1
    assert [told["seq"] for told in looks.messages] == [0, 1, 2, 3]


def test_deleted_workspace_is_told(desk):
    """Whoever watches it gets a state without it; whoever watches another one, a shorter list."""
    other = desk.client.taskrouter.v1.workspaces.create(friendly_name="Other")
    watcher, neighbour = Onlooker(desk), Onlooker(desk, other.sid)
    desk.workspace.delete()

    assert (watcher.state["workspace"], watcher.state["records"]["tasks"]) == (None, {})
    assert [each["friendly_name"] for each in neighbour.state["workspaces"]] == ["Other"]
    assert neighbour.kinds == ["state", "change"]


def test_workspaces_alone_are_told_of(desk):
    """Without a Workspace there is its name in the list, the clock, and no records."""
    looks = Onlooker(desk, None)
    desk.task()
    desk.workspace.update(friendly_name="Renamed")

    assert not any(looks.state["records"].values())
    assert looks.state["workspaces"] == [{"sid": sid_of(desk), "friendly_name": "Renamed"}]


def test_unknown_workspace_is_none(desk):
    """One that isn't there, and any text, is as no Workspace; it is shown once it is there."""
    assert Onlooker(desk, "WS" + "0" * 32).state["workspace"] is None
    assert Onlooker(desk, "<script>").state["workspace"] is None


def test_long_attributes_are_cut(desk):
    """A row shows less; the whole is at the API."""
    long = desk.task({"text": "x" * 3000})
    body = Onlooker(desk).state["records"]["tasks"][long.sid]

    assert (len(body["attributes"]), body["attributes_cut"]) == (400, True)


def test_clock_tells_its_next_timers(desk):
    """Fifty of them, each with its owner, and how many more there are."""
    for _ in range(60):
        desk.task({"wants": "fr"}, timeout=100)
    clock = Onlooker(desk).state["clock"]

    assert (clock["kind"], clock["running"], len(clock["timers"])) == ("lesson", False, 50)
    assert clock["more_timers"] == len(desk.emulator.world.timers) - 50
    assert clock["timers"] == sorted(clock["timers"], key=lambda timer: timer["due_ms"])
    assert {timer["workspace_sid"] for timer in clock["timers"]} == {sid_of(desk)}


def test_newest_events_come_oldest_first(desk):
    """At most 200, each with a sentence and what it is about."""
    for _ in range(80):
        desk.act("create")
    events = Onlooker(desk).state["events"]

    assert len(events) == 200
    assert [event["number"] for event in events] == sorted(event["number"] for event in events)
    assert all(event["sentence"].endswith((".", "…")) and event["about"] for event in events)


def test_failed_commit_is_not_told(desk, monkeypatch):
    """What could not be stored is never seen; the state that is true again is sent whole."""
    looks = Onlooker(desk)

    def fail(*arguments: object) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(desk.emulator.store._journal, "keep", fail)
    desk.act("create")
    monkeypatch.undo()
    desk.act("add_channel")

    assert looks.state["records"]["tasks"] == {}
    assert "fax" in {each["unique_name"] for each in looks.state["records"]["task_channels"].values()}


def sid_of(desk: Desk) -> str:
    """The SID of the desk's first Workspace."""
    return next(iter(desk.emulator.world.workspaces))
