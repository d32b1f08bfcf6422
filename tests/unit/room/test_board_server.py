"""A board's setting: its address, its code, and what JupyterHub tells a service."""

from __future__ import annotations

import socket
from types import SimpleNamespace

import psutil
import pytest

from helpers.emulator.emulator_errors import BadStart
from helpers.room import board_server
from helpers.room.board_server import BoardServer, BoardSetting, setting_on_hub
from tests.unit.room.conftest import HTTP

HUB = {"JUPYTERHUB_SERVICE_URL": "http://127.0.0.1:8801", "JUPYTERHUB_SERVICE_PREFIX": "/services/board/"}


def test_address_and_line_are_printed(board):
    """The line can be typed as it stands; a board on loopback says that nobody else reaches it."""
    told = board.describe()

    assert f'  from helpers import share_progress; share_progress("seat 12", "{board.url}")' in told.splitlines()
    assert board.url.startswith("http://127.0.0.1:")
    assert "Only this machine reaches it" in told


def test_board_without_lessons_says_so(monkeypatch):
    """Installed without a clone, it knows only those of the folder in which it starts."""
    monkeypatch.setattr(board_server, "read_lessons", lambda: ())
    server = BoardServer(BoardSetting(port=0))
    server.end()

    assert "It finds no lessons here" in server.describe()


@pytest.mark.parametrize(("mine", "refused"), [("192.168.1.20", False), ("198.51.100.7", True)])
def test_board_for_laptops_names_the_address_that_they_reach(monkeypatch, mine, refused):
    """If their notebooks would refuse it, the instructor reads so at the start, not in the room."""
    monkeypatch.setattr(board_server, "_find_places", lambda listening: {mine: "eth0"})
    server = BoardServer(BoardSetting(host="0.0.0.0", port=0, room="ROOM22"))
    server.end()
    told = server.describe()

    assert f'"http://{mine}:' in told
    assert ("Notebooks refuse http" in told) == refused
    assert server.url.startswith("http://127.0.0.1:")


def test_board_for_laptops_names_all_addresses_that_they_may_reach(monkeypatch):
    """In the line the likeliest one, neither a VPN's nor one that notebooks refuse; the others below, to be tried."""
    networks = {
        "lo": ("127.0.0.1", None),
        "tun0": ("10.8.0.2", "10.8.0.1"),
        "docker0": ("172.17.0.1", None),
        "eth0": ("198.51.100.7", None),
        "eth1": ("169.254.3.4", None),
        "wlan0": ("192.168.1.20", None),
        "off": ("192.168.1.21", None),
    }
    addresses = {
        name: [SimpleNamespace(family=socket.AF_INET, address=mine, ptp=other)]
        for name, (mine, other) in networks.items()
    }
    monkeypatch.setattr(board_server, "_find_way_out", lambda: "192.168.1.20")
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: addresses)
    monkeypatch.setattr(
        psutil, "net_if_stats", lambda: {name: SimpleNamespace(isup=name != "off") for name in networks}
    )
    server = BoardServer(BoardSetting(host="0.0.0.0", port=0, room="ROOM22"))
    server.end()
    told = server.describe()

    assert '"http://192.168.1.20:' in told
    assert "--room ROOM22 --host" in told
    assert told.splitlines()[-2:] == ["  172.17.0.1 (docker0)", "  10.8.0.2 (tun0)"]


def test_code_is_new_each_time():
    """Nobody guesses it from yesterday's."""
    codes = set()
    for _ in range(3):
        server = BoardServer(BoardSetting(port=0))
        server.end()
        codes.add(server.room)

    assert len(codes) == 3
    assert all(len(code) == 6 and code.isalnum() and code.isupper() for code in codes)


@pytest.mark.parametrize("room", ["ABCDE", "x" * 33, "a b c d", "ROOM22/1", "räume"])
def test_code_that_cannot_stand_in_an_address(room):
    """It is letters and digits."""
    with pytest.raises(BadStart, match="6 to 32 letters"):
        BoardServer(BoardSetting(port=0, room=room))


def test_port_in_use_is_told(board):
    """In the words of the emulator's server."""
    port = int(board.url.rpartition(":")[2].partition("/")[0])

    with pytest.raises(BadStart, match=f"Port {port} on 127.0.0.1 cannot be used"):
        BoardServer(BoardSetting(port=port))


def test_service_of_a_hub_takes_everything_from_it():
    """The room code is the one that the learners' servers have; their line needs no address."""
    setting = setting_on_hub(HUB, "https://hub.example.org/services/board/?room=K7QM4T")

    assert setting == BoardSetting(
        "127.0.0.1", 8801, "K7QM4T", ["hub.example.org"], base="/services/board", is_on_hub=True
    )


def test_service_of_a_hub_answers_to_the_names_of_the_hub():
    """The proxy passes on what the browser calls it: an address, this machine's name, or the one in the setting."""
    setting = setting_on_hub(HUB, "https://hub.example.org/services/board/?room=K7QM4T")
    server = BoardServer(setting._replace(port=0))
    try:
        statuses = {
            host: HTTP.get(server.url, headers={"host": host}).status_code
            for host in ("hub.example.org", "192.168.1.20:8000", socket.gethostname(), "evil.example")
        }
    finally:
        server.end()

    assert list(statuses.values()) == [200, 200, 200, 403]
    assert server.line.endswith('share_progress("seat 12")')


@pytest.mark.parametrize("environ", [{}, {"JUPYTERHUB_SERVICE_PREFIX": "/services/board/"}])
def test_without_a_hub_there_is_no_service(environ):
    """Then the command line alone counts."""
    assert setting_on_hub(environ, "") is None


@pytest.mark.parametrize("address", ["", "https://hub.example.org/services/board/"])
def test_service_without_room_code_says_where_it_comes_from(address):
    """A code of its own would let nobody in."""
    with pytest.raises(BadStart, match="TASKROUTER_BOARD has no room code"):
        setting_on_hub(HUB, address)
