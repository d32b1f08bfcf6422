"""Stands in for the ngrok agent: speaks its log lines and its local API, and really relays.

pyngrok starts it as it starts ngrok: ``start --none --log stdout --config FILE``. Text before a hyphen in the authtoken
chooses a failure: one of ngrok's codes, such as ``107-token``, a number that ngrok doesn't have, or ``lost``,
``silent``, ``mute``, ``old``. With ``random-token`` each tunnel has another URL.

On a stage NGROK_STAND_IN_EDGE names the port of ngrok's edge (``edge.py``), where public URLs are answered. Without it
the public URL is a port on loopback. The texts are those of https://ngrok.com/docs/errors and of people's reports.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import os
import secrets
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

SESSION_REFUSALS = {
    "105": r"authentication failed: The authtoken you specified does not look like a proper ngrok authtoken.\n"
    r"Your authtoken: {token}\nInstructions to install your authtoken are on your ngrok dashboard:\n"
    "https://dashboard.ngrok.com/get-started/your-authtoken",
    "107": r"authentication failed: The authtoken you specified is properly formed, but it is invalid.\n"
    r"Your authtoken: {token}\nThis usually happens when:\n    - You reset your authtoken",
    "108": r"authentication failed: Your account is limited to 1 simultaneous ngrok agent sessions.\nYou can run "
    "multiple simultaneous tunnels from a single agent session by defining the tunnels in your agent configuration "
    "file and starting them with the command `ngrok start --all`.",
    "121": r"authentication failed: Your ngrok-agent version \"2.3.41\" is too old. The minimum supported agent "
    r"version for your account is \"3.19.0\". Please update to a newer version with `ngrok update`, by downloading "
    "from https://ngrok.com/download, or by updating your SDK version.",
    "4018": "authentication failed: Usage of ngrok requires a verified account and authtoken.",
    "9040": "authentication failed: We do not allow agents to connect to ngrok from your IP address (203.0.113.7).",
}
TUNNEL_REFUSALS = {
    "324": "failed to start tunnel: Your account may not run more than 3 tunnels over a single ngrok agent session.\n"
    "The tunnels already running on this session are:\n{url}",
    "334": "failed to start tunnel: The endpoint '{url}' is already online. Either\n1. stop your existing endpoint "
    "first, or\n2. start both endpoints with `--pooling-enabled` to load balance between them.",
}
EDGE = os.environ.get("NGROK_STAND_IN_EDGE", "")
HOP = {"connection", "content-length", "date", "server", "transfer-encoding"}


class Relay(BaseHTTPRequestHandler):
    """Passes a public request on; without an edge it also tells the public host as that does."""

    protocol_version = "HTTP/1.1"

    def __getattr__(self, name: str) -> Any:
        """Serve any method."""
        if name.startswith("do_"):
            return self.relay
        raise AttributeError(name)

    def relay(self) -> None:
        """Send the request upstream and the answer back, both unchanged."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = dict(self.headers.items())
        if not EDGE:
            headers |= {"X-Forwarded-Proto": "http", "X-Forwarded-Host": self.headers["Host"]}
        upstream = urlsplit(self.server.upstream)  # type: ignore[attr-defined]
        connection = http.client.HTTPConnection(upstream.hostname or "", upstream.port, timeout=30)
        try:
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            self.answer(answer.status, answer.getheaders(), answer.read())
        except OSError:
            code = "ERR_NGROK_8012"
            text = (
                "Traffic was successfully tunneled to the ngrok agent, but the agent failed to establish a connection "
                f"to the upstream web service at {upstream.netloc}.\r\n\r\n{code}\r\n"
            )
            self.answer(502, [("Content-Type", "text/plain"), ("Ngrok-Error-Code", code)], text.encode())
        finally:
            connection.close()

    def answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        """Send the answer, and note the exchange for the agent's own page."""
        Api.exchanges.append({"request": {"method": self.command, "uri": self.path}, "response": {"status": status}})
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP:
                self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Only log lines of ngrok's form may appear."""


