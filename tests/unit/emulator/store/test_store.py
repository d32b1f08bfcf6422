"""The store keeps what it acknowledged, gives it back in order, and refuses files that are not its own."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from helpers.emulator.emulator_errors import StoreFailed, StoreRefused
from helpers.emulator.engine.model.changes import Alert, Callback, Changes
from helpers.emulator.engine.model.resources import Activity, Event, Workspace
from helpers.emulator.store import event_query, tail
from helpers.emulator.store.callback_log import Attempt, DeliveryEntry
from helpers.emulator.store.store import Store

ACCOUNT = "AC" + "0" * 32
WORKSPACE = "WS" + "1" * 32
TASK = "WT" + "2" * 32


def workspace(number: int = 1, friendly_name: str = "Care Desk") -> Workspace:
    return Workspace(
        sid=WORKSPACE,
        account_sid=ACCOUNT,
        workspace_sid=WORKSPACE,
        number=number,
        date_created=1000,
        date_updated=1000,
        friendly_name=friendly_name,
    )


def activity(number: int) -> Activity:
    return Activity(
        sid=f"WA{number:032x}",
        account_sid=ACCOUNT,
        workspace_sid=WORKSPACE,
        number=number,
        date_created=1000,
        date_updated=1000,
        friendly_name=f"Activity {number}",
    )


def event(number: int, event_type: str = "task.created", **data: str) -> Event:
    return Event(
        sid=f"EV{number:032x}",
        account_sid=ACCOUNT,
        workspace_sid=WORKSPACE,
        number=number,
        event_type=event_type,
        event_date_ms=number * 1000,
        description="",
        resource_type="task",
        resource_sid=TASK,
        actor_type="workspace",
        actor_sid=WORKSPACE,
        data=data,
    )


def alert(number: int) -> Alert:
    return Alert(code=number, text="", resource_sid=TASK, workspace_sid=WORKSPACE, at=1)


def delivery(number: int) -> DeliveryEntry:
    callback = Callback(
        sid=f"EV{number:032x}",
        kind="event",
        account_sid=ACCOUNT,
        workspace_sid=WORKSPACE,
        url="",
        fallback_url="",
        parameters={},
    )
    return DeliveryEntry(callback=callback, attempts=[], delivered=True, at=1)


def saving(*records: Workspace | Activity, events: list[Event] | None = None) -> Changes:
    return Changes(at=1000, saved={record.sid: record for record in records}, events=events or [])


def numbers(events: list[Event]) -> list[int]:
    return [each.number for each in events]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "taskrouter.sqlite3"


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(None)
    yield store
    store.close()


def test_records_survive_reopening(path: Path) -> None:
    """What was committed is there when the file is opened again, with the counters."""
    store = Store(path)
    store.commit(saving(workspace(), activity(2), events=[event(7)]), {"clock": "1000"})
    store.close()

    store = Store(path)
    stored = store.load()
    store.close()

    assert stored.records == [workspace(), activity(2)]
    assert (stored.meta, stored.last_event_number) == ({"clock": "1000"}, 7)


def test_records_load_in_order_of_creation(store: Store) -> None:
    """A record comes after those it refers to, and its like by number, however they were saved."""
    store.commit(saving(activity(3), activity(2), workspace(9)), {})

    assert [each.number for each in store.load().records] == [9, 2, 3]


def test_later_save_replaces_the_earlier(store: Store) -> None:
    """A record is stored once, as it was last saved."""
    store.commit(saving(workspace()), {"clock": "1"})
    store.commit(saving(workspace(friendly_name="Help Desk")), {"clock": "2"})

    stored = store.load()
    assert stored.records == [workspace(friendly_name="Help Desk")]
    assert stored.meta == {"clock": "2"}


def test_deleted_record_is_gone(store: Store) -> None:
    """A deleted record does not come back."""
    store.commit(saving(workspace(), activity(2)), {})
    store.commit(Changes(at=1000, deleted={activity(2).sid: activity(2)}), {})

    assert store.load().records == [workspace()]


def test_replace_forgets_everything_else(store: Store) -> None:
    """Restoring a snapshot leaves nothing of what was there before."""
    store.commit(saving(workspace(), activity(2), events=[event(1)]), {"clock": "1"})
    store.replace(saving(workspace(), events=[event(5)]), {"seed": "x"})

    stored = store.load()
    assert (stored.records, stored.meta) == ([workspace()], {"seed": "x"})
    assert numbers(store.events(WORKSPACE)) == [5]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [1, 2, 3, 4]),
        ({"start_ms": 2000, "end_ms": 3000}, [2, 3]),
        ({"event_type": "task.created"}, [1, 4]),
        ({"event_type": ["task.updated", "worker.created"]}, [2, 3]),
        ({"sid": f"EV{3:032x}"}, [3]),
        ({"task_sid": TASK}, [1, 2]),
        ({"task_sid": TASK, "start_ms": 2000}, [2]),
        ({"worker_sid": "WK1"}, [3]),
        ({"reservation_sid": "WR1", "task_sid": TASK}, [2]),
        ({"task_queue_sid": "WQ1"}, [4]),
        ({"workflow_sid": "WW1"}, [1]),
        ({"task_channel": "voice"}, [4]),
        ({"task_channel": "TC1"}, [4]),
        ({"after_number": 2}, [3, 4]),
        ({"before_number": 4}, [3, 2, 1]),
        ({"before_number": 4, "limit": 1, "task_sid": TASK}, [2]),
        ({"limit": 2}, [1, 2]),
        ({"after_number": 1, "limit": 2, "task_sid": TASK}, [2]),
        ({"task_sid": "WT unknown"}, []),
    ],
)
def test_event_filters(store: Store, filters: dict[str, object], expected: list[int]) -> None:
    """Each filter alone and with others selects exactly the events that fit, in order from where it starts."""
    events = [
        event(1, task_sid=TASK, workflow_sid="WW1"),
        event(2, "task.updated", task_sid=TASK, reservation_sid="WR1"),
        event(3, "worker.created", worker_sid="WK1"),
        event(4, task_queue_sid="WQ1", task_channel_sid="TC1", task_channel_unique_name="voice"),
    ]
    store.commit(saving(events=events), {})

    assert numbers(store.events(WORKSPACE, **filters)) == expected  # type: ignore[arg-type]


_TYPES = [f"type {number}" for number in range(60)]


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.lists(st.integers(0, 5), max_size=12),
    asked=st.fixed_dictionaries(
        {
            "task_sid": st.sampled_from([None, TASK]),
            "start_ms": st.none() | st.integers(0, 20),
            "end_ms": st.none() | st.integers(0, 20),
            "event_type": st.none() | st.sets(st.sampled_from(_TYPES)),
            "after_number": st.integers(0, 30),
            "before_number": st.integers(0, 30),
        }
    ),
)
def test_index_finds_what_reading_all_would_find(sizes: list[int], asked: dict[str, Any]) -> None:
    """Whatever is asked: each run of the index, each edge of a window or page, between writes or within one."""
    numbered, written, store = count(1), list[Event](), Store(None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(event_query, "_RUN", 4)
        for size in sizes:
            events = [event(n, _TYPES[n % 60], **({"task_sid": TASK} if n % 3 else {})) for n in islice(numbered, size)]
            for each in events:
                each.event_date_ms = each.number // 2  # several within one millisecond
            store.commit(saving(events=events), {})
            written += events
        found = numbers(store.events(WORKSPACE, **asked))
    store.close()

    wanted = [
        each.number
        for each in written
        if (asked["task_sid"] is None or each.data)
        and (asked["start_ms"] is None or each.event_date_ms >= asked["start_ms"])
        and (asked["end_ms"] is None or each.event_date_ms <= asked["end_ms"])
        and (asked["event_type"] is None or each.event_type in asked["event_type"])
        and each.number > asked["after_number"]
        and (not asked["before_number"] or each.number < asked["before_number"])
    ]
    assert found == (wanted[::-1] if asked["before_number"] else wanted)


def test_events_of_another_workspace_stay_apart(store: Store) -> None:
    """Neither the list nor a fetch shows an event of another workspace."""
    store.commit(saving(events=[event(1, task_sid=TASK)]), {})

    assert store.events("WS other", task_sid=TASK) == []
    assert store.event("WS other", event(1).sid) is None
    assert store.event(WORKSPACE, event(1).sid) == event(1, task_sid=TASK)


def test_events_are_found_after_a_restart(path: Path) -> None:
    """Events that nobody had sought when a process ended are found by the next one."""
    store = Store(path)
    store.commit(saving(events=[event(1, task_sid=TASK)]), {})
    assert numbers(store.events(WORKSPACE)) == [1]
    store.commit(saving(events=[event(2, task_sid=TASK)]), {})
    store.close()
    store = Store(path)

    assert numbers(store.events(WORKSPACE, task_sid=TASK)) == [1, 2]
    store.close()


def test_many_writes_are_taken_in_unasked(store: Store) -> None:
    """A few hundred writes do not wait for somebody to read, and each event is found once."""
    for number in range(1, 301):
        store.commit(saving(events=[event(number, task_sid=TASK)]), {})

    assert store._db.execute("SELECT count(*) FROM events").fetchone()[0] > 200
    assert numbers(store.events(WORKSPACE, task_sid=TASK)) == list(range(1, 301))


def test_catching_up_passes_over_what_is_not_kept(store: Store) -> None:
    """A write that is only noted may still be refused by the disk: nothing says that it is there."""
    for number in range(1, 17):
        store.note(Changes(at=number, events=[event(number)]), {})
    assert store.is_behind

    store.catch_up()
    assert store.is_behind

    store.keep()
    store.catch_up()
    assert not store.is_behind
    assert numbers(store.events(WORKSPACE)) == list(range(1, 17))


def test_one_write_may_bring_many_events(store: Store) -> None:
    """More events than a row of the log holds are found in order, the first page and the next."""
    store.commit(saving(workspace(), events=[event(number) for number in range(1, 201)]), {"clock": "1"})

    assert numbers(store.events(WORKSPACE, after_number=60, limit=10)) == list(range(61, 71))
    assert store.event(WORKSPACE, event(200).sid) == event(200)
    assert numbers(store.events_until(130)) == list(range(1, 131))
    assert store.load() == ([workspace()], {"clock": "1"}, 200, 200_000)


_number = st.integers(1, 5)
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("save"), _number, st.sampled_from(["a", "b", "c"])),
        st.tuples(st.just("delete"), _number, st.none()),
        st.tuples(st.sampled_from(["read", "reopen"]), st.none(), st.none()),
    ),
    max_size=12,
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_steps)
@example(steps=[("save", 1, "a"), ("delete", 1, None), ("save", 2, "b"), ("read", None, None)])
def test_records_are_as_last_written(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]) -> None:
    """Whenever somebody reads or opens the file again, the records are those last saved and not deleted.

    The number of the last one that was deleted is given once more, as after a restart.
    """
    path = tmp_path_factory.mktemp("store") / "taskrouter.sqlite3"
    store, living = Store(path), dict[int, Workspace]()
    for step, key, name in steps:
        if step == "save":
            following = max((each.number for each in living.values()), default=0) + 1
            living[key] = workspace(living[key].number if key in living else following, name)
            store.commit(saving(living[key]), {})
        elif step == "delete" and key in living:
            gone = living.pop(key)
            store.commit(Changes(at=1000, deleted={gone.sid: gone}), {})
        elif step == "read":
            store.events(WORKSPACE)
        elif step == "reopen":
            store.close()
            store = Store(path)

    assert store.load().records == sorted(living.values(), key=lambda record: record.number)
    store.close()


def test_delivery_log_counts_and_filters(store: Store) -> None:
    """Entries come back in order with numbers of their own, each with its attempts."""
    for workspace_sid in (WORKSPACE, "WS other"):
        callback = Callback(
            kind="event", sid="EV1", account_sid=ACCOUNT, workspace_sid=workspace_sid, url="http://x", parameters={}
        )
        attempt = Attempt(url="http://x", status=500, reply="broken")
        store.add_delivery(DeliveryEntry(callback=callback, attempts=[attempt], delivered=False, at=5))

    assert [entry.number for entry in store.deliveries()] == [1, 2]
    assert [entry.number for entry in store.deliveries("WS other")] == [2]
    assert store.delivery(1).attempts[0].reply == "broken"  # type: ignore[union-attr]
    assert store.delivery(3) is None


def test_alerts_are_kept(store: Store) -> None:
    """Debugger lines are stored with the change that caused them."""
    alert = Alert(code=40005, text="no instruction", resource_sid="WR1", workspace_sid=WORKSPACE, at=5)
    store.commit(Changes(at=5, alerts=[alert]), {})

    assert store.alerts() == [msgspec.structs.replace(alert, number=1)]
    assert store.alerts("WS other") == []


def test_alerts_do_not_grow_without_end(store: Store) -> None:
    """The last ten thousand are kept, and read in pages."""
    alert = Alert(code=11200, text="no answer", resource_sid="EV1", workspace_sid=WORKSPACE, at=5)
    for _ in range(3):
        store.commit(Changes(at=5, alerts=[alert] * 4000), {})

    assert [each.number for each in store.alerts(limit=2)] == [2001, 2002]
    assert [each.number for each in store.alerts(after_number=11_998)] == [11_999, 12_000]


def test_full_disk_keeps_nothing_of_the_write(path: Path) -> None:
    """When the disk is full the write fails as a whole, and what was there stays readable."""
    store = Store(path)
    store.commit(saving(workspace()), {"clock": "1"})
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(StoreFailed, match="full"):
        store.commit(saving(events=[event(n, task_attributes="x" * 10_000) for n in range(1, 9)]), {"clock": "2"})
    stored = store.load()
    store.close()

    assert (stored.records, stored.meta, stored.last_event_number) == ([workspace()], {"clock": "1"}, 0)


def test_write_succeeds_once_there_is_room(path: Path) -> None:
    """After a failed write the store goes on as soon as the disk has room again."""
    store = Store(path)
    store._db.execute("PRAGMA max_page_count = 1")
    changes = saving(events=[event(n, task_attributes="x" * 10_000) for n in range(1, 9)])
    with pytest.raises(StoreFailed):
        store.commit(changes, {})

    store._db.execute("PRAGMA max_page_count = 1000000")
    store.commit(changes, {})

    assert len(store.events(WORKSPACE)) == 8
    store.close()


def test_second_store_on_one_file_is_refused(path: Path) -> None:
    """A file belongs to one store; it is free again when that one closes."""
    first = Store(path)

    with pytest.raises(StoreRefused, match="Another emulator is using this file"):
        Store(path)
    first.close()
    Store(path).close()


def test_ownership_holds_between_processes(path: Path) -> None:
    """A second process is refused even after somebody in the first one has read the file."""
    store = Store(path)
    path.read_bytes()
    script = f"from pathlib import Path; from helpers.emulator.store.store import Store; Store(Path({str(path)!r}))"
    second = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    store.close()

    assert second.returncode == 1
    assert "Another emulator is using this file" in second.stderr


def test_killed_process_loses_nothing(path: Path) -> None:
    """What a process committed is there after it died without closing the file, and the file is free."""
    script = (
        "import os; from pathlib import Path; from helpers.emulator.store.store import Store;"
        "from helpers.emulator.engine.model.changes import Changes;"
        f"store = Store(Path({str(path)!r})); store.commit(Changes(at=1), {{'clock': '77'}}); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script], check=False)
    store = Store(path)

    assert store.load().meta == {"clock": "77"}
    store.close()


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE something (else_)")
    connection.close()


def newer(path: Path) -> None:
    Store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def damaged(path: Path) -> None:
    Store(path).close()
    pages = bytearray(path.read_bytes())
    pages[4096:] = b"\xff" * (len(pages) - 4096)
    path.write_bytes(pages)


def truncated(path: Path) -> None:
    Store(path).close()
    path.write_bytes(path.read_bytes()[:8192])


def text(path: Path) -> None:
    path.write_text("not a database")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (foreign, "was not made by the emulator"),
        (newer, "version 99; this emulator reads version 6"),
        (damaged, "damaged"),
        (truncated, "damaged"),
        (text, "not an SQLite database"),
    ],
)
def test_unusable_file_is_refused_and_left_alone(path: Path, make: object, reason: str) -> None:
    """A file that is not ours, newer or damaged is refused in one sentence, byte for byte unchanged."""
    make(path)  # type: ignore[operator]
    before = path.read_bytes()

    with pytest.raises(StoreRefused, match=reason):
        Store(path)
    assert path.read_bytes() == before


def filled(path: Path, writes: int = 9) -> Store:
    store = Store(path)
    for number in range(1, writes + 1):
        store.commit(saving(activity(number), events=[event(number, task_sid=TASK)]), {})
    return store


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE writes SET body = replace(body, 'Activity', 'activity') WHERE number = 4", "1 .* cannot .* number 4 "),
        ("UPDATE writes SET checksum = 1 WHERE number = 4", "number 4 "),
        ("UPDATE writes SET number = 99 WHERE number = 4", "number 4 "),
        ("DELETE FROM writes WHERE number IN (4, 5, 8)", "3 .* numbers 4 to 5 .*; number 8 "),
        ("DELETE FROM writes WHERE number < 4", "numbers 1 to 3 "),
        ("UPDATE resources SET body = 'x'", "activity 1 is not as it was written.*each write in it can be read"),
        ("DELETE FROM resources WHERE number = 4", f"not as last written: activity WA{4:032x}.*each write"),
        ("DELETE FROM resources", "not as last written: activity WA0.* and 4 more"),
        (
            "INSERT INTO resources SELECT 99, kind, body, 1 FROM resources WHERE number = 4",
            "activity 99 is not as it was",
        ),
        ("DELETE FROM meta", "not as last written: clock"),
        ("UPDATE meta SET value = 'x'", "each write in it can be read"),
        ("UPDATE taken_in SET row = 99", "each write in it can be read"),
        ("UPDATE events SET types = types + 1 WHERE number = 4", "each write in it can be read"),
        ("UPDATE event_index SET entry = entry + 4096 WHERE entry % 4096 = 4", "each write in it can be read"),
        ("DELETE FROM writes", "none of the writes in it can be read"),
    ],
)
def test_changed_file_is_refused_naming_what_is_missing(path: Path, statement: str, words: str) -> None:
    """A write that is not as it was is named, with the time of its neighbours."""
    store = filled(path)
    store.commit(Changes(at=1), {"clock": "1"})
    store.events(WORKSPACE)
    store.close()
    change(path, statement)

    with pytest.raises(StoreRefused, match=words) as refusal:
        Store(path)
    assert ("1970-01-01T00:00:0" in str(refusal.value)) == ("number " in words or "numbers " in words)


def test_record_as_it_was_before_is_told(path: Path) -> None:
    """A page that was lost leaves what stood there before, with a checksum that fits; and what was deleted since."""
    store = Store(path)
    store.commit(saving(workspace(), activity(2)), {"clock": "1"})
    store.events(WORKSPACE)
    store.close()
    before = sqlite3.connect(path).execute("SELECT * FROM resources ORDER BY number").fetchall()
    store = Store(path)
    store.commit(Changes(at=1, saved={WORKSPACE: workspace(1, "Renamed")}, deleted={"WA": activity(2)}), {"clock": "2"})
    store.events(WORKSPACE)
    store.close()
    connection = sqlite3.connect(path)
    connection.executemany("INSERT OR REPLACE INTO resources VALUES (?, ?, ?, ?)", before)
    connection.commit()
    connection.close()

    with pytest.raises(StoreRefused, match=f"not as last written: workspace {WORKSPACE}, record 2"):
        Store(path)


def kill(store: Store, path: Path, at: Path) -> Path:
    """The files as a kill would leave them, in a folder of their own."""
    at.mkdir()
    for each in path.parent.glob(f"{path.name}*"):
        if each.is_file() and not each.name.endswith((".lock", "-shm")):
            (at / each.name).write_bytes(each.read_bytes())
    store.close()
    return at / path.name


def test_lost_tail_is_named(path: Path, tmp_path: Path) -> None:
    """After a kill, writes that the log does not hold any more are missed."""
    copy = kill(filled(path), path, tmp_path / "killed")
    log = copy.with_name(f"{copy.name}-wal")
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 1
    log.write_bytes(content)

    with pytest.raises(StoreRefused, match=r"acknowledged writes cannot be read: numbers \d to 9 "):
        Store(copy)


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        ("-wal", "numbers? 1 to 9"),
        ("-tail", "taskrouter.sqlite3-tail is missing or empty"),
        ("", "The file is missing, though taskrouter.sqlite3-tail"),
    ],
)
def test_part_of_a_killed_file_is_refused(path: Path, tmp_path: Path, lost: str, words: str) -> None:
    """A copy that was made while the emulator ran is complete only with all its parts."""
    copy = kill(filled(path), path, tmp_path / "killed")
    copy.with_name(copy.name + lost).unlink()

    with pytest.raises(StoreRefused, match=words):
        Store(copy)


def cut_log(path: Path) -> None:
    """Leave half of what the log holds, as when the rest had not reached the disk."""
    log = path.with_name(f"{path.name}-wal")
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])


def test_loss_of_power_is_told_and_keeps_nobody_out(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the machine has started again since, the writes that the disk lacks are named, and all goes on."""
    copy = kill(filled(path), path, tmp_path / "killed")
    cut_log(copy)
    monkeypatch.setattr(tail, "_boot", lambda: b"another")
    store = Store(copy)
    left = len(store.load().records)
    alerts = store.alerts()
    store.commit(saving(activity(10)), {})
    again = Store(kill(store, copy, tmp_path / "again"))

    assert 0 < left < 9
    assert f"{9 - left} acknowledged writes, numbers {left + 1} to 9 (after 1970-01-01T" in store.reported[0]
    assert [each.text for each in alerts] == store.reported
    assert (again.reported, len(again.load().records)) == ([], left + 1)
    again.close()


