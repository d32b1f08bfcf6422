"""Live mode on the stage, when TaskRouter is slow, busy or silent: lessons wait, and nothing is done twice."""

from __future__ import annotations

from tests.contract.stage.clients import run_python

SHORT_SLEEP = "import time\nsleep = time.sleep\ntime.sleep = lambda seconds: sleep(seconds / 20)\n"
"""Code that makes a kernel wait for less long than it says: Twilio's pauses are whole seconds."""

CATCH_UP = "from helpers import catch_up\ncatch_up(5)\n"


def test_storm_of_429s_is_waited_out(stage):
    """Every third request is turned away: catch_up goes on where it was, builds one world, and says why it waits."""
    stage.front.strike("busy", times=None, share=0.34, retry_after=1)

    told = run_python(stage, SHORT_SLEEP + CATCH_UP, NGROK_AUTHTOKEN="")

    assert "TaskRouter returned 429, too many requests. Trying again in 1 s" in told
    assert told.splitlines()[-1].startswith("- Alice is Idle, and a Reservation offers her the Task")
    made = [entry.path for entry in stage.log if entry.method == "POST" and entry.status == 201]
    assert len(made) == len(stage.workspaces) + 3 + 2 + 2 + 1 + 1  # Activities, Workers, queues, a Workflow, a Task


def test_writes_are_not_sent_twice(stage):
    """A write whose answer is lost, or that gets 503, is never sent again by itself."""
    for kind in ("lost", "unavailable"):
        stage.log.clear()
        stage.front.strike(kind, method="POST", path="/Workers")

        run_python(stage, CATCH_UP, NGROK_AUTHTOKEN="")

        assert [entry.path.rpartition("/")[2] for entry in stage.log if entry.method == "POST"].count("Workers") == 1


def test_catch_up_opens_no_tunnel(stage):
    """With a token at hand it says that no tunnel leads here, and Twilio gets no address of this machine."""
    told = run_python(stage, CATCH_UP)

    assert "No tunnel leads to this notebook" in told
    assert "the Workflow has no assignment callback yet" in told
    assert stage.edge.online == []
    assert {entry.form.get("AssignmentCallbackUrl", "") for entry in stage.log} == {""}
