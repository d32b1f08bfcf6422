"""Three learners at once on a real Hub: they do a lesson, one follows a link of nbgitpuller's, one doesn't get in."""

from __future__ import annotations

import asyncio
import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest

import start
from deploy.rehearsal.seat import Result, Seat
from deploy.rehearsal.server import ServerRefused, http_client
from tests.room.full_room import Figures, fill_room
from tests.room.hub_visit import follow_link, log_in
from tests.room.running_hub import PASSWORD, RunningHub, running_hub

LESSON = "03_create_a_task.ipynb"
KINDS = ("careful", "wrong answers", "restart")
LINK = re.search(r"/hub/user-redirect/git-pull\?\S+", (start.ROOT / "docs/room.md").read_text("utf-8"))


@dataclass
class Visit:
    """What happened on the Hub."""

    figures: Figures
    pulled: str = ""
    after_the_link: Result | None = None
    refused: list[str] = field(default_factory=list)
    board: int = 0
    left: int = -1


@pytest.fixture(scope="module")
def visit() -> Visit:
    """All that happens, on one Hub, as a Hub takes a while to start."""
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:  # pytest's own has a path too long for kernels' sockets
        return asyncio.run(be_there(Path(folder)))


async def be_there(folder: Path) -> Visit:
    async with running_hub(folder, ROOM_CODE="K7QM4T") as hub:
        visit = Visit(await fill_room(hub, len(KINDS), [LESSON], KINDS))
        await pull(hub, visit, make_repository(folder))
        async with http_client() as anybody:
            visit.board = (await anybody.get(f"{hub.url}/services/board/", params={"room": "K7QM4T"})).status_code
        for name, password in (("seat-01", "not the password"), ("..", PASSWORD), (".run", PASSWORD)):
            try:
                async with log_in(hub.url, name, password):
                    pass
            except ServerRefused as error:
                visit.refused.append(str(error))
        family = hub.family()
    visit.left = sum(each.is_running() for each in family)
    return visit


async def pull(hub: RunningHub, visit: Visit, repository: Path) -> None:
    """Follow the page's link to ``repository``, and do a lesson in what it brought."""
    assert LINK
    link = LINK[0].replace("REPOSITORY", quote(repository.as_uri(), safe="")).replace("BRANCH", "workshop")
    async with log_in(hub.url, "seat-01", PASSWORD) as server:
        visit.pulled = await follow_link(hub.url, server, link)
        visit.after_the_link = await Seat("seat-01", "careful", server).do(f"taskrouter-notebooks/notebooks/{LESSON}")


def make_repository(folder: Path) -> Path:
    """A repository with what is committed here, under the name that the project has."""
    bare = folder / "taskrouter-notebooks"
    subprocess.run(["git", "clone", "--quiet", "--bare", "--depth=1", start.ROOT.as_uri(), bare], check=True)
    subprocess.run(["git", "-C", bare, "update-ref", "refs/heads/workshop", "HEAD"], check=True)
    return bare


def test_all_outputs_are_the_stored_ones(visit):
    """The careful learner's at once, the others' after a restart."""
    assert [result.failure for result in visit.figures.results] == ["", "", ""]
    assert visit.figures.dead_kernels == 0


def test_progress_is_each_seats_own(visit):
    """Only who answered an exercise has any, in a home of their own."""
    assert visit.figures.with_progress == ["seat-02"]


def test_memory_is_measured(visit):
    """A server for each learner, and more once kernels run."""
    assert len(visit.figures.servers) == len(KINDS)
    assert visit.figures.most > sum(visit.figures.servers) > len(KINDS) * 20_000_000
    assert "3 log-ins at once: " in visit.figures.tell()


def test_link_brings_the_lessons(visit):
    """The page's link, followed in a browser, leads to lessons that run as they are stored."""
    assert "finished" in visit.pulled
    assert visit.after_the_link.told == "as stored"


def test_wrong_password_and_name_are_refused(visit):
    """Nobody gets in without the room's password, or by a name that is no seat's: it is also that of a folder."""
    assert visit.refused == [f"the Hub answered the log-in of {name} with 403" for name in ("seat-01", "..", ".run")]


def test_board_is_a_service_of_the_hub(visit):
    """With a room code, the Hub runs the board."""
    assert visit.board == 200


def test_nothing_is_left(visit):
    """The Hub's end is that of its proxy, services, servers and kernels."""
    assert visit.left == 0
