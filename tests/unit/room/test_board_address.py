"""A board's address has a room code, no password, and https unless it stays in a private network."""

from __future__ import annotations

import pytest

from helpers.errors.room_problems import BadBoardAddress
from helpers.room.board_address import read_address


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:8801",
        "http://localhost:8801",
        "http://10.0.0.5:8801",
        "http://172.31.0.1",
        "http://192.168.1.20:8801",
        "http://169.254.3.4:8801",
        "http://[fe80::1]:8801",
        "http://[fd00::1]:8801",
        "http://[::ffff:10.0.0.5]:8801",
        "http://hub:8081",
        "http://instructor.local:8801",
        "http://Instructor.LOCAL.:8801",
        "http://INSTRUCTOR:8801",
        "http://hub.jhub.svc.cluster.local",
        "https://hub.example.org",
        "https://8.8.8.8",
    ],
)
def test_safe_address_is_accepted(place):
    """What is shown of it has no room code."""
    address = read_address(f" {place}/board?room=K7QM4T ")

    assert address.url == f"{place}/board?room=K7QM4T"
    assert address.shown == f"{place}/board"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("http://example.org/board?room=K7QM4T", "must begin with https://"),
        ("http://8.8.8.8:8801/board?room=K7QM4T", "must begin with https://"),
        ("http://172.32.0.1/board?room=K7QM4T", "must begin with https://"),
        ("http://100.64.0.1/board?room=K7QM4T", "must begin with https://"),
        ("http://134744072/board?room=K7QM4T", "must begin with https://"),
        ("http://0x08080808/board?room=K7QM4T", "must begin with https://"),
        ("http://010.8.8.8/board?room=K7QM4T", "must begin with https://"),
        ("http://10.0.0.5.example.org/board?room=K7QM4T", "must begin with https://"),
        ("http://[2001:4860::8888]/board?room=K7QM4T", "must begin with https://"),
        ("http://[::ffff:8.8.8.8]/board?room=K7QM4T", "must begin with https://"),
        ("http://alice:hunter2@10.0.0.5/board?room=K7QM4T", "needs neither"),
        ("http://10.0.0.5:8801/board", "room code is missing"),
        ("http://10.0.0.5:8801/board?room=", "room code is missing"),
        ("http://10.0.0.5:88010/board?room=K7QM4T", "must begin with http://"),
        ("http://10.0.0.5:0/board?room=K7QM4T", "must begin with http://"),
        ("10.0.0.5:8801/board?room=K7QM4T", "must begin with http://"),
        ("file:///etc/passwd?room=K7QM4T", "must begin with http://"),
        ("http:///board?room=K7QM4T", "must begin with http://"),
        ("http://[10.0.0.5/board?room=K7QM4T", "must begin with http://"),
        ("http://10.0.0.5/bo ard?room=K7QM4T", "spaces"),
        ("http://10.0.0.5/board?room=" + "K" * 10_000, "more characters"),
        ("http://10.0.0.5%0d%0a/board?room=K7QM4T", "isn't a name or an address"),
        ("", "must begin with http://"),
        (8801, "text in quotes"),
    ],
)
def test_other_addresses_are_refused(text, rule):
    """The error says the rule, and shows neither the room code nor a password."""
    with pytest.raises(BadBoardAddress) as refused:
        read_address(text)

    assert rule in str(refused.value)
    assert "Nothing was sent" in str(refused.value)
    assert not {"K7QM4T", "hunter2"} & set(str(refused.value).replace("'", " ").replace("=", " ").split())
    assert "hunter2" not in str(refused.value)
