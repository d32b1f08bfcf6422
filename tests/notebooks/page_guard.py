"""Guard of a kernel on a page's ground: refuses cells and helpers every thread, socket, process and sleep.

Jupyter's own are not meant, so what counts is who asks: a frame of a cell or of ``helpers`` on the stack.
"""

from __future__ import annotations

import _thread
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

HELPERS = str(Path(__file__).resolve().parents[2] / "helpers")
EVENTS = frozenset(
    {
        "os.exec",
        "os.fork",
        "os.posix_spawn",
        "os.system",
        "socket.__new__",
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "subprocess.Popen",
    }
)
"""Audit events (https://docs.python.org/3/library/audit_events.html) of what a page does not have."""

FUNCTIONS = (
    (_thread, "start_new_thread"),
    (threading, "_start_new_thread"),
    (threading, "_start_joinable_thread"),
    (time, "sleep"),
)
"""Functions of which Python 3.11 tells no audit hook; not every version has all."""


class NotOnPage(BaseException):
    """Something was asked for that a page does not have. No ``except Exception`` hides it."""


def begin(ip: Any) -> None:
    """Guard this kernel from now on; a cell that was refused something fails, whoever has caught that."""
    refused: list[str] = []

    def refuse(event: str) -> None:
        if (asking := asker(ip.user_ns)) is not None:
            refused.append(f"{event} in {asking}")
            raise NotOnPage(refused[-1])

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if event in EVENTS:
            refuse(event)

    for module, name in FUNCTIONS:
        if function := getattr(module, name, None):
            setattr(module, name, guarded(function, partial(refuse, f"{module.__name__}.{name}")))

    def tell(result: Any) -> None:
        if refused and result.success:  # somebody has caught it
            ip.showtraceback((NotOnPage, NotOnPage(*refused), None))
        refused.clear()

    sys.addaudithook(look)
    ip.events.register("post_run_cell", tell)


def guarded(function: Callable[..., Any], refuse: Callable[[], None]) -> Callable[..., Any]:
    """The function, called only if ``refuse`` lets it be."""

    def call(*arguments: Any, **named: Any) -> Any:
        refuse()
        return function(*arguments, **named)

    return call


def asker(names_of_cells: dict[str, Any]) -> str | None:
    """The innermost function of ``helpers`` or of a cell that is being run, or None."""
    for frame in frames():
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return None  # a library probes the system as it is imported: urllib3 asks for IPv6, which no page minds
        if frame.f_code.co_filename.startswith(HELPERS) or frame.f_globals is names_of_cells:
            return f"{frame.f_globals.get('__name__')}.{frame.f_code.co_name}"
    return None


def frames() -> Iterator[FrameType]:
    """The frames that led here, innermost first."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        yield frame
        frame = frame.f_back
