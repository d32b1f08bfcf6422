"""``python -m helpers.emulator``: one line when ready, a clean end, and nothing lost by an unclean one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from helpers.emulator.command import main
from tests.unit.emulator.process import Process
from tests.worlds.desk import configuration

ACCOUNT_SID = "AC" + "1" * 32


@pytest.fixture
def start() -> Iterator[Callable[..., Process]]:
    processes: list[Process] = []

    def run(*arguments: str) -> Process:
        processes.append(Process(*arguments))
        return processes[-1]

    yield run
    for process in processes:
        process.end(signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_it_cleanly(start, number):
    """One JSON line, answers at its URL, exit code 0, and not a word more."""
    emulator = start()

    assert sorted(emulator.ready) == ["account_sid", "auth_token", "portal", "url"]
    assert emulator.ready["portal"] == f"{emulator.ready['url']}/"
    assert emulator.http.get("/v1/Workspaces").status_code == 200
    assert emulator.end(number) == (0, "", "")


def test_many_signals_do_no_harm(start):
    """Who presses Ctrl+C twice, or stops a container meanwhile, does not keep it from ending."""
    emulator = start()
    for number in [signal.SIGINT, signal.SIGTERM] * 10:
        emulator.process.send_signal(number)

    assert emulator.end(signal.SIGTERM) == (0, "", "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_a_wait_for_the_world(tmp_path, number):
    """A file that never ends, such as a terminal, doesn't keep it from ending."""
    os.mkfifo(pipe := tmp_path / "world.json")
    emulator = subprocess.Popen([sys.executable, "-m", "helpers.emulator", "--load", str(pipe)])
    with pipe.open("wb"):  # once it is opened there, too
        emulator.send_signal(number)
        assert emulator.wait(timeout=20) == -number


def test_arguments_are_used(start):
    """Credentials, seed and clock are those asked for."""
    emulator = start("--account-sid", ACCOUNT_SID, "--auth-token", "token", "--seed", "tests", "--clock", "lesson")

    assert (emulator.ready["account_sid"], emulator.ready["auth_token"]) == (ACCOUNT_SID, "token")
    assert emulator.http.get("/_emulator/clock").json()["running"] is False
    assert emulator.create("", FriendlyName="Desk")["date_created"] == "2026-03-02T09:00:01Z"


def test_credentials_come_from_the_environment(start, monkeypatch):
    """Only the emulator's own variables count, and an option wins; nothing of it need stand on a command line."""
    key, other = "SK" + "2" * 32, "AC" + "3" * 32
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "a real one")
    monkeypatch.setenv("TASKROUTER_EMULATOR_ACCOUNT_SID", other)
    monkeypatch.setenv("TASKROUTER_EMULATOR_AUTH_TOKEN", "sesame")
    monkeypatch.setenv("TASKROUTER_EMULATOR_API_KEY", f"{key}:secret")
    monkeypatch.setenv("TASKROUTER_EMULATOR_ACCOUNT", f"AC{'4' * 32}:one AC{'5' * 32}:two")
    emulator = start("--account-sid", ACCOUNT_SID)

    assert (emulator.ready["account_sid"], emulator.ready["auth_token"]) == (ACCOUNT_SID, "sesame")
    for auth in ((key, "secret"), ("AC" + "5" * 32, "two")):
        assert emulator.http.get("/v1/Workspaces", auth=auth).status_code == 200


