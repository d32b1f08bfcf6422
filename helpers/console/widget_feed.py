"""Feed of one widget: messages of its source, with this kernel's names and notes, sent even while a cell runs."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException

from helpers.console.cell_channel import answer
from helpers.console.emulator_source import EmulatorSource
from helpers.console.kernel_side import Kernel, MessageSource
from helpers.console.messages import Message, merge
from helpers.console.read_source import ReadSource
from helpers.errors.connection_problems import ConnectionProblem
from helpers.ground.choice import current_ground
from helpers.output.callback_doubts import tunnel_doubts
from helpers.output.error_text import describe_error
from helpers.output.kernel_names import after_each_cell, spell_sids

if TYPE_CHECKING:
    from helpers.console.portal_widget import PortalWidget

__all__ = ["UNREADABLE", "WidgetFeed", "open_feed"]

UNREADABLE = (TwilioException, RequestException, ConnectionProblem)
"""Errors of a Workspace that can't be read now."""
_NOTHING: Message = {
    "type": "state",
    "boot": None,
    "at": 0,
    "mode": "local",
    "account_sid": None,
    "workspaces": [],
    "workspace": None,
    "records": {},
    "clock": None,
    "events": [],
    "requests": [],
}
"""State as long as nothing could be read."""


class WidgetFeed:
    """Feed of a widget, and what answers its pages.

    Args:
        kernel: connection whose client carries out what a page asks for.
        kind: name of the script that draws the widget.
        place: see ``PortalWidget``.
        name: repr of the widget.

    Raises:
        ImportError: there is no anywidget.
    """

    def __init__(self, kernel: Kernel, source: MessageSource, kind: str, place: Mapping[str, Any], name: str) -> None:
        from helpers.console.portal_widget import PortalWidget  # here, because without it words are shown

        self._kernel = kernel
        self._source = source
        self._looking = threading.RLock()
        self._ours: Message = {}
        state: Message = {}
        merge(state, _NOTHING)
        for message in self._read():
            merge(state, message)
        self.widget: PortalWidget = PortalWidget(kind, place, state, name, self._hear)
        self._attendant = current_ground().attend(self.look, source.interval)
        source.listen(self._attendant.wake)
        self._leave = after_each_cell(self._attendant.wake)
        self._attendant.start()

    def look(self) -> None:
        """Send what is new."""
        with self._looking:  # held while sending, so that an older reading can't overwrite a newer one
            for message in self._read():
                self.widget.tell(message)

    def close(self) -> None:
        """End the attendance; what is displayed stays as it is."""
        self._leave()
        self._source.close()
        self._attendant.stop()

    def _read(self) -> list[Message]:
        """Return what is new, names and notes as the last of it; what can't be read is a note, too."""
        try:
            messages, trouble = self._source.take(), []
        except UNREADABLE as error:
            messages, trouble = [], [f"This view may be out of date. {describe_error(error)}"]
        except Exception as error:  # in the attendant's thread it would be lost
            messages, trouble = [], [f"The console can't be shown: {describe_error(error)}"]
        notes = [*trouble, *self._source.notes(), *tunnel_doubts()]
        ours = {"names": spell_sids(), "notes": notes}
        whole = [message["type"] == "state" for message in messages]
        told = [{**message, **ours} if is_whole else message for message, is_whole in zip(messages, whole, strict=True)]
        if ours != self._ours and not any(whole):
            told.append({"type": "change", **ours})
        self._ours = ours
        return told

    def _hear(self, asked: Mapping[str, Any]) -> None:
        """Do what a page asks for. JupyterLab 4.6 calls this on a thread of its own, even while a cell runs."""
        if asked.get("verb") == "present":
            self._attendant.present()
            return
        if asked.get("verb") == "watch":
            with self._looking:  # not while it is read, nor twice at once: one of two subscriptions would stay
                self._source.watch(asked.get("workspace"))
        else:
            self.widget.answer(asked.get("id"), answer(self._kernel, self._source, asked))
        self._attendant.wake()


def open_feed(kernel: Kernel, workspace_sid: str | None, kind: str, path: str, name: str) -> WidgetFeed | None:
    """Return a new feed, from where the Workspace is known best; None if no widget can be drawn.

    Args:
        workspace_sid: None for the list of Workspaces, which only an emulator in this kernel tells.
        path: page of the portal to begin at.
    """
    try:
        import anywidget  # noqa: F401
    except ImportError:
        return None
    emulator = kernel.emulator
    place = {"workspace": workspace_sid, "path": path, "portal": _address_of(kernel)}
    source = EmulatorSource(kernel, emulator, workspace_sid) if emulator else ReadSource(kernel, workspace_sid)
    return WidgetFeed(kernel, source, kind, place, name)


def _address_of(kernel: Kernel) -> Mapping[str, Any] | None:
    """Return where the portal's page is: a port of this machine, another server's URL, or None if there is no page."""
    if kernel.emulator is not None:
        return {"port": urlsplit(kernel.emulator.url).port} if current_ground().has_ports else None
    return None if kernel.mode == "live" else {"url": kernel.base_url}