@pytest.mark.parametrize("damage", [lambda copy: copy.with_name(f"{copy.name}-wal").unlink(), cut_log])
def test_restart_of_the_machine_excuses_nothing_else(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Any
) -> None:
    """A file without its log is refused, and so is one with a damaged row."""
    store = filled(path)
    store.events(WORKSPACE)
    store._db.execute("UPDATE writes SET body = '[{' WHERE number = 1")
    store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.commit(saving(activity(10)), {})
    copy = kill(store, path, tmp_path / "killed")
    damage(copy)
    monkeypatch.setattr(tail, "_boot", lambda: b"another")

    with pytest.raises(StoreRefused, match="number 1 "):
        Store(copy)


def test_damaged_tail_is_told(path: Path, tmp_path: Path) -> None:
    """A tail that is not as it was does not count as none."""
    copy = kill(filled(path), path, tmp_path / "killed")
    for content, words in ((b"1", "is damaged"), (b"", "is missing or empty")):
        copy.with_name(f"{copy.name}-tail").write_bytes(content)

        with pytest.raises(StoreRefused, match=rf"taskrouter\.sqlite3-tail {words}"):
            Store(copy)


def test_start_killed_while_it_made_the_tail_is_forgiven(path: Path) -> None:
    """The file beside was there and still empty: the database itself is complete."""
    filled(path).close()
    path.with_name(f"{path.name}-tail").touch()
    store = Store(path)

    assert len(store.events(WORKSPACE)) == 9
    store.close()