def test_settings_come_from_the_environment(start, monkeypatch):
    """What is wrong with one names its variable; what looks like one and is none is told, and nothing stops for it."""
    monkeypatch.setenv("TASKROUTER_EMULATOR_CLOCK", "fast")
    monkeypatch.setenv("TASKROUTER_EMULATOR_CLOK", "paused")
    code, out, err = start().end(signal.SIGTERM)

    assert (code, out) == (2, "")
    remark, refusal = err.splitlines()
    assert remark.endswith("Did you mean TASKROUTER_EMULATOR_CLOCK?")
    assert refusal.endswith("It comes from the variable TASKROUTER_EMULATOR_CLOCK.")
    monkeypatch.delenv("TASKROUTER_EMULATOR_CLOK")

    monkeypatch.setenv("TASKROUTER_EMULATOR_CLOCK", "paused")
    monkeypatch.setenv("TASKROUTER_EMULATOR_PORT", "tcp://10.0.0.1:8700")
    emulator = start("serve", "--seed", "tests")
    assert emulator.http.get("/_emulator/clock").json()["running"] is False
    code, out, err = emulator.end(signal.SIGTERM)
    assert (code, out, err.count("\n")) == (0, "", 1)
    assert err.startswith("TASKROUTER_EMULATOR_PORT is tcp://10.0.0.1:8700, as Kubernetes")


def test_variables_for_a_shell():
    """With --env a shell reads from what is printed when it is ready how to reach it, whatever the token holds."""
    token = "it's$HOME"
    emulator = subprocess.Popen(
        [sys.executable, "-m", "helpers.emulator", "--env", "--account-sid", ACCOUNT_SID, "--auth-token", token],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert emulator.stdout is not None
    lines = "".join(emulator.stdout.readline() for _ in range(3))
    asked = f'{lines}printf "%s %s" "$TWILIO_AUTH_TOKEN" "$TWILIO_ACCOUNT_SID"; [ -n "$TASKROUTER_URL" ]'
    seen = subprocess.run(["sh", "-euc", asked], capture_output=True, text=True, check=True).stdout
    emulator.send_signal(signal.SIGTERM)

    assert seen == f"{token} {ACCOUNT_SID}"
    assert (emulator.communicate(timeout=10)[0], emulator.returncode) == ("", 0)


def test_token_in_the_wrong_place_is_not_printed(start):
    """Whoever swaps SID and token reads what belongs there, not the token."""
    _, _, err = start("--account-sid", "not-for-eyes").end(signal.SIGTERM)

    assert "begins with AC" in err
    assert "not-for-eyes" not in err


def test_clock_runs_unless_told(start):
    """As a server the emulator keeps real time."""
    assert start().http.get("/_emulator/clock").json()["running"] is True


def test_clock_stands_where_told(start):
    """A standing clock may begin at any time."""
    told = start("--clock", "2030-01-01T00:00:00+01:00").http.get("/_emulator/clock").json()

    assert (told["now"], told["running"]) == ("2029-12-31T23:00:00.000+00:00", False)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--account-sid", "AC1"], "begins with AC"),
        (["--port", "70000"], "cannot be used"),
        (["--data", ""], "the directory is empty"),
        (["--host", ""], "The host is empty"),
        (["--api-key", "SK1"], "SK...:SECRET"),
        (["--account", "AC1"], "AC...:TOKEN"),
        (["--certificate", "/nowhere/chain.pem", "/nowhere/key.pem"], "/nowhere/chain.pem"),
        (["--certificate", __file__, __file__], "PEM files that belong together"),
        (["--clock", "fast"], "real, paused, lesson, or a time"),
        (["--wings"], "unrecognized arguments"),
        (["--also-known-as", "http://desk.test"], "Give the name alone"),
        (["fly"], "'fly' isn't a command"),
        (["--load", ""], "A file without a name cannot be read"),
        (["--load", "/nowhere/world.yaml"], "/nowhere/world.yaml cannot be read"),
    ],
)
def test_bad_arguments_are_told(capsys, arguments, words):
    """A wrong argument gives a sentence on stderr, exit code 2 and no traceback."""
    try:
        code = main(arguments)
    except SystemExit as ended:
        code = ended.code
    out, err = capsys.readouterr()

    assert (code, out, words in err, "Traceback" in err) == (2, "", True, False)


