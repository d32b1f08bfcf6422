"""Kill the emulator while four threads write, start it again, and see that nothing it acknowledged is lost.

``.venv/bin/python -m tests.unit.emulator.store.kill_rounds 20`` runs twenty rounds on one file, and prints what each
found.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from tests.unit.emulator.process import Process
from tests.worlds.desk import configuration

__all__ = ["Round", "kill_rounds"]

THREADS = 4
KILLED_AFTER = 60
"""Tasks acknowledged, at least, before the process is killed."""

_PATIENCE_SECONDS = 20.0


@dataclass
class Round:
    """What a round acknowledged and what came of it; ``lost`` is empty if all is well."""

    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)


@dataclass
class Room:
    """A workspace with a Reservation that will time out, one that will be accepted, and Tasks that wait."""

    path: str
    tasks: str
    fleeting: str
    lasting: str
    written: dict[str, str] = field(default_factory=dict)
    """Task SID → the attributes last acknowledged."""
    enough: threading.Event = field(default_factory=threading.Event)


def kill_rounds(number: int, data: Path) -> list[Round]:
    """``number`` rounds of load, kill -9 and restart on one file in ``data``."""
    emulator = Process("--data", str(data))
    rounds = []
    for _ in range(number):
        room = furnish(emulator)
        write_until_killed(emulator, room)
        emulator = Process("--data", str(data))
        rounds.append(Round(len(room.written), [*missing(emulator, room), *stuck(emulator, room)]))
    emulator.end(signal.SIGTERM)
    return rounds


def furnish(emulator: Process) -> Room:
    """A fresh workspace: nobody serves the queue of the load, and two Workers have something to answer."""
    path = f"/{emulator.create('', FriendlyName='Desk')['sid']}"
    available = emulator.http.get(f"/v1/Workspaces{path}/Activities?Available=true").json()["activities"][0]["sid"]
    workflows = {
        name: workflow(emulator, path, name, target, seconds)
        for name, target, seconds in (("Load", "1==2", 60), ("Fleeting", "a==1", 1), ("Lasting", "b==1", 3600))
    }
    for name, attributes in (("Alice", '{"a":1}'), ("Bob", '{"b":1}')):
        emulator.create(f"{path}/Workers", FriendlyName=name, ActivitySid=available, Attributes=attributes)
    fleeting, lasting = (
        emulator.create(f"{path}/Tasks", WorkflowSid=workflows[name])["sid"] for name in ("Fleeting", "Lasting")
    )
    return Room(path, workflows["Load"], fleeting, lasting)


def workflow(emulator: Process, path: str, name: str, target_workers: str, seconds: int) -> str:
    """A Workflow to a queue of its own; Reservations last ``seconds``."""
    queue = emulator.create(f"{path}/TaskQueues", FriendlyName=name, TargetWorkers=target_workers)["sid"]
    given = {"Configuration": configuration(default=queue), "TaskReservationTimeout": str(seconds)}
    return str(emulator.create(f"{path}/Workflows", FriendlyName=name, **given)["sid"])


def write_until_killed(emulator: Process, room: Room) -> None:
    """Four threads write as fast as they can; in the midst of it the process is killed."""
    threads = [threading.Thread(target=write, args=(emulator, room, number)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    room.enough.wait(_PATIENCE_SECONDS)
    emulator.process.send_signal(signal.SIGKILL)
    for thread in threads:
        thread.join()
    emulator.end(signal.SIGKILL)


def write(emulator: Process, room: Room, thread: int) -> None:
    """Create Tasks and change each once, until nobody answers; only what was answered counts."""
    url = f"{emulator.ready['url']}/v1/Workspaces{room.path}/Tasks"
    with httpx.Client(auth=emulator.http.auth, trust_env=False) as http:
        try:
            for number in count():
                created = http.post(url, data={"WorkflowSid": room.tasks, "Attributes": f'{{"by":{thread}}}'}).json()
                room.written[created["sid"]] = created["attributes"]
                attributes = f'{{"by":{thread},"number":{number}}}'
                changed = http.post(f"{url}/{created['sid']}", data={"Attributes": attributes}).json()
                room.written[created["sid"]] = changed["attributes"]
                if len(room.written) >= KILLED_AFTER:
                    room.enough.set()
        except (httpx.HTTPError, json.JSONDecodeError):
            return


def missing(emulator: Process, room: Room) -> list[str]:
    """What was acknowledged and is not there; a change that was on its way may have been kept or not."""
    found: dict[str, str] = {}
    url: str | None = f"{emulator.ready['url']}/v1/Workspaces{room.path}/Tasks?PageSize=1000"
    while url is not None:
        page: dict[str, Any] = emulator.http.get(url).json()
        found |= {task["sid"]: task["attributes"] for task in page["tasks"]}
        following = page["meta"]["next_page_url"]
        url = following and emulator.ready["url"] + following.removeprefix("https://taskrouter.twilio.com")
    return [
        f"{sid}: acknowledged {written}, found {found.get(sid)}"
        for sid, written in room.written.items()
        if not found.get(sid, "").startswith(written.removesuffix("}"))
    ]


def stuck(emulator: Process, room: Room) -> list[str]:
    """Reservations that do not go on: one must time out by itself, the other be acceptable."""
    fleeting, lasting = (f"/v1/Workspaces{room.path}/Tasks/{sid}/Reservations" for sid in (room.fleeting, room.lasting))
    (offered,) = emulator.http.get(lasting).json()["reservations"]
    answered = emulator.http.post(f"{lasting}/{offered['sid']}", data={"ReservationStatus": "accepted"}).json()
    end = time.monotonic() + _PATIENCE_SECONDS
    status = "pending"
    while status == "pending" and time.monotonic() < end:
        status = emulator.http.get(fleeting).json()["reservations"][0]["reservation_status"]
    wrong = {"accepted": answered["reservation_status"], "timeout": status}
    return [f"a Reservation is {seen}, not {wanted}" for wanted, seen in wrong.items() if seen != wanted]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        done = kill_rounds(int(sys.argv[1]) if len(sys.argv) > 1 else 20, Path(directory))
    for each in done:
        print(f"{each.acknowledged} Tasks acknowledged, {len(each.lost)} lost", *each.lost[:5])
    print(f"{sum(each.acknowledged for each in done)} in {len(done)} rounds")
    sys.exit(any(each.lost for each in done))