def test_killed_file_opens_without_a_word(path: Path, tmp_path: Path) -> None:
    """Also where the last write was kept but its place was not noted yet."""
    store = filled(path)
    store._journal.append(b"[{},[],[],[],{}]")
    store._journal.keep()
    store = Store(kill(store, path, tmp_path / "killed"))

    assert len(store.load().records) == 9
    store.close()


def test_closed_file_is_complete_alone(path: Path, tmp_path: Path) -> None:
    """After a clean stop nothing is left beside the file, and a copy of it is all there is."""
    filled(path).close()
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(path.read_bytes())
    store = Store(copy)

    assert not [each.name for each in path.parent.glob(f"{path.name}*") if each.suffix != ".lock" and each != path]
    assert len(store.events(WORKSPACE)) == 9
    store.close()


def test_numbers_go_on_when_everything_is_replaced(path: Path, tmp_path: Path) -> None:
    """A kill right after a reset raises no alarm, though the place noted is one from before."""
    store = filled(path)
    noted = path.with_name(f"{path.name}-tail")
    before = noted.read_bytes()
    store.replace(saving(workspace()), {})
    after = noted.read_bytes()
    copy = kill(store, path, tmp_path / "killed")
    copy.with_name(noted.name).write_bytes(before)
    store = Store(copy)

    assert before != after
    assert store.load().records == [workspace()]
    store.close()


