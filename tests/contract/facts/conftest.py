"""Places that the facts hold in: the emulator, the stage over TLS, and with ``--live`` a Twilio account."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from helpers import connection as connections
from helpers import settings, tidy_up
from helpers.connection import Connection
from helpers.lessons import story as stories
from tests.conftest import OWN_VARIABLES
from tests.contract.stage import Stage

SPANISH = '{"selected_language": "es"}'


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make each test one for each place; Twilio only if the command line asks for it."""
    if "place" in metafunc.fixturenames:
        twilio = [pytest.param("twilio", marks=pytest.mark.leaves_the_machine)]
        places = ["local", "stage", *(twilio if metafunc.config.getoption("--live") else [])]
        metafunc.parametrize("place", places, indirect=True, scope="module")


@pytest.fixture(scope="module")
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Connection to one of the places; what it created there is removed at the end."""
    with pytest.MonkeyPatch.context() as patch, ExitStack() as end:
        connections.disconnect()
        for name, text in _variables(request, end).items():
            patch.setenv(name, text)
        if request.param != "twilio":
            patch.setattr(settings, "DOTENV", Path(tmp_path_factory.mktemp("none"), ".env"))
            patch.setenv("TASKROUTER_LIVE_LEDGER", str(tmp_path_factory.mktemp("ledgers")))
        yield connections.connect("local" if request.param == "local" else "live")
        tidy_up()
        connections.disconnect()


def _variables(request: pytest.FixtureRequest, end: ExitStack) -> Mapping[str, str]:
    if request.param == "stage":
        return end.enter_context(Stage()).environment
    return request.config.stash[OWN_VARIABLES] if request.param == "twilio" else {}


@pytest.fixture(scope="module")
def story(place: Connection) -> stories.Story:
    """The tutorial's world in a Workspace of the test's own."""
    return stories.build(place.client, place.workspace_name)


@pytest.fixture(scope="module")
def workspace(place: Connection, story: stories.Story) -> Any:
    """The SDK's context of that Workspace."""
    return stories.workspace_of(place.client, story)


@pytest.fixture
def desk(workspace: Any, story: stories.Story) -> Iterator[Any]:
    """That Workspace with both Workers Offline, and without Tasks before and after the test."""
    for worker_sid in (story.alice_sid, story.bob_sid):
        workspace.workers(worker_sid).update(activity_sid=story.activity_sids["Offline"])
    yield workspace
    for task in workspace.tasks.list():
        workspace.tasks(task.sid).delete()


@pytest.fixture
def create_task(desk: Any, story: stories.Story) -> Callable[..., Any]:
    """Create a Task of the tutorial's Workflow, in Spanish unless told otherwise."""

    def create(**parameters: Any) -> Any:
        return desk.tasks.create(**{"attributes": SPANISH, "workflow_sid": story.workflow_sid, **parameters})

    return create


@pytest.fixture
def make_idle(desk: Any, story: stories.Story) -> Callable[[str], None]:
    """Make the Worker with this SID available."""

    def make(worker_sid: str) -> None:
        desk.workers(worker_sid).update(activity_sid=story.activity_sids["Idle"])

    return make


@pytest.fixture
def eventually() -> Callable[[Callable[[], Any], Any], Any]:
    """Read until the value is the wanted one, as routing takes a moment at Twilio; return the last one."""

    def read_until(read: Callable[[], Any], wanted: Any) -> Any:
        limit = time.monotonic() + 15
        while (value := read()) != wanted and time.monotonic() < limit:
            time.sleep(0.5)
        return value

    return read_until
