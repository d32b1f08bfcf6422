"""Stands in for the ngrok agent: speaks its log lines and its local API, and really relays.

pyngrok starts it as it starts ngrok: ``start --none --log stdout --config FILE``. The public URL is a port on
loopback. What the authtoken begins with chooses a failure: bad, busy, none, lost, silent, mute, old, full.
"""

from __future__ import annotations

import http.client
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

REFUSED = {
    "bad": r"The authtoken you specified does not look right.\nYour authtoken: {token}\r\n\r\nERR_NGROK_105\r\n",
    "busy": r"Your account is limited to 1 simultaneous agent session.\r\n\r\nERR_NGROK_108\r\n",
    "none": r"Usage of ngrok requires a verified account and authtoken.\r\n\r\nERR_NGROK_4018\r\n",
    "lost": r"dial tcp: connect: connection refused",
}


class Relay(BaseHTTPRequestHandler):
    """Passes a public request on, telling the public host as ngrok does."""

    protocol_version = "HTTP/1.1"

    def relay(self) -> None:
        """Send the request upstream and the answer back, both unchanged."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = dict(self.headers.items())
        headers |= {"X-Forwarded-Proto": "http", "X-Forwarded-Host": self.headers["Host"]}
        upstream = urlsplit(self.server.upstream)  # type: ignore[attr-defined]
        connection = http.client.HTTPConnection(upstream.hostname or "", upstream.port, timeout=5)
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers.get("Content-Type", ""))
        if answer.status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = relay  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Only log lines of ngrok's form may appear."""


class Api(BaseHTTPRequestHandler):
    """The agent's API, as far as pyngrok needs it; both of its generations."""

    endpoints: dict[str, dict[str, Any]] = {}  # noqa: RUF012
    old = full = False

    def do_GET(self) -> None:
        """List the endpoints."""
        if self.old and "endpoints" in self.path:
            return self.answer(404, {"msg": "not found"})
        return self.answer(200, {"endpoints": list(self.endpoints.values())})

    def do_POST(self) -> None:
        """Open an endpoint."""
        wanted = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.full:
            return self.answer(502, {"error_code": 103, "details": {"err": "ERR_NGROK_324"}})
        relay = ThreadingHTTPServer(("127.0.0.1", 0), Relay)
        relay.upstream = wanted["upstream"]["url"] if "upstream" in wanted else wanted["addr"]  # type: ignore
        threading.Thread(target=relay.serve_forever, daemon=True).start()
        url = wanted.get("url") or f"http://127.0.0.1:{relay.server_port}"
        self.endpoints[wanted["name"]] = {"name": wanted["name"], "url": url, "public_url": url}
        return self.answer(201, self.endpoints[wanted["name"]])

    def do_DELETE(self) -> None:
        """Close an endpoint."""
        self.endpoints.pop(self.path.rsplit("/", 1)[1], None)
        self.send_response(204)
        self.end_headers()

    def answer(self, status: int, value: dict[str, Any]) -> None:
        """Send ``value`` as JSON."""
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Only log lines of ngrok's form may appear."""


def say(level: str, **fields: str) -> None:
    """Print one logfmt line."""
    text = " ".join(f'{name}="{value}"' for name, value in fields.items())
    print(f"t=2026-01-01T00:00:00+0000 lvl={level} {text}", flush=True)


def main() -> None:
    """Start as the authtoken in the settings wants it."""
    settings = json.loads(Path(sys.argv[sys.argv.index("--config") + 1]).read_text())
    token = settings["agent"]["authtoken"]
    assert token == os.environ["NGROK_AUTHTOKEN"]
    assert token not in sys.argv
    kind = token.partition("-")[0]
    if kind == "silent":
        return
    if kind == "mute":
        threading.Event().wait()
    if kind in REFUSED:
        say("eror", msg="failed to auth", err=REFUSED[kind].format(token=token))
        return
    Api.old, Api.full = kind == "old", kind == "full"
    api = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=api.serve_forever, daemon=True).start()
    say("info", msg="starting web service", obj="web", addr=f"127.0.0.1:{api.server_port}")
    say("info", msg="tunnel session started", obj="tunnels.session")
    say("info", msg="client session established", obj="csess")
    threading.Event().wait()


if __name__ == "__main__":
    main()
