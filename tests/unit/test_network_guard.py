"""The suite's own guard: no test reaches beyond this machine."""

from __future__ import annotations

import socket

import httpx
import pytest


@pytest.mark.parametrize("url", ["http://192.0.2.1/", "http://[2001:db8::1]/", "https://taskrouter.twilio.com/"])
def test_other_machines_are_refused(url):
    """An address or a name that is not this machine's fails the test before anything is sent."""
    with pytest.raises(AssertionError, match=r"127\.0\.0\.1 only"):
        httpx.get(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_reached(host):
    """Servers of the test itself can be reached by address and by name."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1]), timeout=5).close()
