"""Address of a board: read, and refused where it would send a report in the open through the internet."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, urlsplit, urlunsplit

from helpers.errors.room_problems import BadBoardAddress

__all__ = ["BoardAddress", "is_private", "read_address"]

_MAX = 500
_PRIVATE = [
    ip_network(each)
    for each in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "127.0.0.0/8",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
]
"""Networks that no router of the internet serves (RFC 1918, 3927, 4193, 4291)."""

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.?")
_BARE_NAME = re.compile(r"[a-z][a-z0-9-]*")
"""Name without a dot, which only a local network knows; one of digits alone would be a number of an address."""


class BoardAddress(NamedTuple):
    """Address of a board with its room code, and without it, as it is shown."""

    url: str
    shown: str


def read_address(text: str) -> BoardAddress:
    """Return the address of a board.

    Raises:
        BadBoardAddress: it isn't one, or its reports would go in the open through the internet.
    """
    if not isinstance(text, str):
        raise BadBoardAddress(type(text).__name__, "It must be a text in quotes.")
    parts = _split(text.strip())
    shown = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    if fault := _find_fault(parts):
        raise BadBoardAddress(shown.rpartition("@")[2], fault)
    return BoardAddress(urlunsplit(parts._replace(fragment="")), shown)


def _split(text: str) -> SplitResult:
    """Return the parts of an address; only the path if it isn't one."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - raises for a port that is none
    except ValueError:
        return SplitResult("", "", text.partition("?")[0], "", "")
    return parts


def _find_fault(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or parts.port == 0:
        return "It must begin with http:// or https://, with a host after it."
    if len(urlunsplit(parts)) > _MAX or not urlunsplit(parts).isprintable() or " " in urlunsplit(parts):
        return "It has spaces, hidden characters, or more characters than any board's address."
    if "@" in parts.netloc:
        return "It has a user name or a password, and a board needs neither."
    if not (_HOST.fullmatch(host) or ":" in host):
        return "Its host isn't a name or an address."
    if not all(parse_qs(parts.query).get("room", [""])):
        return "Its room code is missing, the part ?room=... at its end."
    if parts.scheme == "http" and not is_private(host):
        return (
            "It begins with http://, which anybody on the way can read. That's allowed only inside a private network, "
            "for example to 10.0.0.5; anywhere else it must begin with https://."
        )
    return ""


def is_private(host: str) -> bool:
    """Return True for an address or a name that only a private network has; no name is looked up for that."""
    name = host.rstrip(".").lower()
    try:
        address = ip_address(name)
    except ValueError:
        return name.endswith((".local", ".localhost", ".internal")) or _BARE_NAME.fullmatch(name) is not None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in _PRIVATE)
