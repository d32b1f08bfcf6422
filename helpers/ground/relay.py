"""Relay: a stand-in for ngrok on this machine, for lessons that open a tunnel without going to the internet.

Callers see what they see of ngrok: its headers on requests that pass, and its own responses where none can. Sources:
ngrok's pages on ERR_NGROK_3004, 3200 and 8012, and responses that people quote; the page that browsers get instead of
the plain text isn't imitated.
"""

from __future__ import annotations

import http.client
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from helpers.ground.edge_responses import NGROK_CODE, explain_response
from helpers.ground.ground import Door, Receiver
from helpers.ground.message import Reply, Request, header

__all__ = ["Relay"]

PATIENCE_SECONDS = 10.0
"""Time limit for a request to arrive at the edge, as at the listener."""

_UPSTREAM_SECONDS = 30.0

_OWN_WAY = {"connection", "content-length", "date", "keep-alive", "server", "te", "trailer", "transfer-encoding"}
"""Headers about one connection, or that each server writes itself, and so not passed on."""

_FORWARDED = "x-forwarded-"


class Relay:
    """Tunnel through an edge on this machine, which keeps its address as a free ngrok account keeps its domain.

    Args:
        open_door: the ground's, for the edge.
    """

    inspector_url = None

    def __init__(self, open_door: Callable[[int, Receiver, float], Door]) -> None:
        self._open_door = open_door
        self._edge = _PublicEdge()
        self._door: Door | None = None
        self.public_url: str | None = None

    def open(self, url: str) -> str:
        """Lead what comes to the edge on to ``url``, and return the edge's address, always the same."""
        if self._door is None:
            self._door = self._open_door(0, self._edge, PATIENCE_SECONDS)
        self._edge.upstream = url
        self.public_url = f"http://127.0.0.1:{self._door.port}"
        return self.public_url

    def close(self) -> None:
        """Close the tunnel; its address says from now on that it is offline."""
        self._edge.upstream = self.public_url = None

    def lose(self) -> bool:
        """End the tunnel as a crash of ngrok's agent does, of which nobody is told."""
        self._edge.upstream = None
        return True

    def trouble(self) -> str | None:
        """Return a sentence if the tunnel has been lost, else None."""
        if self.public_url is None or self._edge.upstream is not None:
            return None
        return "The tunnel has ended, and its public URL leads nowhere."

    def explain(self, status: int, headers: Mapping[str, str]) -> str | None:
        """Return a sentence about a response of the edge's own."""
        return explain_response(status, headers)


class _PublicEdge:
    """Receiver at the public address: passes requests on while a tunnel is connected."""

    server_name = None

    def __init__(self) -> None:
        self.upstream: str | None = None
        """URL that the tunnel leads to; None while it is offline."""

    def answer(self, request: Request) -> tuple[Reply, object]:
        """Return the reply from behind the tunnel, or the edge's own."""
        upstream = self.upstream
        if upstream is None:
            return _refuse(404, "ERR_NGROK_3200", f"The endpoint {header(request.headers, 'Host')} is offline."), None
        return _pass_on(request, upstream), None

    def turn_away(self, request: Request, reply: Reply) -> Reply:
        """Return the refusal: such a request doesn't get through."""
        return reply


def _pass_on(request: Request, upstream: str) -> Reply:
    target = urlsplit(upstream)
    connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=_UPSTREAM_SECONDS)
    try:
        _send(connection, request, target.path)
        response = connection.getresponse()
        return _reply(response, response.read())
    except OSError:
        return _refuse(502, "ERR_NGROK_8012", f"The tunnel is open, but nothing answers behind it at {upstream}.")
    except (http.client.HTTPException, ValueError):  # of the response, or a request that can't be sent once more
        return _refuse(502, "ERR_NGROK_3004", "The server returned an invalid or incomplete HTTP response.")
    finally:
        connection.close()


def _send(connection: http.client.HTTPConnection, request: Request, prefix: str) -> None:
    connection.putrequest(request.method, prefix + request.target, skip_host=True, skip_accept_encoding=True)
    for name, value in request.headers.items():
        if name.lower() not in _OWN_WAY and not name.lower().startswith(_FORWARDED):
            connection.putheader(name, value)
    connection.putheader("X-Forwarded-For", "127.0.0.1")
    connection.putheader("X-Forwarded-Host", header(request.headers, "Host"))
    connection.putheader("X-Forwarded-Proto", "http")
    if request.raw or header(request.headers, "Content-Length"):
        connection.putheader("Content-Length", str(len(request.raw)))
    connection.endheaders(request.raw or None)


def _reply(response: http.client.HTTPResponse, body: bytes) -> Reply:
    headers = [(name.lower(), value) for name, value in response.getheaders() if name.lower() not in _OWN_WAY]
    content_type = next((value for name, value in headers if name == "content-type"), "")
    more = tuple(each for each in headers if each[0] != "content-type")
    return Reply(response.status, body, content_type, headers=more)


def _refuse(status: int, code: str, sentence: str) -> Reply:
    text = f"{sentence}\r\n\r\n{code}\r\n"
    return Reply(status, text.encode(), "text/plain; charset=utf-8", headers=((NGROK_CODE, code),))
