"""Scenes that come out alike on every ground; ``python -m tests.unit.ground.scenes`` plays all and prints them.

Ports are left out of what is printed, as they differ between two runs on a machine.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from collections.abc import Callable
from typing import Any

import requests

from helpers import catch_up, connect, show_request, show_requests, show_sequence, tidy_up
from helpers.callbacks import Listener
from helpers.connection import Connection
from helpers.errors import HelperError

SCENES: list[Callable[[Connection], None]] = []


def scene(play: Callable[[Connection], None]) -> Callable[[Connection], None]:
    """Play this scene, too, in a world of its own."""
    SCENES.append(play)
    return play


def say(*values: object) -> None:
    """Print values without ports, dates, durations and lines of OpenSSL's code."""
    text = re.sub(r"(?<=X-Twilio-Signature', ')[^']+", "SIGNATURE", " ".join(map(str, values)))  # of the port, too
    text = re.sub(r" \(_ssl\.c:\d+\)", "", text)
    text = re.sub(r"127\.0\.0\.1(:|', port=|:)\d+", r"127.0.0.1\1PORT", text)
    text = re.sub(r"\d+(\.\d+)? ms", "N ms", text)
    print(re.sub(r"\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT", "DATE", text))


def story(connection: Connection, lesson: int = 4) -> tuple[Any, Any, Listener]:
    """Return the lesson's Workspace, its story and the listener."""
    told = catch_up(lesson)
    connection.wire.settle()
    return connection.client.taskrouter.v1.workspaces(told.workspace_sid), told, connection.listen()


def set_idle(workspace: Any, told: Any) -> None:
    """Make Alice available, who is then reserved, and wait until TaskRouter's callback has been answered."""
    workspace.workers(told.alice_sid).update(activity_sid=told.activity_sids["Idle"])
    connect().wire.settle()


def tell_deliveries(connection: Connection) -> None:
    """Print what was sent, how often, and what came of it."""
    assert connection.emulator is not None
    for entry in connection.emulator.deliveries():
        tries = [(each.status, each.reply, each.error) for each in entry.attempts]
        say(entry.callback.kind, entry.delivered, entry.code, entry.text, tries)


def tell_state(workspace: Any) -> None:
    """Print Tasks, Reservations and events."""
    for task in workspace.tasks.list():
        statuses = [each.reservation_status for each in workspace.tasks(task.sid).reservations.list()]
        say(task.assignment_status, task.reason, task.age, statuses)
    say([event.event_type for event in workspace.events.list()])


@scene
def requests_as_they_arrive(connection: Connection) -> None:
    """Headers and body of what a cell sends, and of a callback, down to their order."""
    workspace, told, listener = story(connection)
    requests.post(listener.create_task_url, data={"selected_language": "es"}, params={"a": "b c"})
    requests.get(listener.url, headers={"User-Agent": "me", "X-A": "1", "Accept-Encoding": None})
    requests.post(listener.events_url, json={"a": 1}, auth=("a", "b"))
    requests.post(listener.events_url, data=iter([b"a=1", b"&b=2"]), headers={"Content-Type": "text/plain"})
    with urllib.request.urlopen(urllib.request.Request(listener.create_task_url, data=b"a=1")) as answer:
        say(answer.status, list(answer.headers.items()), answer.read())
    set_idle(workspace, told)
    for received in listener.inbox:
        say(received, list(received.headers.items()), received.raw, received.parameters, received.reply, received.hints)
    say(show_request(listener.inbox.last))


@scene
def responses(connection: Connection) -> None:
    """Status, headers and body of the listener's and the emulator's responses."""
    _, _, listener = story(connection)
    addresses = (f"{listener.url}/", f"{listener.url}/nothing", f"{connection.base_url}/v1", listener.events_url)
    for address in (*addresses, f"{connection.base_url}/v1/Workspaces", f"{connection.base_url}/_emulator/clock"):
        for method in ("GET", "HEAD", "OPTIONS", "PUT", "TRACE"):
            answer = requests.request(method, address)
            known = {name: value for name, value in answer.headers.items() if "request-id" not in name.lower()}
            say(method, answer.status_code, answer.reason, known, answer.text[:300])


@scene
def sessions(connection: Connection) -> None:
    """One session for many requests: what it reuses, keeps, streams and refuses, while the listener comes and goes."""
    _, _, listener = story(connection)
    with requests.Session() as session:
        session.cookies.set("a", "b")
        for _ in range(3):
            say(session.get(listener.url).status_code, session.post(listener.events_url, data={"a": "b"}).status_code)
        say(list(listener.inbox.last.headers.items()) if listener.inbox.last else None)
        with session.get(listener.url, stream=True) as answer:
            say(next(answer.iter_content(15)), answer.raw.read(5), list(answer.iter_lines())[:1])
        for timeout in (None, 30, (30, 30), 0, "soon"):
            try:
                say(session.get(listener.url, timeout=timeout).status_code)
            except (ValueError, requests.RequestException) as error:
                say(type(error).__name__, error)
        listener.stop()
        listener.start()
        say(session.get(listener.url).status_code)
    say(session.get(listener.url).status_code)