class Api(BaseHTTPRequestHandler):
    """The agent's API and page, as far as pyngrok and people need them; both generations of the API."""

    endpoints: dict[str, dict[str, Any]] = {}  # noqa: RUF012
    exchanges: list[dict[str, Any]] = []  # noqa: RUF012
    kind = token = ""

    def do_GET(self) -> None:
        """List the endpoints, or show the exchanges."""
        if self.path.startswith("/api/requests/http"):
            return self.answer(200, {"requests": self.exchanges})
        if not self.path.startswith("/api/"):
            return self.answer(200, "<title>ngrok - Inspect</title>", "text/html")
        if self.kind == "old" and "endpoints" in self.path:
            return self.answer(404, {"msg": "not found"})
        return self.answer(200, {"endpoints": list(self.endpoints.values())})

    def do_POST(self) -> None:
        """Open an endpoint."""
        wanted = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        relay = ThreadingHTTPServer(("127.0.0.1", 0), Relay)
        relay.upstream = wanted["upstream"]["url"] if "upstream" in wanted else wanted["addr"]  # type: ignore
        url = wanted.get("url") or own_url(self.token, self.kind, relay.server_port)
        code = self.kind if self.kind in TUNNEL_REFUSALS else EDGE and go_online(url, relay.server_port)
        if code:
            relay.server_close()
            text = TUNNEL_REFUSALS[code].format(url=url) + f"\r\n\r\nERR_NGROK_{code}\r\n"
            failed = {"error_code": 103, "status_code": 502, "msg": "failed to start tunnel", "details": {"err": text}}
            return self.answer(502, failed)
        threading.Thread(target=relay.serve_forever, daemon=True).start()
        self.endpoints[wanted["name"]] = {"name": wanted["name"], "url": url, "public_url": url}
        say("info", msg="started tunnel", obj="tunnels", name=wanted["name"], url=url)
        return self.answer(201, self.endpoints[wanted["name"]])

    def do_DELETE(self) -> None:
        """Close an endpoint."""
        endpoint = self.endpoints.pop(self.path.rsplit("/", 1)[1], None)
        if endpoint is not None and endpoint["url"] in ONLINE:
            ONLINE.pop(endpoint["url"]).shutdown(socket.SHUT_RDWR)
        self.send_response(204)
        self.end_headers()

    def answer(self, status: int, value: dict[str, Any] | str, kind: str = "application/json") -> None:
        """Send ``value``, as JSON unless it is text."""
        body = (value if isinstance(value, str) else json.dumps(value)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Only log lines of ngrok's form may appear."""


ONLINE: dict[str, socket.socket] = {}
"""Connections to the edge by URL; each keeps its URL online, as long as the agent lives."""


def go_online(url: str, port: int) -> str:
    """Tell the edge where ``url`` leads to; return ngrok's code if it refuses."""
    session = socket.create_connection(("127.0.0.1", int(EDGE)), timeout=10)
    session.settimeout(None)  # it lasts as long as the tunnel
    answers = session.makefile()
    session.sendall(json.dumps({"host": urlsplit(url).hostname, "port": port}).encode() + b"\n")
    code = answers.readline().strip()
    if not code:
        ONLINE[url] = session
        threading.Thread(target=wait_for_the_end, args=(url, answers), daemon=True).start()
    return code


def wait_for_the_end(url: str, answers: TextIO) -> None:
    """Say what the real agent says when the edge ends a connection that nobody here closed; end with the stage."""
    answers.read()
    if ONLINE.pop(url, None) is not None:
        say("eror", msg="session closed, starting reconnect loop", obj="tunnels.session", err="session closed")
        while is_there(int(EDGE)):
            time.sleep(0.5)
        os._exit(0)


def is_there(port: int) -> bool:
    """True if something listens at the port."""
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def own_url(token: str, kind: str, port: int) -> str:
    """Return the URL that nobody asked for: an account's one dev domain (ngrok's free plan, 2026), or a new one."""
    if not EDGE:
        return f"http://127.0.0.1:{port}"
    name = secrets.token_hex(4) if kind == "random" else hashlib.sha256(token.encode()).hexdigest()[:12]
    return f"https://{name}.ngrok-free.dev"


def say(level: str, **fields: str) -> None:
    """Print one logfmt line."""
    text = " ".join(f'{name}="{value}"' for name, value in fields.items())
    with contextlib.suppress(OSError):  # a killed kernel reads no more
        print(f"t=2026-01-01T00:00:00+0000 lvl={level} {text}", flush=True)


def main() -> None:
    """Start as the authtoken in the settings wants it."""
    settings = json.loads(Path(sys.argv[sys.argv.index("--config") + 1]).read_text())
    token = settings["agent"]["authtoken"]
    assert token == os.environ["NGROK_AUTHTOKEN"]
    assert token not in sys.argv
    kind = token.partition("-")[0] if "-" in token else ""
    if kind == "silent":
        return
    if kind == "mute":
        threading.Event().wait()
    if kind == "lost":
        say("eror", msg="failed to reconnect session", err="dial tcp: connect: connection refused")
        return
    if kind.isdigit() and kind not in TUNNEL_REFUSALS:
        text = SESSION_REFUSALS.get(kind, "authentication failed: Something that nobody here has heard of.")
        err = text.format(token=token) + rf"\r\n\r\nERR_NGROK_{kind}\r\n"
        say("eror", msg="failed to auth", obj="tunnels.session", err=err)
        return
    Api.kind, Api.token = kind, token
    api = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=api.serve_forever, daemon=True).start()
    say("info", msg="starting web service", obj="web", addr=f"127.0.0.1:{api.server_port}", allow_hosts="[]")
    say("info", msg="tunnel session started", obj="tunnels.session")
    say("info", msg="client session established", obj="csess")
    threading.Event().wait()


if __name__ == "__main__":
    main()
