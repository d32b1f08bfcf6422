"""A board answers seats of its room, and nobody else."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from starlette.types import Message

from helpers.emulator.guard import Guard
from helpers.room import board_app
from helpers.room.board_app import BoardApp
from helpers.room.room_memory import MAX_SEATS, RoomMemory
from helpers.room.seat_report import SeatReport
from tests.unit.room.conftest import HTTP, read_counts

REPORT = b'{"seat":"seat 12","lesson":3,"step":"Look at the queue"}'


def test_thirty_seats_at_once_are_counted(board):
    """Each in its own step, half of them with a hand up."""
    headings = ("Set up", "Look at the queue", "Exercise 3.1: Spot the bug")

    def report(number: int) -> int:
        body = {"seat": f"seat {number}", "lesson": 3, "step": headings[number % 3], "hand": number % 2 == 0}
        return HTTP.post(board.url, json=body).status_code

    with ThreadPoolExecutor(30) as seats:
        assert set(seats.map(report, range(30))) == {204}
    counts = read_counts(board)

    assert counts.seats == 30
    assert [step.here for step in counts.lessons[0].steps if step.here] == [10, 10, 10]
    assert sorted(counts.hands) == sorted(f"seat {number}" for number in range(0, 30, 2))


def test_feed_goes_on_with_each_change(board):
    """A page that is open shows what happens, without asking again."""
    with HTTP.stream("GET", board.url.replace("/board?", "/board/counts?")) as feed:
        lines = (line for line in feed.iter_lines() if line.startswith("data: "))
        first = next(lines)
        HTTP.post(board.url, content=REPORT)
        second = next(lines)

    assert '"seats":0' in first
    assert '"seats":1' in second


def test_pages_that_open_at_once_keep_to_the_limit(monkeypatch):
    """A place is taken before anything is awaited, HEAD takes none, and a page that goes gives its own back."""
    monkeypatch.setattr(board_app, "_MOST_VIEWERS", 2)
    app = BoardApp(RoomMemory([]), "ROOM22", Guard("", ""), base="/board", line="", last_lesson=1)
    scope = {"type": "http", "method": "GET", "path": "/board/counts", "query_string": b"room=ROOM22", "headers": []}
    begun: list[int] = []

    async def open_page(gone: asyncio.Event, method: str = "GET") -> None:
        async def receive() -> Message:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            begun.extend([message["status"]] if "status" in message else [])

        await app(scope | {"method": method}, receive, send)

    async def open_many() -> None:
        for _ in range(2):
            gone = asyncio.Event()
            async with asyncio.timeout(10), asyncio.TaskGroup() as pages:
                await open_page(gone, "HEAD")
                for _ in range(4):
                    pages.create_task(open_page(gone))
                while len(begun) % 5:
                    await asyncio.sleep(0)
                gone.set()

    asyncio.run(open_many())

    assert [sorted(begun[:5]), sorted(begun[5:])] == [[200, 200, 200, 429, 429]] * 2


def test_counts_are_made_once_for_all_pages(board, monkeypatch):
    """After a change, however many watch, and however many seats changed at once."""
    counted: list[int] = []
    count = RoomMemory.count
    monkeypatch.setattr(RoomMemory, "count", lambda memory: counted.append(1) or count(memory))
    with ExitStack() as pages:
        url = board.url.replace("/board?", "/board/counts?")
        feeds = [pages.enter_context(HTTP.stream("GET", url)).iter_lines() for _ in range(5)]
        for feed in feeds:
            next(feed)
        at_first = len(counted)
        HTTP.post(board.url, content=REPORT)
        for feed in feeds:
            assert '"seats":1' in next(line for line in feed if line.startswith("data: "))

    assert (at_first, len(counted)) == (1, 2)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"\xff\xfe", 400),
        (b"{}", 400),
        (b'{"seat":""}', 400),
        (b'{"seat":12}', 400),
        (b'{"seat":"%s"}' % (b"x" * 25), 400),
        (b'{"seat":"%s"}' % (b"x" * 10_000), 413),
        (b'{"seat":" 1"}', 400),
        (b'{"seat":"1\\u202e2"}', 400),
        (b'{"seat":"alice@example.org"}', 400),
        (b'{"seat":"1","lesson":-1}', 400),
        (b'{"seat":"1","lesson":1e99}', 400),
        (b'{"seat":"1","step":"%s"}' % (b"x" * 121), 400),
        (b'{"seat":"1","verdicts":{"3.1":"wrong"}}', 400),
        (b'{"seat":"1","verdicts":{"<b>":"right"}}', 400),
        (b'{"seat":"1","hand":"yes"}', 400),
        (b'{"seat":"1","code":"secret = 1"}', 400),
        (b'{"seat":"1","secret":true}', 400),
        (b'{"seat":"1","verdicts":{"3.1":"secret"}}', 400),
        (b'{"seat":"1","verdicts":{"secret":"right"}}', 400),
        (b"secret", 400),
        (b"[" * 4000, 400),
    ],
)
def test_malformed_report_is_refused(board, body, status):
    """The answer quotes nothing of it, and the board has no seat more."""
    answer = HTTP.post(board.url, content=body)

    assert answer.status_code == status
    assert answer.json()["message"] in {
        "This isn't a seat's report. Its fields and their limits are those of SeatReport.",
        "A report has at most 4096 bytes.",
    }
    assert read_counts(board).seats == 0


@pytest.mark.parametrize(
    "code", ["", "?room=", "?room=OTHER", "?room=ROO", "?room=ROOM221", "?room=%00", "?code=ROOM22"]
)
def test_wrong_room_code_shows_and_changes_nothing(board, code):
    """The page, the counts and a report need the code, whose case doesn't matter."""
    base = board.url.partition("?")[0]

    assert HTTP.get(base + code).status_code == 404
    assert HTTP.get(f"{base}/counts{code}").status_code == 404
    assert HTTP.post(base + code, content=REPORT).status_code == 404
    assert HTTP.post(f"{base}?room=room22", content=REPORT).status_code == 204
    assert read_counts(board).seats == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"referer": "http://evil.example/page"},
        {"sec-fetch-site": "cross-site"},
        {"host": "evil.example"},
    ],
)
def test_page_of_another_site_can_do_nothing(board, headers):
    """Neither report nor read, even with the room code."""
    answers = [HTTP.post(board.url, content=REPORT, headers=headers)]
    answers.append(HTTP.get(board.url.replace("/board?", "/board/counts?"), headers=headers))

    assert [answer.status_code for answer in answers] == [403, 403]
    assert read_counts(board).seats == 0


