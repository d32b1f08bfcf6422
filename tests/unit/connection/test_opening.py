"""connect(): one connection a kernel, one mode a kernel, and nothing secret in sight."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from helpers import connection as connections
from helpers import settings
from helpers.connection import connect, current
from helpers.emulator.sdk import EmulatorGone
from helpers.emulator.server import start
from helpers.errors.connection_problems import (
    EmulatorRefused,
    MissingCredentials,
    ModeFixed,
    NoEmulator,
    NothingToReset,
)
from helpers.lessons import story
from helpers.lessons.lessons import catch_up

ACCOUNT = "AC" + "1" * 32


def test_connects_locally_by_default(connection):
    """Without any setting the client talks to the kernel's own emulator, which is empty."""
    assert connection.mode == "local"
    assert connection.client.taskrouter.v1.workspaces.list() == []


def test_connecting_twice_is_connecting_once(connection):
    """A second call, with or without the mode, gives the same connection."""
    assert connect() is connection
    assert connect("local") is connection
    assert current() is connection


def test_kernel_keeps_its_mode(connection):
    """Asking a local kernel for live is refused, with the way to get there."""
    with pytest.raises(ModeFixed, match=r"This kernel is in local mode.*Restart the kernel.*connect\('live'\)"):
        connect("live")


def test_live_needs_credentials(no_dotenv):
    """Live mode without credentials says which are missing, and leaves the kernel free."""
    with pytest.raises(MissingCredentials, match=r"TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"):
        connect("live")

    assert current() is None


def test_live_that_failed_does_not_become_local(no_dotenv):
    """The next cell's ``catch_up`` fails as the set-up cell did; only a learner's own word makes the kernel local."""
    with pytest.raises(MissingCredentials):
        connect("live")

    with pytest.raises(MissingCredentials, match=r"connect\('local'\)"):
        catch_up(4)
    assert connect("local").mode == "local"

    connections.disconnect()
    assert connect().mode == "local"
    connections.disconnect()


def test_running_emulator_is_used(no_dotenv, monkeypatch, tmp_path):
    """TASKROUTER_URL leads to an emulator that runs elsewhere."""
    with start(account_sid=ACCOUNT, auth_token="t" * 32) as running:
        monkeypatch.setenv("TASKROUTER_URL", running.url)
        monkeypatch.setenv("TASKROUTER_ACCOUNT_SID", ACCOUNT)
        monkeypatch.setenv("TASKROUTER_AUTH_TOKEN", "t" * 32)
        monkeypatch.setenv("TASKROUTER_LIVE_LEDGER", str(tmp_path / "live"))

        connect().client.taskrouter.v1.workspaces.create(friendly_name="elsewhere")

        assert len(running.call(lambda emulator: emulator.workspaces(ACCOUNT))) == 1
        connections.disconnect()


