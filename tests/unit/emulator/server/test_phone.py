"""Routes below /_emulator/calls: a call from any language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from helpers.emulator.server import RunningEmulator, start
from helpers.emulator.settling import AFTER_CALLBACKS_HEADER

GATHER = "<Response><Gather numDigits='1' timeout='30'/></Response>"


@pytest.fixture
def running() -> Iterator[RunningEmulator]:
    with start(clock="lesson", seed="tests") as running:
        running.seed({"workspaces": [{"friendly_name": "Care Desk"}]})
        yield running


@pytest.fixture
def admin(running: RunningEmulator) -> Iterator[httpx.Client]:
    """Waits for callbacks, as a test does."""
    headers = {AFTER_CALLBACKS_HEADER: "1"}
    with httpx.Client(base_url=f"{running.url}/_emulator/", headers=headers) as client:
        yield client


def post(admin: httpx.Client, path: str, **form: str) -> Any:
    return admin.post(path, data=form).json()


def test_caller_presses_a_key_and_hangs_up(admin: httpx.Client) -> None:
    """Each route returns the call as it is then."""
    call = post(admin, "calls", twiml=GATHER, **{"from": "+15550001111"})
    assert (call["stage"], call["from"], call["task_sid"]) == ("gathering", "+15550001111", None)
    assert admin.get("calls").json() == {"calls": [admin.get(f"calls/{call['sid']}").json()]}

    ended = post(admin, f"calls/{call['sid']}/hangup")
    assert (ended["status"], ended["told"][-1]) == ("completed", "Over.")


def test_next_timer_of_a_call_has_a_name(admin: httpx.Client) -> None:
    call = post(admin, "calls", twiml=GATHER)

    timer = admin.get("clock").json()["next"]
    assert (timer["sid"], timer["purpose"]) == (call["sid"], "call")


@pytest.mark.parametrize(
    ("path", "form", "status", "words"),
    [
        ("calls", {}, 400, "either url, where its number leads, or twiml"),
        ("calls", {"twiml": "<Response"}, 400, "twiml: the text is not XML"),
        ("calls", {"url": "http://"}, 400, "absolute http or https URL"),
        ("calls", {"twiml": GATHER, "caller": "x"}, 400, "means nothing here"),
        ("calls", {"twiml": GATHER, "worker_answers": "maybe"}, 400, "true or false"),
        ("calls", {"twiml": GATHER, "workspace_sid": "WS0"}, 404, "WS0"),
        ("calls/CA0/press", {"digits": "1"}, 404, "CA0"),
        ("calls/{sid}/press", {"digits": "x"}, 400, "no key of a phone"),
        ("calls/{sid}/answer", {}, 400, "No Worker's phone rings"),
        ("calls/{sid}/hangup", {"party": "owner"}, 400, "caller or worker"),
        ("calls/{sid}/hangup", {"party": "worker"}, 400, "No Worker's phone rings"),
    ],
)
def test_what_is_refused(admin: httpx.Client, path: str, form: dict[str, str], status: int, words: str) -> None:
    sid = post(admin, "calls", twiml=GATHER)["sid"]
    refused = admin.post(path.format(sid=sid), data=form)

    assert (refused.status_code, words in refused.text) == (status, True)


def test_one_of_several_workspaces_has_to_be_named(running: RunningEmulator, admin: httpx.Client) -> None:
    (sid,) = running.seed({"workspaces": [{"friendly_name": "Another"}]})
    assert "There are 2 Workspaces" in post(admin, "calls", twiml=GATHER)["message"]

    assert post(admin, "calls", twiml=GATHER, workspace_sid=sid)["workspace_sid"] == sid
