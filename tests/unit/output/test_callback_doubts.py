"""Each view tells of a tunnel that was lost, and of a Workflow that leads elsewhere while one is open."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from json import JSONDecodeError
from unittest.mock import Mock

import pytest
import requests as http
from twilio.base.exceptions import TwilioException

from helpers import copy_workspace, explain
from helpers.callbacks import Inbox
from helpers.ground.choice import current_ground
from helpers.lessons import story
from helpers.output import callback_doubts
from helpers.output.callback_doubts import tunnel_doubts, workflow_doubts
from helpers.output.display import LOCK
from helpers.show import lifecycle, show_console, show_requests

LOST = "The tunnel has ended, and its public URL leads nowhere. To open it again, run `listener.expose(workflow)`."


@dataclass
class Exposed:
    """A listener with an open tunnel."""

    public_url: str | None = "https://example.com"
    inbox: list[object] = field(default_factory=list)

    def tunnel_trouble(self) -> None:
        return None


@pytest.fixture
def listener(connection, monkeypatch):
    """The kernel's listener, which has had no other tunnel, exposed by the relay."""
    monkeypatch.setattr("helpers.callbacks.listener._current", None)
    listener = connection.listen().configure(make_tunnel=lambda **_: current_ground().make_relay())
    listener.expose()
    yield listener
    listener.hide()


@pytest.fixture
def workflow(connection):
    """A Workflow without a URL, in a Workspace of its own."""
    workspace = connection.client.taskrouter.v1.workspaces.create(friendly_name="Shop")
    queue = workspace.task_queues.create(friendly_name="All")
    configuration = f'{{"task_routing": {{"default_filter": {{"queue": "{queue.sid}"}}}}}}'
    return workspace.workflows.create(friendly_name="Shop", configuration=configuration)


def test_arriving_request_does_not_wait_for_the_tunnel(listener, monkeypatch):
    """Its sender waits for the reply: the list shows what was known, until it is asked for or the tunnel reopened."""
    requests = show_requests(listener.inbox)
    listener.lose_tunnel()
    shown = str(show_requests(listener.inbox))
    relay, asked = listener._outside.tunnel, []
    with monkeypatch.context() as patch:
        patch.setattr(relay, "trouble", lambda: asked.append(1))
        http.get(listener.create_task_url.replace("create_task", "events"))
        while_lost = str(requests)
    listener.expose()
    http.get(listener.create_task_url.replace("create_task", "events"))

    assert asked == []
    assert [LOST in text for text in (shown, while_lost, str(requests))] == [True, True, False]
    assert len(listener.inbox) >= 2


def test_tunnel_is_asked_without_the_lock(listener, monkeypatch):
    """While its program is slow to answer, requests are drawn."""
    drawn = []

    def ask_slowly():
        drawing = threading.Thread(target=lambda: LOCK.acquire() and (drawn.append(1), LOCK.release()), daemon=True)
        drawing.start()
        drawing.join(5)

    monkeypatch.setattr(listener._outside.tunnel, "trouble", ask_slowly)
    show_requests(listener.inbox)

    assert drawn


def test_lost_tunnel_is_told_in_each_view(connection, listener, workflow):
    """Strip, explanation, requests and console say it until the tunnel is open again."""
    workspace = connection.client.taskrouter.v1.workspaces(workflow.workspace_sid)
    task = workspace.tasks.create(workflow_sid=workflow.sid)
    strip, requests = lifecycle(task), show_requests(listener.inbox)
    listener.lose_tunnel()
    strip.update(task)

    views = [strip, explain(task), show_requests(listener.inbox), show_console(workspace)]
    assert [str(view).count(LOST) for view in views] == [1, 1, 1, 1]
    assert strip._view.state["sentences"][-1] == LOST
    assert requests._view.state["doubts"] == [LOST]
    assert views[1]._view.state["facts"][-1] == {"text": LOST}

    listener.expose()
    strip.update(task)
    show_requests(listener.inbox)
    assert [view for view in views if LOST in str(view)] == [views[1]]  # an explanation stays as it was


def test_requests_of_another_inbox_have_no_doubts(listener):
    """What another listener received came another way."""
    listener.lose_tunnel()

    assert "tunnel" not in str(show_requests(Inbox()))


