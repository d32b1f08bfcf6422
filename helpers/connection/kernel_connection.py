"""Connection: the client of a kernel, with what belongs to it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from twilio.rest import Client

from helpers.callbacks import Listener, listen
from helpers.connection.clients import make_onlooker
from helpers.connection.customer_call import CustomerCall
from helpers.connection.terminal_lines import TerminalLines
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.guard import is_loopback
from helpers.emulator.sdk.http_client import AFTER_CALLBACKS_HEADER, ONLOOKER_HEADER, EmulatorGone, Home
from helpers.errors.connection_problems import (
    EmulatorRefused,
    NoDuration,
    NoLessonClock,
    NoSimulatedCall,
    NotExportable,
    NothingToReset,
)
from helpers.ground.choice import current_ground
from helpers.ground.ground import Tunnel
from helpers.lessons.story import WORKSPACE
from helpers.settings import Mode, Secret
from helpers.wire import Wire

if TYPE_CHECKING:
    from helpers.emulator.server import RunningEmulator
    from helpers.live.account import TwilioAccount
    from helpers.live.belongings import Belongings
    from helpers.output.display import Display

__all__ = ["Connection"]

_WHERE: dict[Mode, str] = {
    "local": "the TaskRouter emulator on this machine",
    "live": "your Twilio account",
}


@dataclass(frozen=True, repr=False, eq=False)
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

    def dial(self, url: str, *, digits: str = "", worker_answers: bool = True) -> CustomerCall:
        """Let the emulator play a customer who calls a number of the lesson's Workspace; nobody's phone rings.

        Args:
            url: where the number leads: the application's route that answers with TwiML.
            digits: keys to press as soon as the TwiML asks for some.
            worker_answers: let a Worker's phone be answered as soon as it rings.

        Raises:
            NoSimulatedCall: the mode is live.
            EmulatorRefused: a value is none of the allowed ones, or the Workspace isn't there.
            EmulatorGone: it doesn't answer any more.
        """
        if self.mode == "live":
            raise NoSimulatedCall
        named = self.make_onlooker().taskrouter.v1.workspaces.list(friendly_name=self.workspace_name, limit=1)
        given = {"url": url, "digits": digits, "worker_answers": str(worker_answers).lower()}
        if named:  # else the emulator says that there is none
            given["workspace_sid"] = str(named[0].sid)
        return CustomerCall(self._admin, given)

    def reset(self) -> None:
        """Reset the kernel's own emulator, with its clock and SIDs, and clear the wire.

        Raises:
            NothingToReset: the kernel has no emulator of its own.
        """
        if self.emulator is None:
            raise NothingToReset
        self.emulator.reset()
        self.wire.clear()

    def clock(self, workspace_sid: str) -> dict[str, Any] | None:
        """Return the emulator's time and the next timer of this Workspace; None in live mode, where time is Twilio's.

        Keys are ``now_ms``, ``running`` (False in a lesson) and ``next``: None, or ``due_ms``, ``sid``, ``purpose``.
        """
        if self.emulator is not None:
            return self.emulator.read_clock(workspace_sid)
        return None if self.mode == "live" else self._admin("clock", method="GET", workspace_sid=workspace_sid)

    def make_onlooker(self) -> Client:
        """Return a Client whose requests aren't recorded on the wire, for views that only read."""
        return make_onlooker(self.mode, self.base_url, self.account_sid, self.auth_token, self.home.is_here())

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

    def portal(self, task: object = None) -> Display:
        """Show a link to the portal, the emulator's web page, and open it beside the notebook; in live mode Twilio's.

        Where the browser can't reach this kernel's machine, the pane has the same views without a page of its own.

        Args:
            task: Task of the SDK to begin at.

        Raises:
            NotShowable: ``task`` is something else.
            OtherWorld: it is a copy's or a branch's.
        """
        from helpers.console.portal_display import portal_of  # here, because few cells need it

        return portal_of(self, task, self.workspace_name)

    def export(self, **variables: str) -> TerminalLines:
        """Set environment variables for ``curl`` and other programs that cells run; return lines for a terminal.

        They are ``TASKROUTER_BASE``, ``TWILIO_ACCOUNT_SID``, ``TWILIO_AUTH_TOKEN`` and ``variables``. A terminal gets
        ``TASKROUTER_URL``, too, for programs such as the learner's app: it is empty in live mode. Only the token of the
        kernel's own emulator stands in the lines; the terminal asks for any other.

        Raises:
            NotExportable: a name or a value isn't one of an environment variable; nothing is set.
        """
        for name, text in variables.items():
            _require_exportable(name, text)
        exported = {
            "TASKROUTER_BASE": self.base_url,
            "TWILIO_ACCOUNT_SID": self.account_sid,
            "TWILIO_AUTH_TOKEN": self.auth_token.reveal(),
            **variables,
        }
        os.environ.update(exported)
        asked = () if self.emulator is not None else ("TWILIO_AUTH_TOKEN",)
        return TerminalLines(exported, asked, {"TASKROUTER_URL": self.emulator_url})

    @property
    def emulator_url(self) -> str:
        """Address of the emulator, as ``TASKROUTER_URL`` names it to other programs; an empty text in live mode."""
        return "" if self.mode == "live" else self.base_url

    def __repr__(self) -> str:
        where = _WHERE[self.mode]
        if self.mode == "local" and not is_loopback(urlsplit(self.base_url).hostname or ""):  # by TASKROUTER_URL
            where = f"a TaskRouter emulator at {self.base_url}"
        return f"Connection({self.mode}, {where}{f' {self.account}' if self.account else ''})"

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
            has_created=self._has_created,
            public_url=public_url,
            port=port,
        )

    def _has_created(self, workspace_sid: str) -> bool:
        return self.belongings is None or self.belongings.has_created(workspace_sid)

    def administer(self, method: str, path: str, parameters: Mapping[str, object]) -> requests.Response:
        """Send a request that no SDK has, below ``/_emulator`` or ``/portal``, and return the emulator's response.

        Raises:
            NoLessonClock: the mode is live, where there is no emulator.
            EmulatorGone: it doesn't answer any more.
        """
        if self.mode == "live":
            raise NoLessonClock
        headers = {AFTER_CALLBACKS_HEADER: "1"} if self.home.is_here() else {}
        if method == "GET":  # a view reads the clock
            headers[ONLOOKER_HEADER] = "1"
        with requests.Session() as session:
            session.trust_env = False  # a proxy can't reach this machine's own server
            try:
                return session.request(
                    method,
                    f"{self.base_url}{path}",
                    **{"params" if method == "GET" else "data": parameters},  # type: ignore[arg-type]
                    headers=headers,
                    auth=(self.account_sid, self.auth_token.reveal()),
                )
            except requests.ConnectionError:
                raise EmulatorGone(self.base_url) from None

    def _admin(self, route: str, method: str = "POST", **parameters: object) -> Any:
        answer = self.administer(method, f"/_emulator/{route}", parameters)
        if answer.status_code != 200:
            raise EmulatorRefused(route, answer.json()["message"])
        return answer.json()


def _require_exportable(name: str, text: object) -> None:
    """Raise NotExportable for a name that no shell can set, or a value that no environment can hold."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        raise NotExportable(name, "a shell can't have a variable with this name")
    if not isinstance(text, str):
        raise NotExportable(name, f"its value is {kind(text)}")
    if "\0" in text:
        raise NotExportable(name, "its value has a null character")


def _make_relay(*, domain: str | None = None, auth_token: str | None = None, ngrok_path: str | None = None) -> Tunnel:
    """Return a stand-in for a tunnel: in local mode nothing goes to ngrok, whatever the settings are."""
    return _make_once(current_ground().make_relay)


@cache
def _make_once(make_relay: Callable[[], Tunnel]) -> Tunnel:
    """Return the one relay of a ground: the edge of each keeps its address, so those of others would stay open, too."""
    return make_relay()
