"""Connection of a kernel: a ``twilio`` Client for the emulator by default, or for Twilio on request."""

from __future__ import annotations

import os
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import requests
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from helpers import settings
from helpers.callbacks import Listener, listen
from helpers.emulator.sdk.http_client import AFTER_CALLBACKS_HEADER, EmulatorGone, EmulatorHttpClient, Home
from helpers.errors import (
    EmulatorRefused,
    MissingCredentials,
    ModeFixed,
    NoDuration,
    NoEmulator,
    NoLessonClock,
    NothingToReset,
)
from helpers.ground.choice import current_ground
from helpers.ground.ground import Tunnel
from helpers.guide import extension
from helpers.lessons.story import WORKSPACE
from helpers.settings import Mode, Secret, Settings
from helpers.wire import RecordingHttpClient, Wire

if TYPE_CHECKING:
    from helpers.emulator.server import RunningEmulator
    from helpers.live.account import TwilioAccount
    from helpers.live.belongings import Belongings

__all__ = ["SEED", "Connection", "connect", "current", "disconnect"]

_LIVE_URL = "https://taskrouter.twilio.com"

SEED = "taskrouter-notebooks"
"""Seed of the SIDs in every lesson, so that they are the same on every run."""

_LIVE_TIMEOUT_SECONDS = 30.0

_lock = threading.Lock()
_current: Connection | None = None
_asked_for: Mode | None = None


@dataclass(frozen=True, repr=False)
class Connection:
    """``twilio`` Client with the TaskRouter it sends requests to."""

    client: Client
    mode: Mode
    base_url: str
    """Scheme and host that requests are sent to, with a port in local mode."""
    account_sid: str
    auth_token: Secret
    wire: Wire
    """Exchanges of ``client`` so far, without tokens."""
    emulator: RunningEmulator | None = None
    """Emulator in this kernel; None in live mode and with ``TASKROUTER_URL``."""
    belongings: Belongings | None = None
    """Workspaces of this kernel among other people's; None with an emulator of its own, where there are no others."""
    account: TwilioAccount | None = None
    """Account in live mode, as Twilio told of it."""
    home: Home = field(default_factory=Home)
    """Thread of the cells: only requests from there wait for callbacks."""

    @property
    def workspace_name(self) -> str:
        """Name of this kernel's Workspace for the lessons, which nobody else's has."""
        return WORKSPACE if self.belongings is None else self.belongings.workspace_name

    def advance(self, seconds: float) -> None:
        """Advance the emulator's clock by ``seconds``; timers that are due fire in order.

        Raises:
            NoLessonClock: the mode is live, where time is Twilio's.
            NoDuration: ``seconds`` isn't a number.
            EmulatorRefused: the emulator doesn't allow it.
            EmulatorGone: it doesn't answer any more.
        """
        if self.mode == "live":
            raise NoLessonClock
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            raise NoDuration(seconds)
        with self.wire.pausing(seconds):
            self._admin("clock/advance", seconds=seconds)

    def reset(self) -> None:
        """Reset the kernel's own emulator, with its clock and SIDs, and clear the wire.

        Raises:
            NothingToReset: the kernel has no emulator of its own.
        """
        if self.emulator is None:
            raise NothingToReset
        self._admin("reset")
        self.wire.clear()

    def clock(self, workspace_sid: str) -> dict[str, Any] | None:
        """Return the emulator's time and the next timer of this Workspace; None in live mode, where time is Twilio's.

        Keys are ``now_ms``, ``running`` (False in a lesson) and ``next``: None, or ``due_ms``, ``sid``, ``purpose``.
        """
        return None if self.mode == "live" else self._admin("clock", method="GET", workspace_sid=workspace_sid)

    def make_onlooker(self) -> Client:
        """Return a Client whose requests aren't recorded on the wire, for views that only read."""
        return _make_onlooker(self.mode, self.base_url, self.account_sid, self.auth_token, self.home.is_here())

    @property
    def callback_url(self) -> str:
        """URL for a Workflow's ``assignment_callback_url``: the listener's, or an empty text, which means no callbacks.

        It is empty if TaskRouter can't call this machine: in live mode, without a tunnel.

        Raises:
            TunnelLost: there was a tunnel, and it no longer leads here.
        """
        listener = self.listen()
        can_call = self.mode == "local" or listener.public_url or listener.tunnel_trouble()
        return listener.assignment_url if can_call else ""

    def export(self, **variables: str) -> None:
        """Set environment variables for ``curl`` and other programs that cells run.

        They are ``TASKROUTER_BASE``, ``TWILIO_ACCOUNT_SID``, ``TWILIO_AUTH_TOKEN`` and ``variables``.
        """
        os.environ.update(
            {
                "TASKROUTER_BASE": self.base_url,
                "TWILIO_ACCOUNT_SID": self.account_sid,
                "TWILIO_AUTH_TOKEN": self.auth_token.reveal(),
                **variables,
            }
        )

    def __repr__(self) -> str:
        return f"Connection({self.mode}, {_WHERE[self.mode]}{f' {self.account}' if self.account else ''})"

    def listen(self, *, public_url: str | None = None, port: int = 0) -> Listener:
        """Start the kernel's callback listener, unless it runs; return it. It checks signatures of this account.

        Args:
            public_url: URL of a tunnel of your own, such as "https://example.com", which leads to ``port`` of this
                machine. What arrives at that port is from outside, and only signed callbacks are answered there.
            port: 0 picks a free one.

        Raises:
            BadPublicUrl: Twilio can't reach the listener by ``public_url``, or there is no port.
            PortTaken: the port isn't free.
        """
        return listen(
            auth_token=self.auth_token.reveal(),
            settle=None if self.emulator is None else self.emulator.settle,
            make_tunnel=_make_relay if self.mode == "local" else None,
            has_created=None if self.belongings is None else self.belongings.has_created,
            public_url=public_url,
            port=port,
        )

    def _admin(self, route: str, method: str = "POST", **parameters: object) -> Any:
        with requests.Session() as session:
            session.trust_env = False  # a proxy can't reach this machine's own server
            try:
                answer = session.request(
                    method,
                    f"{self.base_url}/_emulator/{route}",
                    **{"params" if method == "GET" else "data": parameters},  # type: ignore[arg-type]
                    headers={AFTER_CALLBACKS_HEADER: "1"} if self.home.is_here() else {},
                    auth=(self.account_sid, self.auth_token.reveal()),
                )
            except requests.ConnectionError:
                raise EmulatorGone(self.base_url) from None
        if answer.status_code != 200:
            raise EmulatorRefused(route, answer.json()["message"])
        return answer.json()


