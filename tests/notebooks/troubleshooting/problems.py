"""Problems that no cell in local mode can make: of the app, the tunnel, live mode, and the portal.

An error of the helpers is raised here with sample values. Whatever else is told is a text that the code has.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import requests

from helpers.callbacks.inbox.inbox import Inbox
from helpers.errors import HelperError
from helpers.errors import app_problems as app
from helpers.errors import connection_problems as connection
from helpers.errors import listener_errors as listener
from helpers.errors import tunnel_errors as tunnel
from helpers.ground.own_tunnel import find_fault
from helpers.guide.hints.twilio_error import Refusal
from helpers.live.advice.no_answer import describe_no_answer
from helpers.live.advice.trouble import advise_on_account

__all__ = ["PORTAL", "PROBLEMS", "PROXY", "account_rows", "no_answers"]


def _nothing_arrived() -> HelperError:
    with pytest.raises(listener.NothingArrived) as raised:
        Inbox().wait(path="/assignment_callback", timeout=0)
    return raised.value


PROBLEMS = {
    "app": (
        app.AppMissing("my_app/app.py"),
        app.AppSyntax("my_app/app.py", 12, "def reply(:", "invalid syntax"),
        app.AppUnreadable("my_app/app.py"),
        app.AppPortTaken(8000),
        app.AppStopped("Your app has ended by itself.", "KeyError: 'TaskSid'", "Start it with `app = run_app()`."),
        app.AppTooSlow(10),
        app.AppUnreachable(),
    ),
    "listener": (
        listener.PortTaken(8000),
        listener.CannotListen(8000, "Permission denied"),
        listener.ListenerStopped("The URL"),
        listener.NotADecision("a dictionary"),
        listener.NotReplayable("text"),
        listener.NotSelectable("TaskSid", 5),
        _nothing_arrived(),
        listener.NotAWorkflow("text"),
        listener.NotOwnWorkflow("Support"),
        listener.NotPublic(),
        listener.NoAuthToken(),
        listener.BadPublicUrl("http://example.com", str(find_fault("http://example.com"))),
    ),
    "tunnel": (
        tunnel.TunnelLost("The tunnel at https://example.ngrok-free.dev was closed."),
        tunnel.NotReached("https://example.ngrok-free.dev", "Nothing responded there (ConnectionError)."),
        tunnel.TokenMissing(),
        tunnel.TokenRefused(),
        tunnel.TooManySessions(),
        tunnel.TooManyTunnels("Your account may not run more than 3 endpoints"),
        tunnel.UrlInUse("The endpoint 'https://example.ngrok-free.dev' is already online"),
        tunnel.DomainRefused("The domain 'example.com' is reserved for another account"),
        tunnel.AddressRefused(),
        tunnel.NgrokUnreachable("dial tcp: i/o timeout"),
        tunnel.AgentMissing(reason="HTTP 503"),
        tunnel.AgentNotExecutable("Permission denied"),
        tunnel.AgentNotRenewed("HTTP 503"),
        tunnel.AgentInUse("Text file busy"),
        tunnel.AgentTooOld(),
        tunnel.AgentSettings(),
        tunnel.AgentStopped("The account is suspended", "ERR_NGROK_115"),
    ),
    "connection": (
        connection.MissingCredentials("Live mode", ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"]),
        connection.WrongCredential("TWILIO_ACCOUNT_SID", "isn't an Account SID, which is AC and 32 digits 0-9 a-f."),
        connection.BadSetting("the mode", "Live!", "It must be local or live. Leave it out to stay in local mode."),
        connection.ModeFixed("local", "live"),
        connection.CannotAsk("AC12…"),
        connection.NotAgreed(),
        connection.ConsentElsewhere("AC12…", "AC34…"),
        connection.LedgerProblem(".local/live", "Permission denied"),
        connection.NoLessonClock(),
        connection.NoSimulatedCall(),
        connection.NoDuration("60"),
        connection.NotExportable("WORKSPACE SID", "a shell can't have a variable with this name"),
        connection.NoEmulator("http://localhost"),
        connection.EmulatorRefused(
            "clock/advance", "cannot advance by -1 s: time only runs forward, ten years at most"
        ),
        connection.NothingToReset(),
        connection.StaysInPage("Live mode"),
    ),
}
"""Errors by the id of their section's cell."""

_ACCOUNT_ERRORS = (
    Refusal(401, 20003, "Authenticate", ""),
    Refusal(403, 20005, "Account not active", ""),
    Refusal(403, 70051, "Authorization error", ""),
    Refusal(403, 20008, "Test credentials", ""),
    Refusal(429, 20429, "Too many requests", ""),
    Refusal(503, 20503, "Service unavailable", ""),
    Refusal(404, 404, "", "", is_page=True),
)
"""Errors that Twilio alone returns."""

_NO_ANSWERS = (
    requests.exceptions.ConnectionError(),
    requests.exceptions.ReadTimeout(),
    requests.exceptions.ChunkedEncodingError(),
    requests.exceptions.ProxyError(),
    requests.exceptions.ProxyError("Tunnel connection failed: 407"),
    requests.exceptions.ProxyError("Tunnel connection failed: 403"),
    requests.exceptions.InvalidSchema("Missing dependencies for SOCKS support."),
    requests.exceptions.InvalidURL(),
    requests.exceptions.SSLError("CERTIFICATE_VERIFY_FAILED"),
    requests.exceptions.SSLError("certificate has expired"),
    requests.exceptions.SSLError("hostname mismatch"),
    requests.exceptions.SSLError(),
)
"""Failures of requests that didn't get an answer of Twilio's."""

PROXY = {"HTTPS_PROXY": "http://proxy.example:8080", "REQUESTS_CA_BUNDLE": "", "CURL_CA_BUNDLE": "", "NO_PROXY": ""}
"""Variables with which they are told."""

PORTAL = (
    (
        "The emulator has stopped.",
        "The page shows what was there before, and keeps what you typed.",
        "Start the emulator again, or run the notebook's set-up cells. Then click *Retry*.",
    ),
    (
        "The emulator was restarted. You see its new state.",
        "Without a database the emulator forgets everything when it stops.",
        "Run the cells that create your Workspace again.",
    ),
    (
        "This Workspace no longer exists.",
        "It was deleted, for example by `tidy_up()`.",
        "Click *All Workspaces*, or run the cell with `catch_up` again.",
    ),
    (
        "Someone else saved this Task first.",
        "The attributes changed while you were editing them.",
        "Compare both versions on the page, and choose one.",
    ),
    (
        "The kernel has stopped",
        "A board in a cell needs the kernel that drew it.",
        "Run the notebook's cells again, up to the one that shows the board.",
    ),
    (
        "Waiting for the kernel.",
        "A kernel does one thing at a time, and a cell is running.",
        "Wait for the cell, or stop it: *Kernel › Interrupt Kernel*.",
    ),
    (
        "This page can't be shown.",
        "The portal has a fault. Your Workspace is as it was.",
        "Click *Reload page*, or open another page.",
    ),
)
"""What the portal and the board in a cell say, why, and what to do."""


def account_rows() -> Iterable[tuple[str, str]]:
    """Yield status and code of each error that Twilio alone returns, and the advice on it."""
    for refused in _ACCOUNT_ERRORS:
        seen = "a web page instead of JSON" if refused.is_page else f"{refused.status}, code {refused.code}"
        yield seen, str(advise_on_account(refused))


def no_answers() -> list[str]:
    """Return what is said about each failure without an answer."""
    return [describe_no_answer(error) for error in _NO_ANSWERS]
