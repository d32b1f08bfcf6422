"""Socket, address and uvicorn thread of a server."""

from __future__ import annotations

import socket
from pathlib import Path

from starlette.types import ASGIApp

from ...emulator_errors import BadStart
from ..web import server_thread
from ..web.server_thread import ServerThread
from .request_limits import EmulatorProtocol
from .socket_protocol import MAX_MESSAGE, open_socket

__all__ = ["bind", "name_in_url", "own_names", "serve"]

_KEEP_ALIVE_SECONDS = 3600
"""Time to keep an idle connection: the SDK's user can read for minutes between two requests."""

_LAST_ANSWERS_SECONDS = 2.0


def serve(app: ASGIApp, listening: socket.socket, certificate: tuple[Path, Path] | None = None) -> ServerThread:
    """Return a thread, not yet started, that serves ``app`` at ``listening``.

    Args:
        certificate: files of the certificate chain and its key, for https.

    Raises:
        BadStart: the certificate can't be used.
    """
    if certificate is not None:
        _check_certificate(*certificate)
    chain, key = certificate or (None, None)
    config = server_thread.configure(
        app,
        EmulatorProtocol,
        keep_alive_seconds=_KEEP_ALIVE_SECONDS,
        sockets=open_socket,
        ws_max_size=MAX_MESSAGE,
        ws_per_message_deflate=False,  # it would cost more time than a fast network saves
        lifespan="on",
        ssl_certfile=chain,
        ssl_keyfile=key,
    )
    return ServerThread(config, listening, name="TaskRouter emulator", last_answers_seconds=_LAST_ANSWERS_SECONDS)


def _check_certificate(chain: Path, key: Path) -> None:
    import ssl  # here, because only https needs it

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(chain, key)
    except OSError as error:
        raise BadStart(
            "certificate",
            f"The certificate {chain} with the key {key} cannot be used: {error}. Name two PEM files that belong "
            "together.",
        ) from error


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to ``host``; ``port`` 0 takes a free one.

    Raises:
        BadStart: the port is taken, or there is no such address.
    """
    if not host:
        raise BadStart("host", "The host is empty. Give an address, such as 127.0.0.1, or leave it out.")
    try:
        return server_thread.bind(host, port)
    except socket.gaierror as error:
        raise BadStart(
            "host", f"No address is known for {host}: {error.strerror}. Give one of this machine."
        ) from error
    except (OSError, OverflowError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).rstrip(".")
        raise BadStart(
            "port", f"Port {port} on {host} cannot be used: {reason}. Choose another one, or 0 for any that is free."
        ) from error


def own_names() -> tuple[str, ...]:
    """Return the names by which the network reaches this machine, without a query."""
    name = socket.gethostname()
    first = name.partition(".")[0]
    return name, first, f"{first}.local"  # the last by multicast DNS


def name_in_url(host: str) -> str:
    """Return the name in URLs by which this machine reaches a bound address."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"[{reachable}]" if ":" in reachable else reachable