def test_forgetting_writes_less_than_it_forgets(path: Path) -> None:
    """A reset gives pages free as they are: its log is a small part of what the file holds."""
    store = Store(path)
    for number in range(1, 65):
        store.commit(saving(activity(number), events=[event(number, text="x" * 50_000)]), {})
    store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.replace(saving(workspace()), {})
    written = path.with_name(f"{path.name}-wal").stat().st_size
    store.close()

    assert written < path.stat().st_size / 4


def test_damaged_event_is_left_out_and_told(store: Store) -> None:
    """Events of a write that was damaged later are left out; an alert says so, once."""
    store.commit(saving(events=[event(1)]), {})
    store.commit(saving(events=[event(2)]), {})
    assert numbers(store.events(WORKSPACE)) == [1, 2]
    store._db.execute("UPDATE writes SET body = '[{' WHERE number = 1")

    assert [numbers(store.events(WORKSPACE)) for _ in range(2)] == [[2], [2]]
    assert ["number 1 cannot be read" in alert.text for alert in store.alerts()] == [True]


def test_missing_directory_is_refused(tmp_path: Path) -> None:
    """A path that cannot exist is refused in a sentence."""
    with pytest.raises(StoreRefused, match="cannot be locked"):
        Store(tmp_path / "missing" / "file.sqlite3")