def test_host_without_address_is_told(start):
    """A name that the network doesn't know, which no test looks up, gives the same in a process."""
    code, out, err = start("--host", "nowhere.invalid").end(signal.SIGTERM)

    assert (code, out, "Traceback" in err) == (2, "", False)
    assert "No address is known for nowhere.invalid" in err


def test_log_is_one_json_line_a_request(start):
    """With --log each request is a line on stderr, without credentials."""
    emulator = start("--log")
    emulator.http.get("/v1/Workspaces")
    _, _, err = emulator.end(signal.SIGTERM)

    assert [(line["path"], line["status"]) for line in map(json.loads, err.splitlines())] == [("/v1/Workspaces", 200)]


def test_requests_are_answered_when_nobody_reads_the_log(start):
    """Whoever read the log may end before the emulator does."""
    emulator = start("--log")
    emulator.process.stderr.close()
    emulator.process.stderr = None

    assert [emulator.http.get("/v1/Workspaces").status_code for _ in range(2)] == [200, 200]


def test_kill_loses_nothing_acknowledged(start, tmp_path):
    """After a thousand acknowledged writes, kill -9 and a restart, every Task is there, as it was."""
    emulator = start("--data", str(tmp_path))
    workspace = emulator.create("", FriendlyName="Desk")["sid"]
    queue = emulator.create(f"/{workspace}/TaskQueues", FriendlyName="Everybody")["sid"]
    workflow = emulator.create(
        f"/{workspace}/Workflows", FriendlyName="All", Configuration=configuration(default=queue)
    )["sid"]
    tasks = [
        emulator.create(f"/{workspace}/Tasks", WorkflowSid=workflow, Attributes=f'{{"number":{number}}}')
        for number in range(1000)
    ]
    emulator.end(signal.SIGKILL)

    again = start("--data", str(tmp_path))
    page = again.http.get(f"/v1/Workspaces/{workspace}/Tasks", params={"PageSize": 1000}).json()["tasks"]
    attributes = {task["sid"]: task["attributes"] for task in page}
    elsewhere = {"url": "", "portal": ""}
    assert again.ready | elsewhere == emulator.ready | elsewhere
    assert attributes == {task["sid"]: task["attributes"] for task in tasks}


def test_deadlines_go_on_after_a_kill(start, tmp_path):
    """A Reservation that was pending when the process was killed times out after the restart."""
    emulator = start("--data", str(tmp_path), "--clock", "lesson")
    workspace = emulator.create("", FriendlyName="Desk")["sid"]
    queue = emulator.create(f"/{workspace}/TaskQueues", FriendlyName="Everybody")["sid"]
    workflow = emulator.create(
        f"/{workspace}/Workflows", FriendlyName="All", Configuration=configuration(default=queue)
    )["sid"]
    activities = emulator.http.get(f"/v1/Workspaces/{workspace}/Activities?Available=true").json()["activities"]
    emulator.create(f"/{workspace}/Workers", FriendlyName="Alice", ActivitySid=activities[0]["sid"])
    task = emulator.create(f"/{workspace}/Tasks", WorkflowSid=workflow)["sid"]
    emulator.end(signal.SIGKILL)

    again = start("--data", str(tmp_path), "--clock", "lesson")
    again.http.post("/_emulator/clock/advance", data={"seconds": 120})
    reservations = again.http.get(f"/v1/Workspaces/{workspace}/Tasks/{task}/Reservations").json()["reservations"]
    assert [each["reservation_status"] for each in reservations] == ["timeout"]


def test_starts_without_the_sdk():
    """A server answers before it has imported what only callers and callbacks need."""
    listing = "import sys, helpers.emulator.command.serve_command; print(*sys.modules)"
    imported = subprocess.run(
        [sys.executable, "-c", listing], capture_output=True, text=True, check=True
    ).stdout.split()

    assert "helpers.emulator.server.running" in imported
    assert {"requests", "twilio.rest", "httpx", "helpers.emulator.display"}.isdisjoint(imported)
