"""Simulated calls of a lesson: the caller's keys, and both phones; nothing dials in live mode."""

from __future__ import annotations

import json

import pytest

from helpers import catch_up
from helpers.errors.connection_problems import EmulatorRefused, NoSimulatedCall
from helpers.lessons import story
from helpers.webapp import own_app
from helpers.webapp.own_app import run_app

APP = """
from flask import Flask, Response
app = Flask(__name__)

@app.post("/incoming_call")
def incoming_call():
    return Response('<Response><Gather numDigits="1" action="/enqueue_call"/></Response>', mimetype="text/xml")

@app.post("/enqueue_call")
def enqueue_call():
    task = '<Task>{"selected_language": "es"}</Task>'
    return Response(f'<Response><Enqueue workflowSid="WORKFLOW">{task}</Enqueue></Response>', mimetype="text/xml")
"""


@pytest.fixture
def desk(kernel, tmp_path, monkeypatch):
    """Alice, who is Idle and has a phone, in the world of lesson 14, and an app that answers calls."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my_app").mkdir()
    world = catch_up(14)
    (tmp_path / "my_app" / "app.py").write_text(APP.replace("WORKFLOW", world.workflow_sid), encoding="utf-8")
    workspace = story.workspace_of(kernel.client, world)
    numbered = json.dumps({"languages": ["en", "es"], "contact_uri": "+15555555555"})
    workspace.workers(world.alice_sid).update(attributes=numbered)
    yield workspace
    own_app.stop_app()


def test_caller_presses_a_key_and_alice_answers(desk, kernel):
    """Each method returns the call as it is then, and its text tells the story."""
    kernel.client.taskrouter.v1.workspaces.create(friendly_name="another one")
    call = kernel.dial(run_app().url + "/incoming_call", worker_answers=False)
    assert call.stage == "gathering"
    assert call.press("1").stage == "waiting"
    [offer] = desk.tasks(call.task_sid).reservations.list()
    offer.update(instruction="dequeue", dequeue_from="+15556667777")
    assert call.fetch().told[-1] == "Ringing: Alice"
    assert call.pick_up().stage == "talking"
    assert repr(call.hang_up("worker")).endswith("The Worker hung up.\nOver.\n(over)")
    with pytest.raises(EmulatorRefused, match="is over"):
        call.press("1")


def test_nothing_dials_in_live_mode(kernel):
    """The error says that a real call costs money, and how to make one."""
    object.__setattr__(kernel, "mode", "live")
    try:
        with pytest.raises(NoSimulatedCall, match=r"A real call costs money.*call it with a phone"):
            kernel.dial("http://127.0.0.1:9/incoming_call")
    finally:
        object.__setattr__(kernel, "mode", "local")