@pytest.mark.parametrize("body", ["'[{'", "5", "x'ff'", '\'{"code":"a"}\''])
def test_damaged_entry_is_left_out_and_told(store: Store, body: str) -> None:
    """An alert or a delivery that cannot be read keeps nobody from the others; an alert says so, once."""
    for number in (1, 2):
        store.commit(Changes(at=1, alerts=[alert(number)]), {})
        store.add_delivery(delivery(number))
    assert len(store.alerts()) == 2
    for table in ("alerts", "deliveries"):
        store._db.execute(f"UPDATE {table} SET body = {body} WHERE number = 1")

    for _ in range(2):
        assert [each.number for each in store.deliveries(limit=1)] == [2]
        assert (store.delivery(1), store.delivery(2)) == (None, store.deliveries()[0])
        found = store.alerts()
    assert [each.number for each in found] == [2, 3, 4]
    assert [each.text.partition(" cannot")[0] for each in found[1:]] == [
        "Number 1 of the deliveries",
        "Number 1 of the alerts",
    ]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE {} SET body = CAST(replace(body, '\"at\":1', '\"at\":7') AS BLOB) WHERE number = 2",
            "Number 2 of the {}",
        ),
        ("UPDATE {} SET body = CAST(replace(body, x'0a', '0') AS BLOB) WHERE number = 2", "Number 2 of the {}"),
        ("UPDATE {} SET workspace_sid = 'WS' WHERE number IN (1, 3)", "Numbers 1, 3 of the {}"),
        ("UPDATE {} SET number = 9000000000 WHERE number = 4", "Number 9000000000 of the {}"),
        ("DELETE FROM {} WHERE number < 3", "Numbers 1 to 2 of the {}"),
        ("DELETE FROM {} WHERE number = 2", "Number 2 of the {}"),
        ("DELETE FROM {} WHERE number < 0", ""),
    ],
)
@pytest.mark.parametrize("table", ["alerts", "deliveries"])
def test_changed_entry_is_told_at_the_start(path: Path, table: str, statement: str, words: str) -> None:
    """Also where what stands there can be read; the file is used without it."""
    store = Store(path)
    for number in range(1, 5):
        store.commit(Changes(at=1, alerts=[alert(number)]), {})
        store.add_delivery(delivery(number))
    assert (len(store.alerts()), len(store.deliveries())) == (4, 4)
    store.close()
    change(path, statement.format(table))

    store = Store(path)
    told = list(store.reported)
    left = len(store.alerts()), len(store.deliveries())
    store.close()

    cannot = " cannot be read any more: "
    assert [each.partition(cannot)[0] for each in told] == ([words.format(table)] if words else [])
    assert store.reported == told
    assert left[table == "alerts"] == 4 + (bool(words) and table == "deliveries")


def test_entries_of_earlier_emulators_are_read(path: Path) -> None:
    """They carry no checksum."""
    store = Store(path)
    store.commit(Changes(at=1, alerts=[alert(1)]), {})
    store.add_delivery(delivery(1))
    assert len(store.alerts()) == 1
    store.close()
    for table in ("alerts", "deliveries"):
        change(path, f"UPDATE {table} SET body = CAST(substr(body, 1, instr(body, x'0a') - 1) AS BLOB)")

    store = Store(path)
    found = len(store.alerts()), len(store.deliveries()), store.reported
    store.close()

    assert found == (1, 1, [])


def test_only_the_last_ten_thousand_are_kept_and_none_is_missed(path: Path) -> None:
    """A log that has forgotten its beginning is whole."""
    store = Store(path)
    store.commit(Changes(at=5, alerts=[alert(1)] * 10_004), {})
    first = store.alerts(limit=1)[0].number
    store.close()
    store = Store(path)
    store.close()

    assert (first, store.reported) == (5, [])