def _make_relay(*, domain: str | None = None, auth_token: str | None = None, ngrok_path: str | None = None) -> Tunnel:
    """Return a stand-in for a tunnel: in local mode nothing goes to ngrok, whatever the settings are."""
    return current_ground().make_relay()


_WHERE: dict[Mode, str] = {
    "local": "the TaskRouter emulator on this machine",
    "live": "your Twilio account",
}


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
        if _current is not None:
            if mode is not None and settings.as_mode(mode) != _current.mode:
                raise ModeFixed(_current.mode, mode)
            return _current
        extension.enable()  # before the settings are read, so that an error in them is one sentence
        found = settings.load()
        if mode is not None:
            _asked_for = settings.as_mode(mode)
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
        ended.listen().stop()


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
    account = consent.obtain(_make_onlooker("live", _LIVE_URL, sid, token), belongings, has_agreed=has_agreed)
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
    onlooker = _make_onlooker("local", url, sid, token)
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
    inner = _transport(mode, base_url)
    if belongings is not None:
        inner = belongings.begin(inner)
    client = Client(account_sid, auth_token.reveal(), http_client=RecordingHttpClient(inner, wire))
    return Connection(client, mode, base_url, account_sid, auth_token, wire, emulator, belongings, account)


def _make_onlooker(mode: Mode, base_url: str, account_sid: str, auth_token: Secret, is_home: bool = True) -> Client:
    return Client(account_sid, auth_token.reveal(), http_client=_transport(mode, base_url, is_home))


def _transport(mode: Mode, base_url: str, is_home: bool = True) -> HttpClient:
    """Return the transport of a client, which waits for callbacks only at home: a decision would wait for itself."""
    if mode == "live":
        from helpers.live.rate_limit import be_patient

        return TwilioHttpClient(timeout=_LIVE_TIMEOUT_SECONDS, max_retries=be_patient())  # type: ignore[arg-type]
    return EmulatorHttpClient(base_url, after_callbacks=is_home)


def _keep_loopback_from_proxies() -> None:
    """Exclude this machine from the learner's proxy, for ``requests`` and ``curl``: a proxy can't reach it."""
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join(dict.fromkeys([*hosts, "127.0.0.1", "localhost"]))
