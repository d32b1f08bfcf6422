"""Jupyter server as one learner has it: notebooks, and kernels that are started for them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from deploy.rehearsal.kernel import CELL_SECONDS, Kernel

__all__ = ["Notebook", "Server", "ServerRefused", "http_client"]


class ServerRefused(Exception):
    """The server answered with an error; the text has its status and what was asked for."""


@dataclass(frozen=True)
class Notebook:
    """Notebook that is open, with its kernel."""

    cells: list[dict[str, Any]]
    session_id: str
    kernel_id: str


def http_client(**options: Any) -> httpx.AsyncClient:
    """Return a client that follows redirects, as a browser does, and knows no proxy of the environment's."""
    return httpx.AsyncClient(follow_redirects=True, timeout=CELL_SECONDS, trust_env=False, **options)


class Server:
    """Jupyter server at ``url``, which ends with ``/``.

    Args:
        client: has what lets the learner in.
        headers: the same for WebSockets, and what the server wants to see in each request.
    """

    def __init__(self, url: str, client: httpx.AsyncClient, headers: Mapping[str, str]) -> None:
        self.url = url
        self.client = client
        self.headers = headers

    @asynccontextmanager
    async def open(self, path: str) -> AsyncIterator[Notebook]:
        """Read a notebook and start a kernel for it, which ends when the block does.

        Raises:
            ServerRefused: there is no such notebook, or no kernel.
        """
        cells = (await self._ask("GET", f"contents/{quote(path)}", params={"type": "notebook"}))["content"]["cells"]
        wish = {"path": path, "name": path.rpartition("/")[2], "type": "notebook", "kernel": {"name": "python3"}}
        session = await self._ask("POST", "sessions", json=wish)
        try:
            yield Notebook(cells, session["id"], session["kernel"]["id"])
        except BaseException:
            with suppress(ServerRefused):  # what went wrong before says more
                await self._ask("DELETE", f"sessions/{session['id']}")
            raise
        await self._ask("DELETE", f"sessions/{session['id']}")

    async def restart(self, notebook: Notebook) -> None:
        """Restart the notebook's kernel; channels to it have to be closed before, and opened again."""
        await self._ask("POST", f"kernels/{notebook.kernel_id}/restart")

    def kernel_of(self, notebook: Notebook) -> Kernel:
        """Return a channel to the notebook's kernel."""
        url = f"{self.url.replace('http', 'ws', 1)}api/kernels/{notebook.kernel_id}/channels"
        return Kernel(url, self.headers)

    async def _ask(self, method: str, path: str, **options: Any) -> Any:
        try:
            response = await self.client.request(method, f"{self.url}api/{path}", headers=dict(self.headers), **options)
        except httpx.HTTPError as error:
            raise ServerRefused(f"the server didn't answer {method} {path} ({type(error).__name__})") from None
        if response.is_error:
            raise ServerRefused(f"the server answered {method} {path} with {response.status_code}")
        try:
            return response.json() if response.content else None
        except ValueError:  # a page to log in, for instance
            raise ServerRefused(f"the server answered {method} {path} with a page, not with JSON") from None
