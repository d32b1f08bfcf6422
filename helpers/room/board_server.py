"""Server of a board: a web server on a thread, and what it prints for the instructor."""

from __future__ import annotations

import re
import secrets
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import psutil

from helpers.emulator.emulator_errors import BadStart
from helpers.emulator.guard import Guard, is_loopback
from helpers.emulator.server.machine.serving import bind, name_in_url, own_names
from helpers.emulator.server.read_refusals import refuse
from helpers.emulator.server.web.bounds import Unreadable
from helpers.emulator.server.web.limited_protocol import LimitedProtocol, Limits
from helpers.emulator.server.web.server_thread import ServerThread, configure
from helpers.lessons.lesson_files import read_lessons
from helpers.room.board_address import is_private
from helpers.room.board_app import BoardApp
from helpers.room.room_memory import RoomMemory

__all__ = ["PORT", "BoardServer", "BoardSetting", "setting_on_hub"]

PORT = 8801

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters of room codes, without those that look alike from the back of a room."""

_NOT_READ = b'{"message":"This request can\'t be read. A board speaks HTTP/1.1, without TLS."}'

_KEEP_ALIVE_SECONDS = _REQUEST_SECONDS = 5.0
_LAST_ANSWERS_SECONDS = 0.5


class BoardSetting(NamedTuple):
    """Setting of a board.

    Attributes:
        room: its code; empty to make one.
        names: further host names by which browsers call it.
        base: path, without a slash at its end.
        is_on_hub: the learners' servers know the address already.
    """

    host: str = "127.0.0.1"
    port: int = PORT
    room: str = ""
    names: Sequence[str] = ()
    base: str = "/board"
    is_on_hub: bool = False


class BoardServer:
    """Board that answers from its creation until ``end``; nothing of it is left then.

    Raises:
        BadStart: a setting can't be used.
    """

    def __init__(self, setting: BoardSetting) -> None:
        self._setting = setting
        self.room = _check_room(setting.room)
        self._lessons = read_lessons()
        listening = bind(setting.host, setting.port)
        host, self._port = listening.getsockname()[:2]
        self._is_open = not is_loopback(host)
        is_everywhere = ip_address(host.partition("%")[0]).is_unspecified
        self.url = self._address(host if is_everywhere else setting.host)
        self._places = _find_places(listening) if is_everywhere else {setting.host: ""}
        self.address = self._address(next(iter(self._places)))
        typed = "" if setting.is_on_hub else f', "{self.address}"'
        self.line = f'from helpers import share_progress; share_progress("seat 12"{typed})'
        config = configure(self._make_app(), _BoardProtocol, keep_alive_seconds=_KEEP_ALIVE_SECONDS, lifespan="off")
        last_answers = _LAST_ANSWERS_SECONDS
        self._thread = ServerThread(config, listening, name="room board", last_answers_seconds=last_answers)
        self._thread.begin()

    def end(self) -> None:
        """Close all connections and forget everything."""
        self._thread.finish()

    def describe(self) -> str:
        """Return what an instructor has to know."""
        lines = [
            f"Room board: {self.url}",
            f"Room code: {self.room}",
            "Learners type, each with the label of their own seat:",
            f"  {self.line}",
            "Nothing is written to disk. Stop the board with Ctrl+C, and all of it is gone.",
        ]
        if not self._lessons:
            lines.append(
                "It finds no lessons here, so it can only count seats. Start it in the folder with the notebooks."
            )
        return "\n".join([*lines, *self._warn()])

    def _warn(self) -> list[str]:
        """Return why learners may not reach the board, if that can be known here."""
        if self._setting.is_on_hub:
            return []
        if not self._is_open:
            return ["Only this machine reaches it. For learners' own laptops, add --host 0.0.0.0."]
        first, *others = [host for host in self._places if is_private(host)] or [""]
        if not first:
            return [
                f"Notebooks refuse http to {self.address.partition('?')[0]}, as it isn't in a private network. Use a "
                "private one, such as a hotspot of your own, or let learners work on a Hub."
            ]
        if not others:
            return []
        return [
            f"This machine has more addresses than {first} ({self._places[first]}). If learners don't reach that one, "
            f"stop the board, and start it with --room {self.room} --host and one of these:",
            *(f"  {host} ({self._places[host]})" for host in others),
        ]

    def _address(self, host: str) -> str:
        return f"http://{name_in_url(host)}:{self._port}{self._setting.base}?room={self.room}"

    def _make_app(self) -> BoardApp:
        setting, lessons = self._setting, self._lessons
        is_reached = self._is_open or setting.is_on_hub  # the Hub's proxy passes on the name that it's called by
        names = [setting.host, *setting.names, *(own_names() if is_reached else ())]
        right = "the address it printed, or start it with --also-known-as NAME"
        guard = Guard("this board", right, names, any_address=is_reached)
        last = max((lesson.number for lesson in lessons), default=0)
        return BoardApp(RoomMemory(lessons), self.room, guard, base=setting.base, line=self.line, last_lesson=last)


class _BoardProtocol(LimitedProtocol):
    """HTTP/1.1 protocol of a board."""

    limits = Limits(head=_REQUEST_SECONDS, request=_REQUEST_SECONDS)

    def turn_away(self, why: Unreadable, said: str) -> None:
        """Send a refusal of a request that can't be read."""
        status, _ = refuse(why)
        headers = ((b"content-type", b"application/json"), (b"content-length", str(len(_NOT_READ)).encode()))
        self.write_refusal(status, headers, _NOT_READ)


