"""Learner's way into a Hub, as a browser takes it: log in, wait for the server, get its cookies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from deploy.rehearsal.server import Server, ServerRefused, http_client

__all__ = ["follow_link", "log_in"]


@asynccontextmanager
async def log_in(hub_url: str, name: str, password: str) -> AsyncIterator[Server]:
    """Log in through the proxy, start the learner's server and wait for it; yield the server.

    Raises:
        ServerRefused: the password is wrong, or the server didn't start.
    """
    async with http_client() as client:
        await client.get(f"{hub_url}/hub/login")
        form = {"username": name, "password": password, "_xsrf": _cookie(client, "/hub/")}
        answer = await client.post(f"{hub_url}/hub/login", data=form, params={"next": "/hub/spawn"})
        if answer.is_error:
            raise ServerRefused(f"the Hub answered the log-in of {name} with {answer.status_code}")
        await _wait_for_server(client, hub_url, name)
        home = f"{hub_url}/user/{name}/"
        page = await client.get(f"{home}lab")  # by way of the Hub, which lets the browser in
        if page.is_error:
            raise ServerRefused(f"the server of {name} answered with {page.status_code}")
        cookies = "; ".join(f"{each.name}={each.value}" for each in client.cookies.jar if home.endswith(each.path))
        token = _cookie(client, f"/user/{name}/")
        yield Server(home, client, {"Cookie": cookies, "X-XSRFToken": token, "Origin": hub_url})


async def follow_link(hub_url: str, server: Server, link: str) -> str:
    """Follow a link of nbgitpuller's as a browser does, and return the last event of the pull.

    Args:
        link: path and query at the Hub, ``/hub/user-redirect/git-pull?…``.

    Raises:
        ServerRefused: there is no such page.
    """
    page = await server.client.get(f"{hub_url}{link}")
    if page.is_error or "/git-pull" not in page.url.path:
        raise ServerRefused(f"the link led to {page.url.path}, with {page.status_code}")
    last = ""
    async with server.client.stream("GET", f"{server.url}git-pull/api", params=page.url.params) as events:
        async for line in events.aiter_lines():
            last = line or last
    return last


async def _wait_for_server(client: httpx.AsyncClient, hub_url: str, name: str) -> None:
    """Read the events that the page with the progress bar reads, up to the last."""
    last = ""
    progress = f"{hub_url}/hub/api/users/{name}/server/progress"
    async with client.stream("GET", progress, headers={"Referer": f"{hub_url}/hub/spawn-pending/{name}"}) as events:
        async for line in events.aiter_lines():
            last = line or last
    if '"ready": true' not in last:
        raise ServerRefused(f"the server of {name} didn't start: {last}")


def _cookie(client: httpx.AsyncClient, path: str) -> str:
    values = [each.value for each in client.cookies.jar if each.name == "_xsrf" and each.path == path]
    return values[0] or "" if values else ""