def test_dotenv_from_elsewhere_is_named(monkeypatch, tmp_path, capsys):
    """The set-up cell stays local, and says which file it read, and what in it doesn't count."""
    (tmp_path / ".env").write_text("TASKROUTER_MODE=live\nTWILIO_AUTH_TOKEN=not-for-eyes\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings, "DOTENV", tmp_path / "own.env")

    assert connect().mode == "local"
    connect()
    connections.disconnect()
    told = capsys.readouterr().out

    assert told == (
        f"Settings that the environment doesn't have come from {tmp_path / '.env'}, but not TASKROUTER_MODE: for that, "
        f"only the environment and {tmp_path / 'own.env'} count.\n"
    )


def test_emulator_of_another_machine_is_named(connection):
    """A `.env` can name one; the set-up cell shows where requests go."""
    elsewhere = replace(connection, base_url="https://emulator.example.org")

    assert repr(connection) == "Connection(local, the TaskRouter emulator on this machine)"
    assert repr(elsewhere) == "Connection(local, a TaskRouter emulator at https://emulator.example.org)"


def test_only_an_emulator_of_ones_own_is_reset(no_dotenv, monkeypatch):
    """Elsewhere there are other people's Workspaces: reset refuses, and names what clears one's own."""
    with start(account_sid=ACCOUNT, auth_token="t" * 32) as running:
        monkeypatch.setenv("TASKROUTER_URL", running.url)
        monkeypatch.setenv("TASKROUTER_ACCOUNT_SID", ACCOUNT)
        monkeypatch.setenv("TASKROUTER_AUTH_TOKEN", "t" * 32)

        with pytest.raises(NothingToReset, match="`tidy_up\\(\\)` deletes what this kernel created"):
            connect().reset()
        connections.disconnect()


def test_no_emulator_at_the_url(no_dotenv, monkeypatch):
    """A TASKROUTER_URL where nothing answers is one sentence that names it."""
    monkeypatch.setenv("TASKROUTER_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("TASKROUTER_ACCOUNT_SID", ACCOUNT)
    monkeypatch.setenv("TASKROUTER_AUTH_TOKEN", "t" * 32)

    with pytest.raises(NoEmulator, match=r"http://127\.0\.0\.1:9.*python -m helpers\.emulator"):
        connect()


def test_reset_begins_again(connection):
    """After a reset the same calls give the same SIDs at the same lesson time."""
    workspaces = connection.client.taskrouter.v1.workspaces
    first = workspaces.create(friendly_name="one")
    connection.advance(60)

    connection.reset()
    second = workspaces.create(friendly_name="one")

    assert (second.sid, second.date_created) == (first.sid, first.date_created)


def test_emulator_that_has_ended_is_told(connection):
    """By moving its clock as by any request: in a sentence that says what to do."""
    connection.emulator.stop()

    for ask in (lambda: connection.advance(1), connection.reset, lambda: connection.clock("WS" + "0" * 32)):
        with pytest.raises(EmulatorGone, match="was stopped"):
            ask()


def test_clock_moves_forward_only(connection):
    """advance() moves the lesson clock, and says what is wrong with a value it cannot use."""
    workspaces = connection.client.taskrouter.v1.workspaces
    before = workspaces.create(friendly_name="before").date_created
    connection.advance(600)
    after = workspaces.create(friendly_name="after").date_created

    assert (after - before).total_seconds() == 601
    with pytest.raises(EmulatorRefused, match=r"clock/advance.*-1.*or more\. Correct"):
        connection.advance(-1)


def test_wire_keeps_no_token(connection):
    """What was sent is remembered with the account's SID and without its token."""
    connection.client.taskrouter.v1.workspaces.create(friendly_name="one")

    [exchange] = connection.wire
    assert (exchange.method, exchange.status) == ("POST", 201)
    assert exchange.account_sid == connection.account_sid
    assert connection.auth_token.reveal() not in f"{exchange} {connection.wire} {connection}"


def test_export_serves_curl(connection):
    """The documented curl line creates a Workspace with nothing but the exported variables."""
    connection.export(NAME="from curl")

    line = (
        'curl -sS "$TASKROUTER_BASE/v1/Workspaces" -d FriendlyName="$NAME" -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"'
    )
    subprocess.run(["bash", "-c", line], check=True, capture_output=True, timeout=30)

    assert [each.friendly_name for each in connection.client.taskrouter.v1.workspaces.list()] == ["from curl"]


def test_loopback_bypasses_proxies(connection):
    """A learner's proxy is never asked for this machine."""
    assert "127.0.0.1" in os.environ["NO_PROXY"].split(",")
    assert "localhost" in os.environ["no_proxy"].split(",")


def test_ready_within_half_a_second(connection):
    """A new connection answers its first request within 0.5 s, once the modules are loaded; the best of three."""

    def seconds_to_first_answer():
        connections.disconnect()
        started = time.perf_counter()
        connect().client.taskrouter.v1.workspaces.list()
        return time.perf_counter() - started

    assert min(seconds_to_first_answer() for _ in range(3)) < 0.5


def test_local_mode_loads_nothing_of_live_mode():
    """A kernel with an emulator of its own never loads what only live mode and tunnels need."""
    code = (
        "import sys; from helpers import catch_up, tidy_up; catch_up(5); tidy_up(); "
        "print([name for name in sys.modules if name.startswith(('helpers.live', 'pyngrok', 'psutil'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)

    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_onlooker_leaves_no_trace(connection):
    """What is asked for the console's sake is neither on the wire nor does it take lesson time."""
    before = connection.clock("WS" + "0" * 32)

    assert connection.make_onlooker().taskrouter.v1.workspaces.list() == []
    assert len(connection.wire) == 0
    assert connection.clock("WS" + "0" * 32) == before


def test_change_of_the_own_emulator_is_told(connection):
    """Whoever watches is called after each write, and after no read."""
    told = []
    connection.emulator.watch(lambda: told.append(True))

    connection.client.taskrouter.v1.workspaces.list()
    quiet = list(told)
    connection.client.taskrouter.v1.workspaces.create(friendly_name="Care Desk")

    assert (quiet, told) == ([], [True])


def test_failure_of_one_part_keeps_no_other_from_its_end(connection, monkeypatch):
    """The emulator stops, and the kernel is free, although the listener's end failed."""

    def fail(listener):
        raise OSError("cannot close")

    connection.listen()
    monkeypatch.setattr("helpers.callbacks.Listener.stop", fail)
    with pytest.raises(OSError, match="cannot close"):
        connections.disconnect()

    assert current() is None
    with pytest.raises(EmulatorGone):
        connection.client.taskrouter.v1.workspaces.list()


def test_listener_of_the_kernel_follows_the_connection(no_dotenv, monkeypatch, tmp_path):
    """What an emulator of others forbade is free again in the kernel's own: there every Workspace is its own."""
    with start(account_sid=ACCOUNT, auth_token="t" * 32) as running:
        monkeypatch.setenv("TASKROUTER_URL", running.url)
        monkeypatch.setenv("TASKROUTER_ACCOUNT_SID", ACCOUNT)
        monkeypatch.setenv("TASKROUTER_AUTH_TOKEN", "t" * 32)
        monkeypatch.setenv("TASKROUTER_LIVE_LEDGER", str(tmp_path / "live"))
        connect().listen()
        connections.disconnect()
        monkeypatch.delenv("TASKROUTER_URL")

        connection = connect()
        world = story.build(connection.client)
        workflow = story.workspace_of(connection.client, world).workflows(world.workflow_sid).fetch()
        url = connection.listen().expose(workflow)

        assert workflow.fetch().assignment_callback_url.startswith(url)
    connections.disconnect()


def test_listener_ends_with_its_connection(connection):
    """The next connection's listener has nothing of it: no tunnel's maker, no token, no earlier requests."""
    earlier = connection.listen()
    connections.disconnect()

    assert not earlier.is_running
    assert connect().listen() is not earlier
