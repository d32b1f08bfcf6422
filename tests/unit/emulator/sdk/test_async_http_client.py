"""The SDK's asynchronous calls reach the emulator, and only the emulator."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from helpers.emulator.emulator_errors import NotTaskRouter
from helpers.emulator.sdk.async_http_client import AsyncEmulatorHttpClient
from helpers.emulator.sdk.http_client import EmulatorGone, NotTrusted
from helpers.emulator.server import RunningEmulator, start
from tests.unit.emulator.sdk.test_http_client import CERTIFICATE


@pytest.fixture
def running() -> Iterator[RunningEmulator]:
    with start() as running:
        yield running


def test_many_at_once(running):
    """Sixty Tasks made together are all there, on several pages."""

    async def scenario() -> int:
        async with AsyncEmulatorHttpClient(running.url) as http_client:
            client = Client(running.account_sid, running.auth_token, http_client=http_client)
            workspaces = client.taskrouter.v1.workspaces
            room = workspaces((await workspaces.create_async(friendly_name="Desk", template="FIFO")).sid)
            await asyncio.gather(*(room.tasks.create_async(priority=number) for number in range(60)))
            return len([task async for task in await room.tasks.stream_async(page_size=50)])

    assert asyncio.run(scenario()) == 60


def test_refusals_and_headers_are_twilios(running):
    """A refusal is the SDK's exception, and header names are spelt as Twilio spells them."""

    async def scenario() -> tuple[int, str]:
        async with AsyncEmulatorHttpClient(running.url) as http_client:
            client = Client(running.account_sid, running.auth_token, http_client=http_client)
            workspaces = client.taskrouter.v1.workspaces
            room = workspaces((await workspaces.create_async(friendly_name="Desk", template="FIFO")).sid)
            task = await room.tasks.create_async()
            version = (await room.tasks(task.sid).fetch_with_http_info_async()).headers["ETag"]
            with pytest.raises(TwilioRestException) as refusal:
                await room.workers("WK" + "0" * 32).fetch_async()
            return refusal.value.status, version

    assert asyncio.run(scenario()) == (404, '"0"')


@pytest.mark.parametrize(
    ("url", "uri", "problem"),
    [
        ("http://127.0.0.1:9", "https://taskrouter.twilio.com/v1/Workspaces", EmulatorGone),
        ("http://127.0.0.1:9", "https://api.twilio.com/2010-04-01/Accounts.json", NotTaskRouter),
    ],
)
def test_nobody_there_and_another_service(url, uri, problem):
    """Where nothing answers that is told, and nothing but TaskRouter is called."""

    async def scenario() -> None:
        async with AsyncEmulatorHttpClient(url) as http_client:
            await http_client.request("GET", uri)

    with pytest.raises(problem):
        asyncio.run(scenario())


def test_certificate_that_nobody_vouches_for():
    """It is told, with what to do."""

    async def scenario(url: str) -> None:
        async with AsyncEmulatorHttpClient(url) as http_client:
            await http_client.request("GET", f"{url}/v1/Workspaces")

    with start(certificate=(CERTIFICATE, CERTIFICATE)) as running, pytest.raises(NotTrusted, match="SSL_CERT_FILE"):
        asyncio.run(scenario(running.url))
