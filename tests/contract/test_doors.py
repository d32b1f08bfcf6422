"""The listener's public side in live mode: signed callbacks by the public URL, and nothing for anybody else."""

from __future__ import annotations

import json
import socket
from collections import Counter
from collections.abc import Iterator
from itertools import product
from types import SimpleNamespace

import pytest
import requests
from twilio.request_validator import RequestValidator

from helpers import connect
from helpers.callbacks import listener as listeners
from helpers.errors import listener_errors, tunnel_errors
from helpers.lessons import story
from tests.contract.stage import Stage
from tests.worlds.strangers_paths import PATHS

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "NONSENSE"]


@pytest.fixture
def desk(live: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The tutorial's Workspace in the account, and a new kernel's listener."""
    monkeypatch.setattr(listeners, "_current", None)
    connection = connect()
    world = story.build(connection.client, connection.workspace_name)
    workspace = story.workspace_of(connection.client, world)
    listener = connection.listen()
    yield SimpleNamespace(
        stage=live,
        connection=connection,
        listener=listener,
        workflow=workspace.workflows(world.workflow_sid).fetch(),
        offer=lambda: offer(workspace, world),
    )
    listener.stop()


def offer(workspace, world) -> None:
    """Let TaskRouter offer a Task to Alice."""
    workspace.tasks.create(attributes=json.dumps({"selected_language": "es"}), workflow_sid=world.workflow_sid)
    workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def test_strangers_get_nothing_by_the_public_url(desk):
    """Almost 300 requests over every method and path, through ngrok: an empty 404 each, no Task, no decision."""
    decided = []
    desk.listener.decide(decided.append)
    url = desk.listener.expose(desk.workflow)

    answers = Counter(
        (answer.status_code, answer.content, answer.headers.get("Server"))
        for method, path in product(METHODS, PATHS)
        for answer in [requests.request(method, url + path, data=b"ReservationSid=WR1", allow_redirects=False)]
    )

    assert answers == {(404, b"", None): len(METHODS) * len(PATHS)}
    assert decided == []
    assert "task" not in [record["kind"] for record in desk.stage.listing().values()]


def test_callback_comes_by_ngrok(desk):
    """Set, read back and probed by one call; then TaskRouter's own callback is signed for that URL and decides."""
    desk.listener.decide(lambda callback: {"instruction": "accept"})
    desk.listener.expose(desk.workflow)

    desk.offer()
    received = desk.listener.inbox.wait(timeout=20)

    assert (received.signature, received.is_from_outside, received.public_url) == (
        "valid",
        True,
        desk.listener.public_url,
    )


def test_captured_callback_is_not_decided_again(desk):
    """Who has read it on the way can send it once more, to no effect."""
    decided = []
    desk.listener.decide(lambda callback: decided.append(1) or {"instruction": "accept"})
    desk.listener.expose(desk.workflow)
    desk.offer()
    captured = desk.listener.inbox.wait(timeout=20)
    headers = {name: captured.headers[name] for name in ("Content-Type", "X-Twilio-Signature")}

    answer = requests.post(desk.listener.assignment_url, captured.raw, headers=headers)

    assert (answer.json(), len(decided)) == ({"instruction": "accept"}, 1)
    assert desk.listener.inbox.last.repeats == captured.number


@pytest.mark.parametrize("kept", [True, False], ids=["path kept", "path taken off"])
def test_callback_comes_by_a_tunnel_of_ones_own(desk, kept):
    """Behind a proxy with a path, which keeps it or not; `public_url` is all that has to be said."""
    port = free_port()
    path = "/user/x/proxy/8000"
    url = f"https://hub.example.com{path}"
    desk.stage.edge.lead("hub.example.com", port, prefix="" if kept else path)
    desk.connection.listen(public_url=url, port=port)

    desk.listener.expose(desk.workflow)
    desk.offer()
    received = desk.listener.inbox.wait(timeout=20)

    assert (received.signature, received.public_url, received.path) == ("valid", url, "/assignment_callback")


def test_forged_headers_make_no_signature_valid(desk):
    """One signed with the account's own token for another URL, with the headers of a proxy that vouch for it."""
    port = free_port()
    desk.stage.edge.lead("hub.example.com", port)
    desk.connection.listen(public_url="https://hub.example.com", port=port)
    form, forged = {"ReservationSid": "WR1"}, "http://127.0.0.1/assignment_callback"
    signed = RequestValidator(desk.stage.account.auth_token).compute_signature(forged, form)
    headers = {"X-Forwarded-Proto": "http", "X-Forwarded-Host": "127.0.0.1", "X-Twilio-Signature": signed}

    answer = requests.post("https://hub.example.com/assignment_callback", form, headers=headers)

    assert (answer.status_code, answer.content) == (404, b"")
    assert desk.listener.inbox.last.signature == "wrong"


def test_tunnel_to_the_inner_port_is_refused(desk):
    """Led to the wrong port by hand, it gets a sentence that names the right way, signed or not."""
    local = desk.listener.create_task_url.removesuffix("/create_task")
    url = desk.stage.edge.lead("hub.example.com", int(local.rpartition(":")[2]))

    answers = [requests.get(f"{url}{path}") for path in ("/", "/create_task", "/assignment_callback")]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert all("connection.listen(public_url" in answer.text for answer in answers)


def test_probe_tells_what_came_back(desk, monkeypatch):
    """Nobody is at the other end yet: ngrok's words for it, and the Workflow keeps what was set."""
    monkeypatch.setattr("helpers.callbacks.outside.probe.LIMIT_SECONDS", 0)
    desk.connection.listen(public_url="https://hub.example.com", port=free_port())

    with pytest.raises(tunnel_errors.NotReached, match="ERR_NGROK_3200"):
        desk.listener.expose(desk.workflow)
    assert desk.workflow.fetch().assignment_callback_url == "https://hub.example.com/assignment_callback"


def test_other_peoples_workflows_keep_their_url(desk):
    """A Workflow that this kernel didn't create isn't led here, and no tunnel is opened for it."""
    sid = desk.stage.strangers("TaskRouter Notebooks")[0]
    theirs = desk.connection.client.taskrouter.v1.workspaces(sid).workflows.list()[0]
    before = desk.stage.listing([sid])

    with pytest.raises(listener_errors.NotOwnWorkflow, match=r"workflow\.update\(assignment_callback_url="):
        desk.listener.expose(theirs)

    assert (desk.stage.listing([sid]), desk.listener.public_url) == (before, None)


def test_shared_link_creates_tasks(desk):
    """By the secret path alone, and no more than ten a minute, since each costs money."""
    desk.listener.create_tasks_with(desk.connection.client, desk.workflow.workspace_sid, desk.workflow.sid)
    desk.listener.expose()
    link = desk.listener.share_create_task()

    looked, posted = requests.get(link), [requests.post(link).status_code for _ in range(11)]
    desk.listener.hide()

    assert looked.status_code == 200
    assert posted == [200] * 10 + [429]
    kinds = Counter(record["kind"] for record in desk.stage.listing().values())
    assert kinds["task"] == 10
    assert requests.get(link).status_code == 404
