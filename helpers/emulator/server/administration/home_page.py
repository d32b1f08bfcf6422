"""Page at the emulator's root."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse

from ...callbacks.faults import FAULTS

__all__ = ["home"]

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>TaskRouter emulator</title>
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem }
pre, code { font-family: ui-monospace, monospace; font-size: .9em }
pre { overflow-x: auto; padding: .75rem 1rem; border: 1px solid #8886; border-radius: .4rem }
td, th { text-align: left; vertical-align: top; padding: .2rem 1.2rem .2rem 0 }
</style>
</head>
<body>
<h1>TaskRouter emulator</h1>
<p>This is a stand-in for Twilio TaskRouter, on a machine of your own. It answers under <code>/v1</code> as
<code>taskrouter.twilio.com</code> does. The clock is {clock}.</p>
<h2>From Python</h2>
<pre>from twilio.rest import Client
from {package}.sdk import EmulatorHttpClient

client = Client(account_sid, auth_token, http_client=EmulatorHttpClient("{url}"))
client.taskrouter.v1.workspaces.list()</pre>
<h2>From a shell</h2>
<pre>curl {url}/v1/Workspaces -u "$ACCOUNT_SID:$AUTH_TOKEN"</pre>
<p>Account SID and Auth Token are in the line the emulator printed when it started.</p>
<h2>Beyond Twilio's API</h2>
<p>If the network reaches this emulator (<code>--host</code>), these ask for Account SID and Auth Token, too.</p>
<table>
{rows}
</table>
</body>
</html>
"""

_PACKAGE = __name__.removesuffix(".server.administration.home_page")

_ROUTES = (
    ("GET", "/_emulator/explain", "why Tasks wait, and the alerts: for a test that has failed"),
    (
        "GET",
        "/_emulator/explain/SID",
        "why a Task waits, and what would help; JSON for <code>Accept: application/json</code>",
    ),
    ("GET", "/_emulator/clock", "the time, and the next timer"),
    ("POST", "/_emulator/clock/advance", "advance the clock by <code>seconds</code>"),
    ("POST", "/_emulator/clock/pause", "pause the clock, but for the step of each write"),
    ("POST", "/_emulator/clock/step", "set the time in <code>seconds</code> that each write takes while it is paused"),
    ("POST", "/_emulator/clock/run", "run the clock"),
    ("POST", "/_emulator/seed", "make Workspaces from a document that uses names, not SIDs"),
    ("GET", "/_emulator/snapshot", "everything as one JSON document; <code>?events=true</code> adds the events"),
    ("POST", "/_emulator/restore", "go back to a snapshot"),
    ("POST", "/_emulator/reset", "delete everything and start over"),
    ("GET", "/_emulator/deliveries", "callbacks that were sent, and the replies"),
    ("POST", "/_emulator/deliveries/NUMBER/replay", "send a callback again"),
    ("GET", "/_emulator/alerts", "what Twilio's debugger would show"),
    (
        "POST",
        "/_emulator/calls",
        "call the application: its <code>url</code> answers with TwiML; perhaps <code>digits</code> to press",
    ),
    ("GET", "/_emulator/calls", "the calls, what their callers heard, and their Tasks"),
    ("GET", "/_emulator/calls/SID", "one call"),
    ("POST", "/_emulator/calls/SID/press", "press <code>digits</code> of the caller's phone"),
    ("POST", "/_emulator/calls/SID/answer", "answer the Worker's phone, for <code>worker_answers=false</code>"),
    ("POST", "/_emulator/calls/SID/hangup", "hang up: <code>party</code> is caller or worker"),
    ("GET", "/_emulator/faults", "faults that haven't happened yet"),
    ("POST", "/_emulator/faults", f"add a fault: {', '.join(FAULTS)}"),
    ("DELETE", "/_emulator/faults", "remove the faults that haven't happened yet, and send what waits to be overtaken"),
    ("GET", "/_emulator/health", "status and version; never asks for a password"),
    ("GET", "/_emulator/openapi.json", "OpenAPI description of the routes under <code>/v1</code>"),
)


def home(clock: str, request: Request) -> HTMLResponse:
    """Return the page; ``clock`` is a phrase for the state of the clock."""
    rows = "\n".join(
        f"<tr><td>{method}</td><td><code>{path}</code></td><td>{what}</td></tr>" for method, path, what in _ROUTES
    )
    page = _PAGE.replace("{package}", _PACKAGE).replace("{clock}", clock).replace("{rows}", rows)
    return HTMLResponse(page.replace("{url}", str(request.base_url).rstrip("/")))