@scene
def refused_requests(connection: Connection) -> None:
    """What the web server refuses before anybody reads it."""
    _, _, listener = story(connection)
    for url in (listener.events_url, f"{connection.base_url}/v1/Workspaces"):
        for method, headers, body in (
            ("BREW", {}, None),
            ("POST", {f"X-{number}": "1" for number in range(120)}, None),
            ("POST", {"X-Long": "a" * 70_000}, None),
            ("POST", {"Content-Length": "12x"}, b"a=1"),
            ("POST", {"Transfer-Encoding": "gzip"}, None),
            ("POST", {}, b"a" * 1_000_001),
            ("POST", {"Host": "evil.test"}, None),
            ("POST", {"Origin": "https://evil.test"}, None),
        ):
            answer = requests.request(method, url, headers=headers, data=body)
            say(method, list(headers)[:1], answer.status_code, answer.text)
    for received in listener.inbox:
        say(received, received.complete, received.refused, len(received.raw))
    say(show_requests(listener.inbox))


@scene
def nobody_listens(connection: Connection) -> None:
    """Ports, machines and schemes at which nobody answers, a listener that was stopped, and other ways to write one."""
    workspace, told, listener = story(connection)
    url = listener.assignment_url
    listener.stop()
    for ask in (lambda: requests.get(url), lambda: urllib.request.urlopen(url), lambda: listener.url):
        try:
            ask()
        except (OSError, HelperError) as error:
            say(type(error).__name__, re.sub(r"0x\w+", "0x", str(error)))
    set_idle(workspace, told)
    tell_deliveries(connection)
    listener.start()
    there = listener.assignment_url
    spelt_otherwise = there.replace("127.0.0.1", "LocalHost"), there.replace("http:", "https:")
    for address in ("http://127.0.0.2/a", "https://127.0.0.1/a", "http://example.com/a", there, *spelt_otherwise):
        connection.reset()
        listener.inbox.clear()
        workspace, told, _ = story(connection)
        workspace.workflows(told.workflow_sid).update(assignment_callback_url=address)
        set_idle(workspace, told)
        tell_deliveries(connection)
        tell_state(workspace)
        for received in listener.inbox:
            say(received, received.refused)


@scene
def ports(connection: Connection) -> None:
    """A listener moves to another port, not to one that is taken, stops, and starts again."""
    listener = connection.listen()
    first = listener.url
    taken = int(connection.base_url.rpartition(":")[2])
    for port in (taken, 70_000, -1):
        try:
            listener.start(port)
        except HelperError as error:
            say(type(error).__name__, str(error).replace(str(taken), "PORT"))
    say(listener.url == first, requests.get(first).status_code)
    other = Listener().start()
    free = int(other.url.rpartition(":")[2])
    other.stop()
    listener.start(free)
    say(listener.url.endswith(str(free)), requests.get(listener.url).status_code, listener)
    listener.stop()
    say(listener, listener.start() is listener, requests.get(listener.url).status_code)
    say(connect() is connection, connection.listen() is listener)


@scene
def decisions(connection: Connection) -> None:
    """Decision functions that fail, answer nonsense, use the API, and the shop's route."""
    workspace, told, listener = story(connection)

    def busy(callback: Any) -> dict[str, str]:
        for _ in range(3):
            workspace.tasks(callback.task_sid).update(priority=callback.task_priority + 1)
        workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=told.workflow_sid)
        requests.post(listener.create_task_url, data={"selected_language": "es"})
        say("decides", callback.task_sid, [task.assignment_status for task in workspace.tasks.list()])
        return {"instruction": "accept"}

    for decide in (busy, lambda callback: 1 / 0, lambda callback: {"instruction": "reject"}, lambda callback: "yes"):
        listener.decide(decide)
        set_idle(workspace, told)
        workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=told.workflow_sid)
        answer = requests.post(listener.create_task_url, data={"selected_language": "es"})
        say(answer.json(), workspace.tasks(answer.json()["task_sid"]).fetch().assignment_status)
        workspace.workers(told.alice_sid).update(activity_sid=told.activity_sids["Offline"])
    tell_deliveries(connection)
    tell_state(workspace)
    for received in listener.inbox:
        say(received, received.parameters.get("TaskSid"), received.reply, received.hints)
    say(show_sequence(connection.wire, listener.inbox))