def test_five_hundred_seats_fill_the_room(board):
    """Those beyond the limit are refused in words, and the board still answers."""
    statuses = [HTTP.post(board.url, json={"seat": f"{number}"}).status_code for number in range(500)]

    assert statuses.count(204) == MAX_SEATS
    assert statuses.count(429) == 500 - MAX_SEATS
    assert read_counts(board).seats == MAX_SEATS


def test_label_with_html_is_text(board):
    """It travels as JSON; the page writes it as text (tests/browser/test_room_board.py)."""
    HTTP.post(board.url, json={"seat": "<img src=x onerror=1>", "hand": True})

    assert read_counts(board).hands == ["<img src=x onerror=1>"]


def test_page_has_its_own_scripts_only(board):
    """The policy allows nothing else, and the scripts import only what is there."""
    page = HTTP.get(board.url)
    script = page.text.partition('type="module" src="')[2].partition('"')[0]
    origin = board.url.partition("/board")[0]

    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert HTTP.get(origin + script).headers["content-type"].startswith("text/javascript")
    assert HTTP.get(origin + script.replace("room_board.js", "../settings.py")).status_code == 404
    assert HTTP.get(origin + script.replace("/board/", "/board/0")).status_code == 404


def test_report_has_the_listed_fields_only():
    """What may be sent is one list, which the page docs/room.md and `share_progress` tell."""
    assert SeatReport.__struct_fields__ == ("seat", "lesson", "step", "verdicts", "hand", "leaves")
