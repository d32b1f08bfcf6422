"""The link by which people outside create Tasks."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from helpers.callbacks import Listener
from helpers.callbacks.inbox.shelves import KEPT_STRANGERS
from helpers.callbacks.outside.task_link import TASKS_A_MINUTE
from helpers.errors.listener_errors import NotPublic
from helpers.ground.message import json_reply
from tests.unit.callbacks.outside.conftest import PUBLIC_URL


@pytest.fixture
def created(monkeypatch):
    """The parameters with which Tasks were created, instead of a TaskRouter."""
    made = []

    def create(maker, request, parameters, settle):
        made.append(parameters)
        return json_reply(200, {"task_sid": "WT1"})

    monkeypatch.setattr("helpers.callbacks.routes.create_task", create)
    return made


def target_of(url):
    """The request target of a shared link."""
    return urlsplit(url).path


def test_link_creates_a_task_until_hidden(outside, created, capsys):
    """Who has the URL can post there, with or without the path that a proxy takes off; the inbox keeps no secret."""
    url = outside.listener.share_create_task()
    path = target_of(url)
    short = path.removeprefix("/user/x/proxy/8000")

    answers = [outside.send("POST", each, b"", Host="hub.example") for each in (path, f"{short}?selected_language=en")]

    assert url.startswith(f"{PUBLIC_URL}/create_task/")
    assert [answer.json for answer in answers] == [{"task_sid": "WT1"}] * 2
    assert created == [{}, {"selected_language": "en"}]
    assert [one.path for one in outside.listener.inbox] == ["/create_task", "/create_task"]
    assert "at most 10 a minute" in capsys.readouterr().out

    outside.listener.hide()
    outside.listener.expose()
    assert outside.send("POST", path, b"").status == 404
    assert len(created) == 2


def test_look_at_the_link_creates_nothing(outside, created):
    """Programs follow links by themselves; a browser gets a button."""
    path = target_of(outside.listener.share_create_task())

    answer = outside.send("GET", path)

    assert (answer.status, created) == (200, [])
    assert b'<form method="post"><button>' in answer.body
    assert b"istener" not in answer.body
    assert outside.send("HEAD", path).status == 404
    assert outside.send("PUT", path).status == 404


def test_asking_again_ends_the_link(outside, created):
    """There is one link at a time, and each has another secret."""
    first, second = outside.listener.share_create_task(), outside.listener.share_create_task()

    statuses = [outside.send("POST", target_of(url), b"").status for url in (first, second)]

    assert statuses == [404, 200]


@pytest.mark.parametrize("change", [lambda path: path + "a", lambda path: path[:-1], lambda path: path.upper()])
def test_nearly_the_secret_is_nothing(outside, created, change):
    """Only the whole secret leads anywhere."""
    path = change(target_of(outside.listener.share_create_task()))

    assert (outside.send("POST", path, b"").status, created) == (404, [])


def test_secret_leads_nowhere_on_this_machine(outside, taskrouter, created):
    """The inner door has its own way."""
    path = target_of(outside.listener.share_create_task())

    assert taskrouter.send("POST", outside.listener._local_url("") + path).status == 404


def test_tasks_are_few_in_a_minute(outside, created):
    """Each can cost money: no more than ten a minute, whoever asks, and then the reason."""
    path = target_of(outside.listener.share_create_task())

    answers = [outside.send("POST", path, b"") for _ in range(TASKS_A_MINUTE + 1)]

    assert [answer.status for answer in answers] == [200] * TASKS_A_MINUTE + [429]
    assert "10 Tasks a minute" in answers[-1].json["message"]
    assert len(created) == TASKS_A_MINUTE


def test_new_link_has_no_new_room(outside, created):
    """Asking for another link doesn't lift the limit."""
    for _ in range(2):
        path = target_of(outside.listener.share_create_task())
        for _ in range(TASKS_A_MINUTE):
            outside.send("POST", path, b"")

    assert len(created) == TASKS_A_MINUTE


def test_admitted_request_can_be_replayed(outside, created):
    """The learner sends it again from here."""
    outside.send("POST", target_of(outside.listener.share_create_task()), b"")

    assert outside.listener.replay(outside.listener.inbox.last).status == 200
    assert len(created) == 2


def test_replayed_look_creates_nothing_either(outside, created):
    """It is the visitor's once more, not one of this machine, where a GET creates a Task."""
    outside.send("GET", target_of(outside.listener.share_create_task()))

    again = outside.listener.replay(outside.listener.inbox.last)

    assert (again.status, created) == (200, [])
    assert b"<button>" in again.reply


def test_visitors_push_no_callback_out(outside, created):
    """The inbox keeps a hundred looks and refusals a minute, whoever has the link."""
    outside.call_back(f"{PUBLIC_URL}/assignment_callback", "/assignment_callback")
    path = target_of(outside.listener.share_create_task())
    for _ in range(TASKS_A_MINUTE + 30):
        outside.send("POST", path, b"")
    for _ in range(KEPT_STRANGERS):
        outside.send("GET", path)

    kept = outside.listener.inbox
    assert kept[0].path == "/assignment_callback"
    assert len(kept) == 1 + TASKS_A_MINUTE + KEPT_STRANGERS


def test_there_is_no_link_without_a_public_url(listener):
    """Locally `/create_task` needs none."""
    with pytest.raises(NotPublic, match=r"`listener\.expose\(\)`"):
        listener.share_create_task()
    with Listener() as alone, pytest.raises(NotPublic):
        alone.share_create_task()
