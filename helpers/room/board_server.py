"""Server of a board: a web server on a thread, and what it prints for the instructor."""

from __future__ import annotations

import re
import secrets
import socket
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from helpers.emulator.emulator_errors import BadStart
from helpers.emulator.guard import Guard, is_loopback
from helpers.emulator.server.machine.serving import bind, name_in_url, own_names
from helpers.emulator.server.read_refusals import HEAD_SECONDS, PAUSE_SECONDS, refuse
from helpers.emulator.server.web.bounds import Unreadable
from helpers.emulator.server.web.limited_protocol import LimitedProtocol, Limits
from helpers.emulator.server.web.server_thread import ServerThread, configure
from helpers.errors.room_problems import BadBoardAddress
from helpers.lessons.lesson_files import read_lessons
from helpers.room.board_address import read_address
from helpers.room.board_app import BoardApp
from helpers.room.room_memory import RoomMemory

__all__ = ["PORT", "BoardServer", "BoardSetting", "setting_on_hub"]

PORT = 8801

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters of room codes, without those that look alike from the back of a room."""

_NOT_READ = b'{"message":"This request can\'t be read. A board speaks HTTP/1.1, without TLS."}'

_KEEP_ALIVE_SECONDS = 5.0
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
        listening = bind(setting.host, setting.port)
        host, self._port = listening.getsockname()[:2]
        self._is_open = not is_loopback(host)
        self.url = self._address(name_in_url(setting.host))
        self.address = self._address(_name_for_others(setting.host)) if self._is_open else self.url
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
        return "\n".join([*lines, *self._warn()])

    def _warn(self) -> list[str]:
        """Return why learners may not reach the board, if that can be known here."""
        if self._setting.is_on_hub:
            return []
        if not self._is_open:
            return ["Only this machine reaches it. For learners' own laptops, add --host 0.0.0.0."]
        try:
            read_address(self.address)
        except BadBoardAddress:
            return [
                f"Notebooks refuse http to {self.address.partition('?')[0]}, as it isn't in a private network. Use a "
                "private one, such as a hotspot of your own, or let learners work on a Hub."
            ]
        return []

    def _address(self, name: str) -> str:
        return f"http://{name}:{self._port}{self._setting.base}?room={self.room}"

    def _make_app(self) -> BoardApp:
        setting, lessons = self._setting, read_lessons()
        is_reached = self._is_open or setting.is_on_hub  # the Hub's proxy passes on the name that it's called by
        names = [setting.host, *setting.names, *(own_names() if is_reached else ())]
        right = "the address it printed, or start it with --also-known-as NAME"
        guard = Guard("this board", right, names, any_address=is_reached)
        last = max((lesson.number for lesson in lessons), default=0)
        return BoardApp(RoomMemory(lessons), self.room, guard, base=setting.base, line=self.line, last_lesson=last)


class _BoardProtocol(LimitedProtocol):
    """HTTP/1.1 protocol of a board."""

    limits = Limits(head=HEAD_SECONDS, pause=PAUSE_SECONDS, request=PAUSE_SECONDS)

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
    names = [parts.hostname or "", *_public_names(environ)]
    return BoardSetting(listens.hostname, listens.port or 80, room, [name for name in names if name], base, True)


def _public_names(environ: Mapping[str, str]) -> list[str]:
    """Return the host name of the Hub, if its configuration has one (`public_url`)."""
    return [urlsplit(environ.get("JUPYTERHUB_PUBLIC_URL", "")).hostname or ""]


def _check_room(room: str) -> str:
    if not room:
        return "".join(secrets.choice(_LETTERS) for _ in range(6))
    if not re.fullmatch(r"[A-Za-z0-9]{6,32}", room):  # four can be guessed in minutes, six take days
        raise BadStart("room", f"The room code is {room[:40]!r}. Use 6 to 32 letters A to Z and digits.")
    return room.upper()


def _name_for_others(host: str) -> str:
    """Return the name or address by which other machines reach this one; no packet is sent."""
    if host not in ("0.0.0.0", "::"):
        return name_in_url(host)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))  # of UDP: this only chooses the way
            return str(probe.getsockname()[0])
        except OSError:
            return own_names()[-1]