@scene
def public_side(connection: Connection) -> None:
    """A relay in the place of ngrok: opened, used, asked by strangers, lost, mended, closed."""
    workspace, told, listener = story(connection)
    workflow = workspace.workflows(told.workflow_sid).fetch()
    listener.decide(lambda callback: {"instruction": "accept"})
    listener.expose(workflow)
    set_idle(workspace, told)
    tell_deliveries(connection)
    tell_state(workspace)
    for method in ("GET", "POST", "PUT", "OPTIONS"):
        for path in ("/", "/assignment_callback", "/events", "/create_task", "//events"):
            answer = requests.request(method, listener.public_url + path, data="ReservationSid=WR1")
            say(method, path, answer.status_code, answer.content, dict(answer.headers))
    captured = listener.inbox[0]
    again = requests.post(listener.assignment_url, captured.raw, headers=captured.headers)
    say(again.json(), listener.inbox.last, again.headers.get("Server"))
    link = listener.share_create_task()
    say(requests.get(link).status_code, [requests.post(link).status_code for _ in range(11)])
    listener.lose_tunnel()
    say(listener, listener.public_url, listener.tunnel_trouble(), requests.get(link).headers.get("Ngrok-Error-Code"))
    for ask in (lambda: listener.assignment_url, lambda: listener.inbox.wait(path="/events", timeout=60)):
        try:
            say(ask())
        except HelperError as error:
            say(type(error).__name__, error)
    listener.expose(workflow)
    say(workspace.workflows(told.workflow_sid).fetch().assignment_callback_url == listener.assignment_url)
    listener.hide()
    say(listener, listener.url == listener.create_task_url.removesuffix("/create_task"))
    for received in listener.inbox:
        say(received, received.refused)
    say(show_request(captured))
    say(show_sequence(connection.wire, listener.inbox))


@scene
def stopped_while_it_answers(connection: Connection) -> None:
    """A listener that stops in the middle of an answer."""
    workspace, told, listener = story(connection)

    def stop(callback: Any) -> dict[str, str]:
        listener.stop()
        return {"instruction": "accept"}

    listener.decide(stop)
    set_idle(workspace, told)
    tell_deliveries(connection)
    tell_state(workspace)


@scene
def faults(connection: Connection) -> None:
    """Callbacks that fail, come twice, in another order or late, and an API that is busy."""
    workspace, told, listener = story(connection)
    emulator = connection.emulator
    assert emulator is not None
    connection.client.taskrouter.v1.workspaces(told.workspace_sid).update(event_callback_url=listener.events_url)
    for fault in ({"fault": "fail", "status": 503}, {"fault": "duplicate"}, {"fault": "reorder", "kind": "event"}):
        emulator.add_fault(**fault)
        set_idle(workspace, told)
        workspace.workers(told.alice_sid).update(activity_sid=told.activity_sids["Offline"])
    emulator.add_fault("slow", seconds=0.05)
    emulator.add_fault("busy")
    try:
        workspace.fetch()
    except Exception as error:
        say(error)
    connection.advance(3600)
    tell_deliveries(connection)
    say([(alert.code, alert.text) for alert in emulator.alerts()])
    for received in listener.inbox:
        say(received, received.parameters.get("EventType"))
    tell_state(workspace)


@scene
def time_machine(connection: Connection) -> None:
    """The past, a branch that goes another way, and a replay."""
    from helpers import at, before, compare

    workspace, told, listener = story(connection, 5)
    listener.decide(lambda callback: {"instruction": "accept"})
    task = workspace.tasks.list()[0]
    branch = before(task, "created").branch("Bob")
    branch.workspace.workers(told.bob_sid).update(
        attributes=json.dumps({"languages": ["es"]}), activity_sid=told.activity_sids["Idle"]
    )
    say(branch.replay())
    say(compare(branch))
    say(at(task, "created"))
    branch.advance(60)
    say(branch.workspace.tasks(task.sid).fetch().age, workspace.tasks(task.sid).fetch().age)


@scene
def every_lesson(connection: Connection) -> None:
    """Each lesson's beginning, again and again, from the first to the end of the last, and back."""
    for lesson in (0, 1, 2, 3, 3, 4, 5, 6, 6, 2, 0):
        try:
            catch_up(lesson)
        except HelperError as error:
            say(error)
        say(len(connection.wire), [each.friendly_name for each in connection.client.taskrouter.v1.workspaces.list()])
    tidy_up()


def main() -> None:
    """Play every scene, or those that are named."""
    for play in SCENES:
        if sys.argv[1:] and play.__name__ not in sys.argv[1:]:
            continue
        connection = connect()
        connection.reset()
        listener = connection.listen()
        listener.decide(None)
        listener.inbox.clear()
        print(f"--- {play.__name__}")
        play(connection)


if __name__ == "__main__":
    main()