def test_workflow_that_leads_elsewhere_is_told(monkeypatch, connection, workflow):
    """With its URL and the listener's, of a Task too; it may be right, so what is known is told and no more."""
    monkeypatch.setattr(callback_doubts, "current_listener", Exposed)
    ending = (
        ", but this notebook's listener is at https://example.com/assignment_callback. "
        "To change that, run `listener.expose(workflow)`."
    )
    assert workflow_doubts(workflow) == ('The Workflow "Shop" has no assignment_callback_url' + ending,)

    workflow = workflow.update(assignment_callback_url="https://shop.example.com/answer")
    workspace = connection.client.taskrouter.v1.workspaces(workflow.workspace_sid)
    task = workspace.tasks.create(workflow_sid=workflow.sid)
    told = 'The Workflow "Shop" has the assignment_callback_url https://shop.example.com/answer' + ending
    assert (workflow_doubts(workflow), workflow_doubts(task)) == ((told,), (told,))
    assert str(explain(task)).endswith(f"\n\n{told}")


@pytest.mark.parametrize("url", ["https://example.com/assignment_callback", None])
def test_workflow_that_leads_here_has_no_doubts(monkeypatch, workflow, url):
    """Also where there is no tunnel: a Workflow without a URL is as it should be then."""
    monkeypatch.setattr(callback_doubts, "current_listener", lambda: Exposed(url and "https://example.com"))

    assert workflow_doubts(workflow.update(assignment_callback_url=url or "")) == ()


@pytest.mark.parametrize("error", [TwilioException("refused"), ConnectionError(), JSONDecodeError("", "", 0)])
def test_workflow_that_cannot_be_fetched_is_no_doubt(monkeypatch, connection, workflow, error):
    """An explanation that could be made is shown."""
    monkeypatch.setattr(callback_doubts, "current_listener", Exposed)
    workspace = connection.client.taskrouter.v1.workspaces(workflow.workspace_sid)
    task = workspace.tasks.create(workflow_sid=workflow.sid)
    monkeypatch.setattr(callback_doubts, "fetch_or_none", Mock(side_effect=error))

    assert workflow_doubts(task) == ()
    assert "example.com" not in str(explain(task))


def test_local_tunnel_leaves_local_urls_without_doubts(listener, workflow):
    """On this machine each address is reached, so an application at another port may be meant."""
    assert workflow_doubts(workflow.update(assignment_callback_url="http://127.0.0.1:9/answer")) == ()


def test_local_tunnel_is_told_alike_on_each_run(listener, workflow):
    """Its port is another one each time, and what a lesson shows is stored."""
    assert workflow_doubts(workflow) == (
        'The Workflow "Shop" has no assignment_callback_url, but this notebook\'s listener is at '
        "`listener.assignment_url`. To change that, run `listener.expose(workflow)`.",
    )


def test_url_that_is_none_is_told(monkeypatch, workflow):
    """Whatever a Workflow has there, an explanation is given."""
    monkeypatch.setattr(callback_doubts, "current_listener", lambda: Exposed("http://127.0.0.1:9"))
    workflow.assignment_callback_url = "https://["

    assert "has the assignment_callback_url https://[" in workflow_doubts(workflow)[0]


def test_lesson_asks_twilio_for_nothing_more(connection):
    """Without a tunnel an explanation costs no further request."""
    built = story.build(connection.client)
    workspace = story.workspace_of(connection.client, built)
    task = workspace.tasks.create(workflow_sid=built.workflow_sid)
    connection.wire.clear()
    explain(task)

    assert [each for each in connection.wire if f"/Workflows/{built.workflow_sid}" in each.path] == []
    assert tunnel_doubts() == ()


def test_copy_calls_nobody(connection, listener, workflow):
    """Its Workflow has no URL, and its SID is the original's: advice to lead it here would change the original."""
    workspace = connection.client.taskrouter.v1.workspaces(workflow.workspace_sid)
    task = workspace.tasks.create(workflow_sid=workflow.sid)
    copied = copy_workspace(workspace).workspace

    assert "assignment_callback_url" in str(explain(task))
    for one in (copied.tasks(task.sid).fetch(), copied.workflows(workflow.sid).fetch()):
        assert workflow_doubts(one) == ()
    assert "assignment_callback_url" not in str(explain(copied.tasks(task.sid).fetch()))
