"""Doors of a machine: an error says what is wrong with the port, and nothing else."""

from __future__ import annotations

import errno
import os

import pytest

from helpers.callbacks import Listener
from helpers.errors.listener_errors import CannotListen, PortTaken
from helpers.ground.machine import server


@pytest.mark.parametrize(
    ("number", "error", "text"),
    [
        (errno.EADDRINUSE, PortTaken, "Another program uses it, the system reserves it"),
        (errno.EACCES, PortTaken, "Another program uses it, the system reserves it"),
        (errno.EMFILE, CannotListen, r"port 8700 on 127\.0\.0\.1: Too many open files\."),
    ],
)
def test_port_is_blamed_only_where_it_is_the_cause(monkeypatch, number, error, text):
    """A port is taken or reserved; whatever else the system says is told as it is."""

    def refuse(host, port):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(server, "bind", refuse)

    with pytest.raises(error, match=text):
        Listener().start(8700)
