"""Ways of Python's HTTP clients to the loopback: ``requests`` by an adapter, ``urllib.request`` by its connections."""

from __future__ import annotations

import http.client
from typing import Any, NoReturn, cast
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import PoolManager, connectionpool
from urllib3.exceptions import NewConnectionError

from helpers.errors.connection_problems import StaysInPage
from helpers.ground.page.loopback import LOOPBACK, NAMES

__all__ = ["LoopbackAdapter", "install"]


class HTTPConnection(connectionpool.HTTPConnection):  # type: ignore[name-defined, misc]
    """Connection that asks the loopback, and so sends and fails exactly as one with a socket does.

    In a page ``urllib3.connection`` has another class of that name, which asks the browser.
    """

    def _new_conn(self) -> Any:
        try:
            return LOOPBACK.connect(self.port or self.default_port)
        except ConnectionRefusedError as error:
            raise NewConnectionError(self, f"Failed to establish a new connection: {error}") from error

    @property
    def is_connected(self) -> bool:
        """False, so that each request asks anew who listens."""
        return False


class HTTPConnectionPool(connectionpool.HTTPConnectionPool):
    ConnectionCls = HTTPConnection


class LoopbackAdapter(HTTPAdapter):
    """Adapter of ``requests`` for addresses of this page."""

    poolmanager: PoolManager

    def init_poolmanager(self, *arguments: Any, **settings: Any) -> None:
        """Make connections that ask the loopback."""
        super().init_poolmanager(*arguments, **settings)
        self.poolmanager.pool_classes_by_scheme = {"http": HTTPConnectionPool}

    def send(self, request: requests.PreparedRequest, *arguments: Any, **settings: Any) -> requests.Response:
        """Send a request past all proxies, which can't reach this page."""
        return super().send(request, *arguments, **settings | {"proxies": None})


def install() -> None:
    """Lead requests for 127.0.0.1 and localhost to the loopback, and refuse all others."""
    adapter, elsewhere = LoopbackAdapter(), requests.Session.get_adapter

    def get_adapter(self: requests.Session, url: str) -> BaseAdapter:
        address = urlsplit(str(url))
        if address.scheme == "http" and address.hostname in NAMES:
            return adapter
        found = elsewhere(self, url)
        if type(found) is HTTPAdapter:  # any other was mounted for a purpose of its own
            _refuse(address.hostname)
        return found

    def connect_to_page(self: http.client.HTTPConnection) -> None:
        if self.host.lower() not in NAMES or isinstance(self, http.client.HTTPSConnection):
            _refuse(self.host.lower())
        self.sock = cast(Any, LOOPBACK.connect(self.port))
        self.sock.settimeout(cast(float | None, self.timeout) if isinstance(self.timeout, int | float) else None)

    requests.Session.get_adapter = get_adapter  # type: ignore[method-assign]
    http.client.HTTPConnection.connect = connect_to_page  # type: ignore[method-assign]


def _refuse(host: str | None) -> NoReturn:
    """Raise the error for a request that isn't plain HTTP to this page, and would leave it."""
    if host in NAMES:
        raise requests.exceptions.SSLError("Nothing in this page speaks https: write http://")
    raise StaysInPage(f"A request to {host}")
