"""A live Workspace is read with GET requests alone into a copy that gives the same Workers and reasons."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from twilio.rest import Client

from helpers.emulator.copies import copy_workspace
from helpers.emulator.explanations import explain
from helpers.emulator.sdk.http_client import EmulatorHttpClient
from helpers.emulator.server import start
from tests.unit.emulator.copies.test_copying import CONTACTS, planted, reasons
from tests.unit.emulator.explanations.scenes import SCENES, SINGLE_TASKING
from tests.worlds.desk import ClientDesk

SITUATIONS = (
    "worker_offline",
    "nobody_in_the_queue",
    "capacity_used_by_accepted",
    "single_tasking_busy",
    "others_go_first",
    "rejected_before",
    "target_expression_false",
    "known_worker_missing",
    "target_timeout_runs",
    "skipped_by_skip_if",
    "routing_target_worker",
    "workflow_changed_meanwhile",
    "no_filter_and_no_default",
)


@pytest.fixture
def desk(stage):
    """A function that makes a Workspace in the account, past the stage's log, so that this has what the copy asks."""
    client = Client(stage.account.sid, stage.account.auth_token, http_client=EmulatorHttpClient(stage.emulator.url))
    return lambda **workspace: ClientDesk(client, **workspace)


@pytest.fixture
def live(stage, monkeypatch):
    """The account's Client as anybody makes one, unmodified, at taskrouter.twilio.com."""
    for name, value in stage.environment.items():
        monkeypatch.setenv(name, value)
    return Client(stage.account.sid, stage.account.auth_token).taskrouter.v1


def test_same_workers_and_reasons_in_varied_situations(stage, desk, live):
    """A Task of each is explained alike on both sides; the whole account is as it was."""
    tasks = {}
    for name in SITUATIONS:
        one = desk(multi_task_enabled=name not in SINGLE_TASKING)
        tasks[name] = SCENES[name](one)
    before = stage.listing()
    for name, task in tasks.items():
        original = explain(live.workspaces(task.workspace_sid).tasks(task.sid).fetch())
        copy = copy_workspace(live.workspaces(task.workspace_sid))
        copied = explain(copy.workspace.tasks(task.sid).fetch())

        assert (name, reasons(copied)) == (name, reasons(original))
        assert (name, copied.short) == (name, original.short)
        assert (name, [fix.workers for fix in copied.fixes]) == (name, [fix.workers for fix in original.fixes])
        if copied.fixes:
            copied.apply()
    assert {entry.method for entry in stage.log} == {"GET"}
    assert stage.listing() == before


def test_command_reads_without_contact_data(stage, desk, live, tmp_path):
    """Run as a user does; planted values are in no output and no file, and the file explains as the account does."""
    one = desk()
    tasks = planted(one)
    stage.front.strike("busy", times=3, share=0.5, retry_after=0)  # one at a time: no pause grows
    stage.front.strike("dropped", path="/Workers$")
    stage.front.strike("unavailable", path="/Events$")
    command = [sys.executable, "-m", "helpers.emulator", "read", one.workspace_sid, "--from", "live"]
    done = subprocess.run(command, env={**os.environ, **stage.environment}, capture_output=True, text=True, timeout=120)
    path = tmp_path / "world.json"
    path.write_text(done.stdout, encoding="utf-8")
    said = [done.stdout, done.stderr]

    assert done.returncode == 0, done.stderr
    assert {entry.method for entry in stage.log} == {"GET"}
    with start(load=path) as loaded:
        for task in tasks:
            original = explain(live.workspaces(one.workspace_sid).tasks(task.sid).fetch())
            copied = loaded.explain(task.sid)
            said += [str(copied), json.dumps(copied.facts())]
            assert reasons(copied) == reasons(original)
    assert [each for each in [*CONTACTS, *stage.secrets] if each in "\n".join(said).lower()] == []


def test_more_workers_than_a_page(stage, live):
    """All are read, page by page; those that aren't read closely are counted."""
    workers = [{"friendly_name": f"Worker {number}"} for number in range(1_002)]
    sid = stage.emulator.seed({"workspaces": [{"friendly_name": "Large", "workers": workers}]})[0]
    copy = copy_workspace(live.workspaces(sid), most_workers=2)

    assert len(copy.workspace.workers.list()) == 1_002
    assert any(
        "There are 1,002 Workers. Channels and Reservations were read for 2 of them" in note for note in copy.notes
    )
    assert len([entry for entry in stage.log if entry.path.endswith("/Workers")]) == 2