def setting_on_hub(environ: Mapping[str, str], address: str) -> BoardSetting | None:
    """Return the setting of a service that JupyterHub started, or None if it started none.

    Args:
        environ: has ``JUPYTERHUB_SERVICE_URL`` and ``JUPYTERHUB_SERVICE_PREFIX`` from the Hub.
        address: TASKROUTER_BOARD, as learners' servers have it; its room code and host are the board's.

    Raises:
        BadStart: the address has no room code.
    """
    listens = urlsplit(environ.get("JUPYTERHUB_SERVICE_URL", ""))
    base = environ.get("JUPYTERHUB_SERVICE_PREFIX", "").rstrip("/")
    if not (listens.hostname and base):
        return None
    parts = urlsplit(address)
    room = "".join(parse_qs(parts.query).get("room", []))
    if not room:
        raise BadStart(
            "TASKROUTER_BOARD",
            "TASKROUTER_BOARD has no room code. Set it in the Hub's configuration, for the service and for the "
            f"learners' servers alike, to an address such as http://hub.example.org{base}/?room=K7QM4T.",
        )
    names = parts.hostname, urlsplit(environ.get("JUPYTERHUB_PUBLIC_URL", "")).hostname  # the latter if it is set
    return BoardSetting(listens.hostname, listens.port or 80, room, [name for name in names if name], base, True)


def _check_room(room: str) -> str:
    if not room:
        return "".join(secrets.choice(_LETTERS) for _ in range(6))
    if not re.fullmatch(r"[A-Za-z0-9]{6,32}", room):  # four can be guessed in minutes, six take days
        raise BadStart("room", f"The room code is {room[:40]!r}. Use 6 to 32 letters A to Z and digits.")
    return room.upper()


def _find_way_out() -> str:
    """Return this machine's address on its way to the internet; empty text if it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("198.51.100.1", 9))  # of UDP: no packet is sent, this only chooses the way
        return str(probe.getsockname()[0])
    return ""


def _is_of_one_link(address: str) -> bool:
    """Return True for loopback, and for what a network card gives itself if nobody else does (RFC 3927, 4291)."""
    found = ip_address(address)
    return found.is_loopback or found.is_link_local


def _find_places(listening: socket.socket) -> dict[str, str]:
    """Return all addresses by which others reach a socket, each with its network interface, the likeliest first."""
    families = {listening.family}
    if listening.family == socket.AF_INET6 and not listening.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY):
        families.add(socket.AF_INET)
    running = {name for name, state in psutil.net_if_stats().items() if state.isup}
    way_out = _find_way_out()
    found = [
        (not is_private(each.address), bool(each.ptp), each.address != way_out, each.address, name)  # ptp: many VPNs
        for name, addresses in psutil.net_if_addrs().items()
        for each in addresses
        if name in running and each.family in families and not _is_of_one_link(each.address)
    ]
    return {address: name for *_, address, name in sorted(found)} or {own_names()[-1]: ""}
