"""Opening of the kernel's one connection, local or live, and its end."""

from __future__ import annotations

import os
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

from twilio.rest import Client

from helpers import settings
from helpers.callbacks import stop_listening
from helpers.connection.clients import make_onlooker, make_transport
from helpers.connection.kernel_connection import Connection
from helpers.emulator.display.safe_text import escape_hidden
from helpers.emulator.sdk.http_client import EmulatorGone
from helpers.errors.connection_problems import MissingCredentials, ModeFixed, NoEmulator
from helpers.ground.choice import current_ground
from helpers.guide import extension
from helpers.lessons.story import WORKSPACE
from helpers.settings import Mode, Secret, Settings
from helpers.wire import RecordingHttpClient, Wire

if TYPE_CHECKING:
    from helpers.emulator.server import RunningEmulator
    from helpers.live.account import TwilioAccount
    from helpers.live.belongings import Belongings

__all__ = ["SEED", "connect", "current", "disconnect"]

_LIVE_URL = "https://taskrouter.twilio.com"

SEED = "taskrouter-notebooks"
"""Seed of the SIDs in every lesson, so that they are the same on every run."""

_lock = threading.Lock()
_current: Connection | None = None
_asked_for: Mode | None = None


def connect(mode: str | None = None) -> Connection:
    """Connect to TaskRouter; in one kernel every call gives the same connection.

    Args:
        mode: "local" (the emulator) or "live" (Twilio); by default the one that an earlier call of this kernel asked
            for, though it failed; else that of ``TASKROUTER_MODE``, and without it local. TWILIO_* variables alone
            never make it live.

    Raises:
        ModeFixed: this kernel already has a connection of the other mode.
        MissingCredentials, BadSetting, NoEmulator: the text says what to set.
        NotConnected: Twilio refuses the credentials, or doesn't answer.
        NotAgreed, CannotAsk, ConsentElsewhere: the learner hasn't agreed to what live mode would create.
        LedgerProblem: it can't be recorded.
        StaysInPage: this is the browser edition, which has local mode alone.
    """
    global _current, _asked_for
    with _lock:
        if _current is None:
            extension.enable()  # before the settings are read, so that an error in them is one sentence
        wanted = None if mode is None else settings.as_mode(mode)
        if wanted == "live":
            current_ground().require_network("Live mode")  # before a mode is kept that can never be had here
        if _current is not None:
            if wanted is not None and wanted != _current.mode:
                raise ModeFixed(_current.mode, wanted)
            return _current
        found = settings.load()
        if found.elsewhere:
            print(_tell_elsewhere(found))
        _asked_for = wanted or _asked_for
        # After a live mode that failed, the next cell's `catch_up` must not go on as if it were local.
        _current = _open(_asked_for or found.mode, found)
    _keep_loopback_from_proxies()
    extension.watch(_current.wire)
    return _current


def current() -> Connection | None:
    """Return the connection of this kernel; None before the first ``connect()``."""
    return _current


def disconnect() -> None:
    """Stop the connection's emulator and listener, and forget it; the next ``connect()`` makes a new one."""
    global _current, _asked_for
    with _lock, ExitStack() as end:  # a failure keeps nothing else from its end
        ended, _current, _asked_for = _current, None, None
        if ended is None:
            return
        if ended.belongings is not None:
            end.callback(ended.belongings.end)
        if ended.emulator is not None:
            end.callback(ended.emulator.stop)
        stop_listening()


def _tell_elsewhere(found: Settings) -> str:
    """Return a line on settings from a file that the learner may not know of."""
    told = f"Settings that the environment doesn't have come from {escape_hidden(found.elsewhere)}"
    if not found.passed_over:
        return f"{told}."
    names = ", ".join(found.passed_over)
    return f"{told}, but not {names}: for that, only the environment and {settings.DOTENV} count."


def _open(mode: Mode, found: Settings) -> Connection:
    if mode == "live":
        current_ground().require_network("Live mode")
        return _open_live(found)
    if found.taskrouter_url:
        current_ground().require_network("An emulator at TASKROUTER_URL")
    return _open_server(found) if found.taskrouter_url else _open_own()


def _open_live(found: Settings) -> Connection:
    from helpers.live import consent  # here, as everything that local mode doesn't need
    from helpers.live.advice.hosts import describe_host
    from helpers.live.belongings import Belongings
    from helpers.live.credentials import check_account_sid, complete_token

    sid = found.twilio_account_sid
    check_account_sid(sid, found.twilio_auth_token)
    has_agreed = consent.is_given(found.live_consent, sid)
    if note := describe_host():  # before a token is asked for
        print(note)
    token = complete_token(sid, found.twilio_auth_token)
    belongings = Belongings(WORKSPACE, _LIVE_URL, sid, found.live_ledger)
    account = consent.obtain(make_onlooker("live", _LIVE_URL, sid, token), belongings, has_agreed=has_agreed)
    current_ground().end_left_agents(found.live_ledger)  # one is open to everyone, before a port that may be ours next
    return _make("live", _LIVE_URL, sid, token, belongings=belongings, account=account)


def _open_server(found: Settings) -> Connection:
    needed = {
        "TASKROUTER_ACCOUNT_SID": found.taskrouter_account_sid,
        "TASKROUTER_AUTH_TOKEN": found.taskrouter_auth_token,
    }
    if missing := [name for name, value in needed.items() if not value]:
        raise MissingCredentials(f"The emulator at {found.taskrouter_url}", missing)
    from helpers.live.belongings import Belongings
    from helpers.live.survey_sentences import tell_left

    url, sid, token = found.taskrouter_url, found.taskrouter_account_sid, found.taskrouter_auth_token
    onlooker = make_onlooker("local", url, sid, token)
    try:
        onlooker.taskrouter.v1.workspaces.list(limit=1)
    except EmulatorGone:
        raise NoEmulator(url) from None
    belongings = Belongings(WORKSPACE, url, sid, found.live_ledger)
    for line in tell_left(belongings.find_left(onlooker)):
        print(line)
    return _make("local", url, sid, token, belongings=belongings)


def _open_own() -> Connection:
    running = current_ground().start_emulator(SEED)
    return _make("local", running.url, running.account_sid, Secret(running.auth_token), running)


def _make(
    mode: Mode,
    base_url: str,
    account_sid: str,
    auth_token: Secret,
    emulator: RunningEmulator | None = None,
    belongings: Belongings | None = None,
    account: TwilioAccount | None = None,
) -> Connection:
    wire = Wire(None if emulator is None else emulator.settle_at_home, is_live=mode == "live")
    inner = make_transport(mode, base_url)
    if belongings is not None:
        inner = belongings.begin(inner)
    client = Client(account_sid, auth_token.reveal(), http_client=RecordingHttpClient(inner, wire))
    return Connection(client, mode, base_url, account_sid, auth_token, wire, emulator, belongings, account)


def _keep_loopback_from_proxies() -> None:
    """Exclude this machine from the learner's proxy, for ``requests`` and ``curl``: a proxy can't reach it."""
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join(dict.fromkeys([*hosts, "127.0.0.1", "localhost"]))
