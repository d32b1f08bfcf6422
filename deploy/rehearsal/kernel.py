"""Kernel of a Jupyter server, used as JupyterLab uses it: over the server's WebSocket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

__all__ = ["CELL_SECONDS", "Kernel", "KernelLost"]

CELL_SECONDS = 600
"""Time for one cell. Some take ten seconds alone, and thirty kernels share the machine's cores."""

OUTPUTS = ("stream", "display_data", "execute_result", "error")


class KernelLost(Exception):
    """The kernel died, or didn't answer; the text says which, in one sentence."""


class Kernel:
    """Open channel to a kernel, which runs one cell at a time. Use it in an ``async with``.

    Args:
        url: WebSocket of the kernel's channels.
        headers: what lets the learner in, a token or cookies.
    """

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        self._session = uuid4().hex
        # No pings from here: a server that is busy for a while is slow, not lost. The network is this machine's own.
        self._connecting = connect(
            f"{url}?session_id={self._session}",
            additional_headers=headers,
            ping_interval=None,
            max_size=None,
            proxy=None,
            open_timeout=CELL_SECONDS,
        )
        self._channel: ClientConnection

    async def __aenter__(self) -> Kernel:
        try:
            self._channel = await self._connecting
        except (OSError, WebSocketException) as error:
            raise KernelLost(f"the server opened no channel to the kernel ({error})") from None
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._channel.close()

    async def run(self, source: str, cell_id: str) -> list[Any]:
        """Run a cell and return its outputs in the form of a notebook's.

        Raises:
            KernelLost: the kernel died, or the cell didn't end.
        """
        try:
            async with asyncio.timeout(CELL_SECONDS):
                message_id = await self._send(source, cell_id)
                return await self._collect(message_id)
        except TimeoutError:
            raise KernelLost(f"cell {cell_id} didn't end within {CELL_SECONDS} seconds") from None
        except ConnectionClosed as error:
            raise KernelLost(f"the server closed the connection in cell {cell_id} ({error})") from None

    async def _send(self, source: str, cell_id: str) -> str:
        message_id = uuid4().hex
        header = {"msg_id": message_id, "msg_type": "execute_request", "session": self._session, "username": "seat"}
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": False}
        message = {"header": {**header, "version": "5.3", "date": ""}, "content": content, "buffers": []}
        message |= {"channel": "shell", "parent_header": {}, "metadata": {"cellId": cell_id}}  # as JupyterLab sends it
        await self._channel.send(json.dumps(message))
        return message_id

    async def _collect(self, message_id: str) -> list[Any]:
        outputs: list[Any] = []
        waits_for = {"execute_reply", "idle"}
        async for frame in self._channel:
            if isinstance(frame, bytes):
                continue  # a widget's message with buffers
            message = json.loads(frame)
            kind, content = message["msg_type"], message["content"]
            state = content.get("execution_state") if kind == "status" else None
            if state in ("restarting", "dead"):
                raise KernelLost(f"the kernel died ({state})")
            if message["parent_header"].get("msg_id") != message_id:
                continue
            if kind in OUTPUTS:
                outputs.append({"output_type": kind, **content})
            elif kind == "clear_output":
                outputs.clear()
            waits_for -= {kind, state}
            if not waits_for:
                return outputs
        raise KernelLost("the server closed the connection")
